import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { LoggedCall } from "../../../src/logs/logged-call";
import { routeDays } from "../../../src/usage/logs/route-days";
import type { RouteDay } from "../../../src/usage/route-day";
import { openUsageStore } from "../../../src/usage/store/usage-store";
import { ACCESS_LOG_FORMAT } from "../../../src/vocabulary/access-log";
import { call, rendered, variablesOf } from "../../logs/support/rendered-lines";
import { command } from "../support/command";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "logs-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const linesOf = (calls: readonly LoggedCall[], format = ACCESS_LOG_FORMAT) =>
  calls.map((each) => `${rendered(format, variablesOf(each))}\n`).join("");
const numbered = (from: number, to: number, changes: Partial<LoggedCall> = {}) =>
  Array.from({ length: to - from }, (_, index) => call({ id: `id${from + index}=`, ...changes }));
const write = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
};
const logs = async (...args: string[]) => {
  const { output, answer, error } = await command("usage", "logs", ...args, "--store", join(folder, "store"));
  if (error !== undefined) throw new Error(error);
  return { lines: output.replaceAll(folder, "").split("\n"), answer };
};

describe("api-tiers usage logs", () => {
  test("reads files and folders, says what was added, and adds nothing the second time", async () => {
    write("in/2026/a.gz", gzipSync(linesOf(numbered(0, 5))));
    write("in/aws-logs-write-test", "Permission Check Successful");
    write("in/b.log", linesOf([...numbered(5, 8, { time: Date.UTC(2026, 10, 4) }), ...numbered(0, 1)]));
    expect(await logs(join(folder, "in"))).toEqual({
      lines: [
        "2 logs read, 0 of them were in /store before",
        "8 calls with a key added, of 2026-11-03 to 2026-11-04",
        "1 call came twice, and counts once (/in/b.log:4)",
        "APIs have their ids of AWS; give --state, so that prices find the routes of the catalog",
      ],
      answer: 0,
    });
    expect((await logs(join(folder, "in"))).lines.slice(0, 2)).toEqual([
      "2 logs read, 2 of them were in /store before",
      "0 calls with a key added",
    ]);
  });

  test("names lines that are not counted by their places, prints nothing of them, and exits with 2", async () => {
    const file = write("api.log", `${linesOf(numbered(0, 2))}x-api-key: not-to-be-printed\n`);
    const { lines, answer } = await logs(file);
    expect(lines).toContain("1 line is not in the format of the log (/api.log:3)");
    expect(lines.join()).not.toContain("not-to-be-printed");
    expect(answer).toBe(2);
  });

  test("does not add a log with calls that are counted already, and says what to do", async () => {
    await logs(write("short.log", linesOf(numbered(0, 10))));
    const long = write("long.log", linesOf(numbered(0, 20)));
    const { lines, answer } = await logs(long);
    expect(lines).toContain(
      "/long.log: about 50 % of its calls of 2026-11-03 are counted already from another log, so it is not added; read all logs of that day together, with --replace",
    );
    expect(answer).toBe(2);
    expect(await logs(long, "--replace")).toMatchObject({
      lines: expect.arrayContaining(["20 calls with a key added, of 2026-11-03"]),
      answer: 0,
    });
  });

  test("takes the names of APIs from a state, and formats and stages from the command line", async () => {
    const format =
      "$context.requestTimeEpoch $context.httpMethod $context.resourcePath $context.status $context.identity.apiKeyId $context.apiId $context.extendedRequestId";
    const state = write(
      "state.json",
      JSON.stringify({
        format_version: "1.0",
        values: {
          root_module: {
            resources: [
              {
                mode: "managed",
                type: "aws_api_gateway_rest_api",
                name: "pets",
                address: "aws_api_gateway_rest_api.pets",
                values: { id: "a1b2c3d4e5", name: "pets" },
              },
            ],
          },
        },
      }),
    );
    const file = write("api.log", linesOf(numbered(0, 2), format));
    const { output } = await command(
      ...["usage", "logs", file, "--log-format", format, "--stage", "prod", "--state", state],
      ...["--store", join(folder, "store"), "--format", "json"],
    );
    expect(JSON.parse(output)).toMatchObject({ lines: 2, calls: 2, added: 2, notes: {}, isComplete: true });
    const days: RouteDay[] = [];
    const store = await openUsageStore(join(folder, "store"));
    for await (const day of routeDays(store, { from: "2026-11-01", to: "2026-11-30" })) days.push(day);
    expect(days).toEqual([expect.objectContaining({ api: "pets", stage: "prod", requests: 2 })]);
  });

  test.each<[string, string[], RegExp]>([
    [
      "a format with the values of keys",
      ["--log-format", "$context.identity.apiKey"],
      /secret value of the caller's key/,
    ],
    [
      "a format that lacks what is needed",
      ["--log-format", "$context.status"],
      /does not have \$context\.identity\.apiKeyId/,
    ],
  ])("refuses %s", async (_what, options, message) => {
    await expect(logs(write("api.log", ""), ...options)).rejects.toThrow(message);
  });

  test("refuses a file that is not there", async () => {
    await expect(logs(join(folder, "gone.log"))).rejects.toThrow(
      /gone\.log" cannot be read \(ENOENT\); name files of access logs/,
    );
  });
});
