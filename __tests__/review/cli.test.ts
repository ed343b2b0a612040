import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportSchema } from "../../src/review/report";
import { type RunResult, run } from "../support/run";
import { type Json, withFolder } from "../support/synthesize";
import { filesOf, plansOf } from "./support/fixtures";

const cli = (args: readonly string[], input?: string): RunResult => {
  const result = run("node", ["-r", "ts-node/register", "src/cli/main.ts", ...args], { input });
  return { ...result, stderr: result.stderr.replace(/^npm warn.*\n/gm, "") };
};

test.each([
  ["0 if there is nothing to stop for", "no-change", 0],
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
    writeFileSync(file, "- accept: access-lost:*\n  because: All of them have left.\n");
    expect(cli(["review", ...files, "--accepted", file]).code).toBe(0);
  });
});

test.each<[string, string[], RegExp]>([
  ["no plan", [], /missing required argument 'plans'/],
  ["a plan that is not there", ["nowhere.json"], /^error: nowhere\.json cannot be read: ENOENT/],
  [
    "a folder that is not there",
    [...filesOf("no-change"), "--base", "nowhere"],
    /--base nowhere is no folder that exists/,
  ],
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
      expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "", stderr: "" });
      return readFileSync(output, "utf8");
    });
    for (const output of outputs) {
      expect(output.includes(planted)).toBe(false);
      expect(output).toContain("joe-black");
    }
    expect(() => reportSchema.parse(JSON.parse(outputs[2] ?? ""))).not.toThrow();

    const masked = cli(["mask"], readFileSync(file, "utf8"));
    expect([masked.code, masked.stdout.includes(planted), masked.stdout.includes("joe-black")]).toEqual([
      0,
      false,
      true,
    ]);
    const text = `Joe's key is ${planted}.\n`;
    expect(cli(["mask"], text).stdout).toBe(text);
    expect(cli(["mask", "--plan", file], text).stdout).toBe("Joe's key is (sensitive value).\n");
  });
});
