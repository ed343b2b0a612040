import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { type RunResult, run } from "../support/run";
import type { Json } from "../support/synthesize";
import { Workspace } from "../support/workspace";
import { deployAccess, idsInAccess } from "./support/deployed-access";
import { type BundledProgram, bundledProgram } from "./support/program";

jest.setTimeout(300_000);

const TIERS = {
  bronze: { access: {}, quota: { limit: 1_000, period: "DAY" } },
  gold: { access: {}, quota: { limit: 50_000, period: "MONTH" } },
};

describeWith(["terraform", "emulator"], "collected usage", () => {
  let program: BundledProgram;
  let workspace: Workspace;
  beforeAll(async () => {
    program = bundledProgram("usage");
    workspace = await Workspace.open();
    workspace.env = { ...workspace.env, NODE_NO_WARNINGS: "1" };
  });
  afterAll(async () => {
    program.remove();
    await workspace.close();
  });

  const deploy = (subscriptions: Json) => deployAccess(workspace, petShop({ apis: {}, tiers: TIERS, subscriptions }));
  const ids = () => idsInAccess(workspace);
  const collect = (...args: string[]): RunResult =>
    run("node", [program.path, "usage", "collect", ...args], { cwd: workspace.folder, env: workspace.env });
  const begin = (...args: string[]): ChildProcess =>
    spawn("node", [program.path, "usage", "collect", ...args], {
      cwd: workspace.folder,
      env: { ...process.env, ...workspace.env },
      stdio: "ignore",
    });
  const filesIn = (folder: string): string[] =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
          statSync(join(folder, name), { throwIfNoEntry: false })?.isFile(),
        )
      : [];
  const storeIn = (name: string): Record<string, string> =>
    Object.fromEntries(
      filesIn(workspace.path(name))
        // What a program leaves that is killed while it writes is not a file of the store.
        .filter((file) => /\.jsonl?$/.test(file))
        .sort()
        .map((file) => [file, readFileSync(join(workspace.path(name), file), "utf8")]),
    );
  const at = (now: string, store: string) => ["--state", "state.json", "--store", store, "--now", now, "--unpaced"];

  test("says of each day what a customer used on which tier, from the states of the stacks", async () => {
    const joe = { tier: "bronze", customer: "Joe Black" };
    deploy({ joe, initech: { tier: "gold" } });
    const { "aws_api_gateway_usage_plan.bronze": bronze = "", "aws_api_gateway_api_key.joe": key = "" } = ids();
    await workspace.emulator.seedUsage({
      now: "2026-11-04T06:00:00Z",
      days: { [bronze]: { [key]: { "2026-11-02": 12, "2026-11-03": 30 } } },
      calls: [{ plan: bronze, key, at: "2026-11-04T05:00:00Z", requests: 2 }],
    });
    const first = collect("cdktf.out", "--store", "store", "--now", "2026-11-04T06:00:00Z");
    expect(first).toMatchObject({
      code: 0,
      stderr: "reading usage plans: 2 of 2\n",
    });
    expect(first.stdout).toMatch(
      /^Collected 2026-08-07 to 2026-11-04, as of 2026-11-04T06:00:00\.000Z, into store:\n {2}2 usage plans with 2 keys, 2 requests, \d+ files written\n$/,
    );
    const lines = readFileSync(workspace.path(`store/usage/day=2026-11-03/plan=${bronze}/usage.jsonl`), "utf8");
    expect(JSON.parse(lines)).toMatchObject({
      key,
      subscription: "joe",
      customer: "Joe Black",
      tier: "bronze",
      used: 30,
    });
  });

  test("follows a customer to another tier, and a correction of AWS", async () => {
    deploy({ joe: { tier: "gold", customer: "Joe Black" }, initech: { tier: "gold" } });
    const { "aws_api_gateway_usage_plan.bronze": bronze = "", "aws_api_gateway_usage_plan.gold": gold = "" } = ids();
    const key = ids()["aws_api_gateway_api_key.joe"] ?? "";
    await workspace.emulator.seedUsage({
      now: "2026-11-07T06:00:00Z",
      days: {
        [bronze]: { [key]: { "2026-11-02": 15, "2026-11-03": 30, "2026-11-05": 1 } },
        [gold]: { [key]: { "2026-11-06": 40 } },
      },
    });
    const answer = JSON.parse(collect(...at("2026-11-07T06:00:00Z", "store"), "--format", "json").stdout);
    expect(answer.corrections).toEqual([
      { day: "2026-11-02", plan: bronze, key, subscription: "joe", from: 12, to: 15 },
    ]);
    const tiers = ["04", "05", "06", "07"].map((day) =>
      [bronze, gold].flatMap((plan) => {
        const text = storeIn("store")[`usage/day=2026-11-${day}/plan=${plan}/usage.jsonl`] ?? "";
        const own = text.split("\n").filter((line) => line.includes('"joe"'));
        return own.map((line) => [JSON.parse(line).tier, JSON.parse(line).used]);
      }),
    );
    expect(tiers).toEqual([[["bronze", 2]], [["bronze", 1]], [["gold", 40]], [["gold", 0]]]);
  });

  test("is the same after kills at any moment, and from several programs at once", async () => {
    const names = Array.from({ length: 12 }, (_, number) => `customer-${number}`);
    deploy(Object.fromEntries(names.map((name, number) => [name, { tier: number % 2 ? "gold" : "bronze" }])));
    const byAddress = ids();
    const plans = ["bronze", "gold"].map((tier) => byAddress[`aws_api_gateway_usage_plan.${tier}`] ?? "");
    const used = Object.fromEntries(
      plans.map((plan, number) => [
        plan,
        Object.fromEntries(
          names.map((name, customer) => [
            byAddress[`aws_api_gateway_api_key.${name}`],
            Object.fromEntries(
              Array.from({ length: 28 }, (_, day) => [
                `2026-11-${String(day + 1).padStart(2, "0")}`,
                (customer * day + number) % 7,
              ]),
            ),
          ]),
        ),
      ]),
    );
    await workspace.emulator.seedUsage({ now: "2026-11-28T06:00:00Z", leavesOut: "keys", days: used });
    const now = "2026-11-28T06:00:00Z";
    expect(collect(...at(now, "undisturbed")).code).toBe(0);
    const expected = storeIn("undisturbed");
    const files = Object.keys(expected).length;
    expect(files).toBeGreaterThan(50);
    for (let round = 0; round < 6; round++) {
      const store = `killed-${round}`;
      const programs = [begin(...at(now, store)), ...(round % 2 ? [begin(...at(now, store))] : [])];
      const ended = Promise.all(programs.map((program) => once(program, "exit")));
      // Killed once so many files are written; where all are, it ends by itself.
      const enough = Math.floor((files * round) / 6);
      while (programs[0]?.exitCode === null && filesIn(workspace.path(store)).length < enough) await pause(1);
      for (const program of programs) program.kill("SIGKILL");
      await ended;
      const last = [begin(...at(now, store)), begin(...at(now, store))];
      const codes = await Promise.all(last.map(async (program) => (await once(program, "exit"))[0]));
      expect([round, codes, storeIn(store)]).toEqual([round, [0, 0], expected]);
    }

    // The same in a bucket, by its conditional writes.
    const s3 = new S3Client({
      endpoint: workspace.env.AWS_ENDPOINT_URL ?? "",
      region: "us-east-1",
      forcePathStyle: true,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    await s3.send(new CreateBucketCommand({ Bucket: "metering" }));
    const programs = [1, 2].map(() => begin(...at(now, "s3://metering/acme")));
    expect(await Promise.all(programs.map(async (program) => (await once(program, "exit"))[0]))).toEqual([0, 0]);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "metering" }));
    const inBucket: Record<string, string> = {};
    for (const { Key = "" } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: "metering", Key }));
      inBucket[Key.replace(/^acme\//, "")] = (await Body?.transformToString()) ?? "";
    }
    expect(inBucket).toEqual(expected);
  });

  test("holds no value of a key", () => {
    const values = workspace
      .aws("apigateway", "get-api-keys", "--include-values")
      .items.map(({ value }: Json) => value as string);
    const texts = JSON.stringify([storeIn("store"), storeIn("undisturbed")]);
    expect(values.filter((value: string) => texts.includes(value))).toEqual([]);
  });

  test.each<[string, string[], RegExp]>([
    ["a folder without stacks", ["nowhere", "--store", "s"], /nowhere holds no synthesized stack/],
    [
      "a store that is neither",
      ["--state", "state.json", "--store", "gs://x/y"],
      /is not a usage store; name a folder, or s3/,
    ],
    ["a state that is not there", ["--state", "none.json", "--store", "s"], /"none.json" cannot be read \(ENOENT\)/],
    ["a time without a zone", ["--store", "s", "--now", "2026-11-04"], /must be a time in UTC such as/],
  ])("is refused for %s", (_, args, message) => {
    const { code, stderr } = collect(...args);
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
  });
});
