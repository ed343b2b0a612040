import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportSchema } from "../../src/review/report";
import { API_TIERS, type RunResult, run } from "../support/run";
import { type Json, withFolder } from "../support/synthesize";
import { filesOf, plansOf } from "./support/fixtures";

const cli = (args: readonly string[], input?: string): RunResult => {
  const result = run("node", [...API_TIERS, ...args], { input });
  return { ...result, stderr: result.stderr.replace(/^npm warn.*\n/gm, "") };
};

test.each([
  ["0 if there is no decision needed", "no-change", 0],
  ["2 if a finding needs a decision", "subscription-removed", 2],
])("it exits with %s", (_, scenario, code) => {
  expect(cli(["review", ...filesOf(scenario)])).toMatchObject({ code, stderr: "" });
});

test("it exits with 0 once the finding is accepted with a reason, on the command line or in a file", () => {
  const files = filesOf("subscription-removed");
  const accept = ["--accept", "access-lost:joe-black", "--because", "He has left."];
  const { code, stdout } = cli(["review", ...files, ...accept]);
  expect([code, stdout]).toEqual([0, expect.stringContaining("accepted: He has left.")]);
  withFolder((folder) => {
    const file = join(folder, "accepted.yaml");
    writeFileSync(file, "- accept: access-lost:joe-black\n  because: All of them have left.\n");
    expect(cli(["review", ...files, "--accepted", file]).code).toBe(0);
  });
});

test.each<[string, string[], RegExp]>([
  ["no plan", [], /there are no plans in the folder plans; run "api-tiers plan" first, or name the files/],
  ["a plan that is not there", ["nowhere.json"], /^error: nowhere\.json cannot be read: ENOENT/],
  ["a folder that is not there", [...filesOf("no-change"), "--base", "nowhere"], /--base nowhere does not exist/],
  [
    "an accepted finding without a reason",
    [...filesOf("no-change"), "--accept", "access-lost:x"],
    /there are 1 --accept and 0/,
  ],
  [
    "a format that it does not know",
    [...filesOf("no-change"), "--format", "html"],
    /Allowed choices are text, markdown, json/,
  ],
])("it exits with 1 and says why: %s", (_, args, message) => {
  const { code, stdout, stderr } = cli(["review", ...args]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test("it refuses plans of the folder plans that are of something else than what is synthesized", () => {
  withFolder((folder) => {
    const stack = join(folder, "cdktf.out", "stacks", "access");
    mkdirSync(stack, { recursive: true });
    mkdirSync(join(folder, "plans"));
    writeFileSync(join(stack, "cdk.tf.json"), "{}");
    const plan = JSON.stringify(plansOf("no-change")[0]?.json);
    for (const name of ["access", "gone"]) writeFileSync(join(folder, "plans", `${name}.json`), plan);
    const review = () => run("node", [...API_TIERS, "review"], { cwd: folder });
    utimesSync(join(folder, "plans", "access.json"), 1, 1);
    const { code, stderr } = review();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /plans\/access\.json is older than cdktf\.out\/stacks\/access\/cdk\.tf\.json; run "api-tiers plan"/,
    );
    expect(stderr).toMatch(/plans\/gone\.json is of a stack that cdktf\.out does not have; delete it/);
    rmSync(join(folder, "plans", "gone.json"));
    utimesSync(join(folder, "plans", "access.json"), new Date(), new Date());
    expect(review().stderr.replace(/^npm warn.*\n/gm, "")).toBe("");
  });
});

test("it writes a file, in each format, with no key in it", () => {
  withFolder((folder) => {
    // A value that no fixture has, where the provider does not call it sensitive.
    const planted = ["Planted", "Key", "Value", "9876543210"].join("");
    const plan = plansOf("tier-moved").find(({ stack }) => stack === "access")?.json as Json;
    const planKey = plan.resource_changes.find(({ change }: Json) => change.actions.length === 2);
    planKey.change.before.value = planted;
    const key = plan.resource_changes.find(({ address }: Json) => address === "aws_api_gateway_api_key.joe-black");
    for (const values of [key.change.before, key.change.after]) values.description = `Joe, ${planted}`;
    const file = join(folder, "access.json");
    writeFileSync(file, JSON.stringify(plan));
    const outputs = ["text", "markdown", "json"].map((format) => {
      const output = join(folder, format);
      const { code, stdout, stderr } = cli(["review", file, "--format", format, "--output", output]);
      expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: "", stderr: "" });
      return readFileSync(output, "utf8");
    });
    for (const output of outputs) {
      expect(output.includes(planted)).toBe(false);
      expect(output).toContain("joe-black");
    }
    expect(() => reportSchema.parse(JSON.parse(outputs[2] ?? ""))).not.toThrow();

    const text = `Joe's key is ${planted}.\n`;
    expect(cli(["mask", "--plan", file], text)).toEqual({
      code: 0,
      stdout: "Joe's key is (sensitive value).\n",
      stderr: "",
    });
  });
});

describe("mask", () => {
  const fakeKey = ["Planted", "Key", "Value", "9876543210"].join("");

  test("exits with 3 without a plan or a state, since it cannot know every value", () => {
    const { code, stdout, stderr } = cli(["mask"], `key: ${fakeKey}, name: OnlyLetters\n`);
    expect([code, stdout]).toEqual([3, "key: (sensitive value), name: OnlyLetters\n"]);
    expect(stderr).toMatch(/^mask: without --plan or --state .* pass --allow-unvouched to exit with 0\n$/);
    expect(cli(["mask", "--allow-unvouched"], "nothing\n")).toMatchObject({ code: 0, stdout: "nothing\n" });
    withFolder((folder) => {
      const file = join(folder, "plan.json");
      const output = { before: null, after: ["a1b2c", "enough-characters", ""], after_sensitive: true };
      writeFileSync(file, JSON.stringify({ format_version: "1.2", output_changes: { pins: output } }));
      const short = cli(["mask", "--plan", file], "a1b2c enough-characters\n");
      expect(short).toMatchObject({ code: 3, stdout: "a1b2c (sensitive value)\n" });
      expect(short.stderr).toMatch(/^mask: 1 sensitive value has fewer than 6 characters, .* pass --allow-unvouched/);
      expect(cli(["mask", "--plan", file, "--allow-unvouched"], "").code).toBe(0);
    });
  });

  test("ends quietly when its reader has gone", () => {
    const command = `yes 'a line of a plan' | head -c 3000000 | node ${API_TIERS.join(" ")} mask | head -n 1`;
    expect(run("bash", ["-c", command])).toMatchObject({ code: 0, stdout: "a line of a plan\n", stderr: "" });
  });

  test.each([
    ["a file that does not exist", undefined, /^error: .*plan\.json cannot be read \(ENOENT\)\n$/],
    ["a plan as Terraform saves it", "PK\u0003\u0004", /plan\.json is not valid JSON; give what "terraform show -json/],
    ["other JSON", "{}", /plan\.json is neither a plan nor a state; give what/],
  ])("refuses %s, and prints nothing of the text", (_, content, message) => {
    withFolder((folder) => {
      const file = join(folder, "plan.json");
      if (content !== undefined) writeFileSync(file, content);
      const { code, stdout, stderr } = cli(["mask", "--plan", file], `${fakeKey}\n`);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(message);
    });
  });
});
