import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type DifferenceReason, isUnexplained, reconcile } from "../../src/usage/reconcile/reconcile";
import type { RouteDay } from "../../src/usage/route-day";
import { command } from "./support/command";
import { onTier, storeWith } from "./support/usage-days";

const third = ["2026-11-03", "2026-11-03"] as const;
const counted = (used: number, fields: Parameters<typeof onTier>[4] = {}) => onTier("joe", "gold", third, used, fields);
const line = (requests: number, fields: Partial<RouteDay> = {}): RouteDay => ({
  day: "2026-11-03",
  key: "keyjoe",
  plan: "plangold",
  api: "pets",
  isNamed: true,
  stage: "prod",
  route: "GET /pets",
  status: 200,
  requests,
  ...fields,
});

test.each<[DifferenceReason, boolean]>([
  ["no-logs", true],
  ["other-stages", false],
  ["no-plan", false],
  ["throttled", false],
  ["forbidden", false],
  ["not-final", false],
  ["unknown", true],
])("a difference of the kind %s needs somebody who looks into it: %s", (reason, isOpen) => {
  const difference = { day: "2026-11-03", key: "k", subscription: null, customer: null, counted: 2, logged: 1 };
  expect(isUnexplained({ ...difference, reasons: [{ reason, requests: 1 }] })).toBe(isOpen);
});

describe("access logs and GetUsage", () => {
  test("that say the same of a key and day are counted, and differ nowhere", () => {
    const usage = [...counted(12), ...onTier("ann", "gold", third, 0)];
    expect(reconcile(usage, [line(10), line(2, { status: 500 })])).toEqual({ equal: 1, differences: [] });
  });

  test.each<[string, ReturnType<typeof counted>, RouteDay[], [string, number][]]>([
    ["calls that were throttled", counted(10), [line(10), line(4, { status: 429 })], [["throttled", 4]]],
    ["calls that were forbidden", counted(10), [line(10), line(3, { status: 403 })], [["forbidden", 3]]],
    [
      "throttled calls, and more",
      counted(10),
      [line(15), line(4, { status: 429 })],
      [
        ["throttled", 4],
        ["unknown", 5],
      ],
    ],
    [
      "calls of a stage outside the plan",
      counted(10),
      [line(10), line(7, { plan: null, stage: "test" })],
      [["other-stages", 7]],
    ],
    ["a key in no plan", [], [line(7)], [["no-plan", 7]]],
    ["a day that is not final", counted(10, { final: false }), [line(12)], [["not-final", 2]]],
    ["logs that are missing", counted(10), [], [["no-logs", 10]]],
    ["logs that are not there yet", counted(10, { final: false }), [], [["not-final", 10]]],
    ["lines that are missing", counted(10), [line(8)], [["unknown", 2]]],
  ])("differ by %s", (_, usage, routes, reasons) => {
    const { differences } = reconcile(usage, routes);
    expect(differences.map((each) => each.reasons.map(({ reason, requests }) => [reason, requests]))).toEqual([
      reasons,
    ]);
  });

  test("differ by as many calls as the reasons explain", () => {
    const routes = fc.array(
      fc.record({
        requests: fc.integer({ min: 1, max: 9 }),
        status: fc.constantFrom(200, 403, 429, 500),
        plan: fc.constantFrom("plangold", null),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(fc.nat(30), fc.boolean(), routes, (used, final, lines) => {
        const { differences, equal } = reconcile(
          counted(used, { final }),
          lines.map(({ requests, ...fields }) => line(requests, fields)),
        );
        const logged = lines.reduce((sum, { requests }) => sum + requests, 0);
        const explained = differences.flatMap(({ reasons }) => reasons).reduce((sum, each) => sum + each.requests, 0);
        expect(explained).toBe(Math.abs(logged - used));
        expect(equal).toBe(logged === used && used > 0 ? 1 : 0);
      }),
    );
  });
});

describe("api-tiers usage reconcile", () => {
  let store: string;
  beforeEach(() => {
    store = mkdtempSync(join(tmpdir(), "usage-"));
  });
  afterEach(() => rmSync(store, { recursive: true }));
  const run = (...args: string[]) =>
    command("usage", "reconcile", "--store", store, "--month", "2026-11", "--now", "2026-12-05T00:00:00Z", ...args);

  test("asks for usage and for logs, of which there must be some", async () => {
    expect((await run()).error).toMatch(/holds no usage of 2026-11-01 to 2026-11-30; run "api-tiers usage collect"/);
    await storeWith(store, counted(1), {});
    expect((await run()).error).toMatch(
      /holds no access logs of 2026-11-01 to 2026-11-30; read them with "api-tiers usage logs"/,
    );
  });

  test("explains what differs, and answers with 2 where nothing explains it", async () => {
    await storeWith(store, [...counted(3), ...onTier("ann", "gold", third, 5, { customer: "Ann" })], {});
    const calls = [200, 200, 200, 429].map((status, index) =>
      JSON.stringify({
        requestId: `r${index}`,
        extendedRequestId: `e${index}=`,
        requestTimeEpoch: String(Date.UTC(2026, 10, 3, 9)),
        apiId: "a1b2c3d4e5",
        stage: "prod",
        resourcePath: "/pets",
        httpMethod: "GET",
        status: String(status),
        apiKeyId: "keyjoe",
      }),
    );
    const log = join(store, "access.log");
    writeFileSync(log, `${calls.join("\n")}\n`);
    const format = JSON.stringify(
      Object.fromEntries(
        ["requestId", "extendedRequestId", "requestTimeEpoch", "apiId", "stage", "resourcePath", "httpMethod", "status"]
          .map((name) => [name, `$context.${name}`])
          .concat([["apiKeyId", "$context.identity.apiKeyId"]]),
      ),
    );
    const read = await command("usage", "logs", log, "--store", store, "--log-format", format);
    expect(read.error).toBeUndefined();
    const { output, answer } = await run();
    expect(output.split("\n")).toEqual([
      "2026-11-01 to 2026-11-30: GetUsage and the access logs say the same of 0 keys and days, and differ at 2:",
      "- 2026-11-03 ann (Ann): GetUsage 5, logs 0",
      '    5: no lines of that day: read the logs of its stages with "api-tiers usage logs", or give the stages an access log',
      "- 2026-11-03 joe: GetUsage 3, logs 4",
      "    1: of stages that the key's usage plan does not cover, or is not known to: give usage logs the --state",
    ]);
    expect(answer).toBe(2);
    expect(JSON.parse((await run("--format", "json")).output).differences).toHaveLength(2);
  });
});
