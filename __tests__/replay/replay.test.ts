import fc from "fast-check";
import { defineCatalog } from "../../src";
import type { LoggedCall } from "../../src/logs/logged-call";
import { withChanges } from "../../src/replay/candidates/apply-changes";
import { parseChange } from "../../src/replay/candidates/change";
import { replay } from "../../src/replay/replay";
import type { ReplayReport, TierReport } from "../../src/replay/replay-report";
import { readSynthesized } from "../support/read-synthesized";
import { trafficOf } from "./support";

const BEGIN = Date.UTC(2026, 9, 5, 8);
const [SECOND, DAY] = [1_000, 86_400_000];

const access = { pets: "*" } as const;
const catalogOf = (stageThrottle?: { readonly rateLimit: number; readonly burstLimit: number }) => {
  const each = { throttle: stageThrottle };
  return defineCatalog({
    apis: {
      pets: {
        routes: { "GET /pets": { mock: 200 }, "POST /pets": { mock: 200 } },
        stages: { prod: { ...(stageThrottle && { methodSettings: { "GET /pets": each, "POST /pets": each } }) } },
      },
    },
    tiers: {
      bronze: { access, throttle: { rateLimit: 1, burstLimit: 2 }, quota: { limit: 5, period: "DAY" } },
      gold: {
        access,
        throttle: { rateLimit: 10, burstLimit: 5 },
        methodThrottle: { pets: { "GET /pets": { rateLimit: 1, burstLimit: 1 } } },
      },
    },
    subscriptions: {
      ann: { tier: "bronze", customer: "Ann & Co." },
      joe: { tier: "bronze" },
      eve: { tier: "gold" },
      zoe: { tier: "gold" },
    },
  } as never);
};
const model = readSynthesized(catalogOf());
const asItIs = { name: "as it is", model };
const identities = {
  keys: new Map(Object.entries({ keyann: "ann", keyjoe: "joe", keyeve: "eve" })),
  apis: new Map([["api1", "pets"]]),
};

let calls = 0;
const call = (key: string, time: number, fields: Partial<LoggedCall> = {}): LoggedCall => ({
  ...{ time, id: `id${++calls}=`, key, api: "api1", stage: "prod" },
  ...{ method: "POST", path: "/pets", status: 200, errorType: undefined, ...fields },
});

/** Three days. Of four calls of ann at one moment, one was refused then. */
const LOG: readonly LoggedCall[] = [
  call("keyann", BEGIN),
  call("keyann", BEGIN),
  call("keyann", BEGIN),
  call("keyann", BEGIN, { status: 429, errorType: "THROTTLED" }),
  call("keyann", BEGIN + DAY),
  ...Array.from({ length: 7 }, (_, index) => call("keyjoe", BEGIN + 60 * SECOND + index * 10 * SECOND)),
  ...Array.from({ length: 3 }, () => call("keyjoe", BEGIN + 2 * DAY)),
  ...Array.from({ length: 3 }, (_, index) => call("keyeve", BEGIN + 7_200 * SECOND + index * 500, { method: "GET" })),
  call("keyother", BEGIN + 3 * SECOND),
];

const tierIn = ({ candidates }: ReplayReport, tier: string, candidate = 0): TierReport => {
  const found = candidates[candidate]?.tiers.find((each) => each.tier === tier);
  if (!found) throw new Error(`there is no tier ${tier}`);
  return found;
};
const seriesOf = (counts: Readonly<Record<number, number>>, length: number) =>
  Array.from({ length }, (_, index) => counts[index] ?? 0);

describe("a small log gives what a person calculates:", () => {
  let report: ReplayReport;
  beforeAll(async () => {
    report = replay({ traffic: await trafficOf(LOG), candidates: [asItIs], identities });
  });

  test("the whole", () => {
    const { span, replayed, refusedThen, left, candidates } = report;
    expect({ span, calls: report.calls, replayed, refusedThen, left }).toEqual({
      span: { from: "2026-10-05T08:00:00.000Z", to: "2026-10-07T08:00:00.000Z" },
      calls: 19,
      replayed: 18,
      refusedThen: 1,
      left: [
        {
          reason: "have a key of which nobody says whose it is",
          calls: 1,
          examples: ["POST /pets of api1/prod by key keyother"],
        },
      ],
    });
    expect(candidates).toHaveLength(1);
    expect(candidates[0]).toMatchObject({
      name: "as it is",
      refused: { low: 5, high: 6 },
      openRoutesRefused: { low: 0, high: 0 },
      leftOut: [],
    });
  });

  test("the customers of bronze, by refused calls", () => {
    expect(tierIn(report, "bronze").customers).toEqual([
      {
        ...{ subscription: "joe", customer: null, calls: 10, refused: { low: 3, high: 3 } },
        refusedBy: { quota: 2, plan: 1 },
        days: 2,
        first: "2026-10-05T08:01:50.000Z",
        last: "2026-10-07T08:00:00.000Z",
        onTiers: { bronze: 3, gold: 0 },
        fits: "gold",
        mayFit: null,
      },
      {
        ...{ subscription: "ann", customer: "Ann & Co.", calls: 5, refused: { low: 1, high: 2 } },
        refusedBy: { plan: 2 },
        days: 1,
        first: "2026-10-05T08:00:00.000Z",
        last: "2026-10-05T08:00:00.000Z",
        onTiers: { bronze: 2, gold: 0 },
        fits: "gold",
        mayFit: null,
      },
    ]);
  });

  test("bronze, its limits, and the smallest ones that refuse nobody", () => {
    const { customers: _, safe, ...bronze } = tierIn(report, "bronze");
    expect(bronze).toEqual({
      tier: "bronze",
      throttle: { rateLimit: 1, burstLimit: 2 },
      quota: { limit: 5, period: "DAY", offset: 0 },
      unknownLimits: [],
      calls: 15,
      refused: { low: 4, high: 5 },
      refusedBy: { plan: 3, quota: 2 },
      limits: [
        {
          ...{ layer: "plan", route: null, written: "1/s, burst 2" },
          ...{ verdict: "binds for some", highest: 2, customers: 2 },
        },
        {
          ...{ layer: "quota", route: null, written: "5 a day" },
          ...{ verdict: "binds for some", highest: 1.4, customers: 1 },
        },
      ],
      silent: 0,
      series: {
        from: "2026-10-05T08:00:00.000Z",
        interval: "hour",
        calls: seriesOf({ 0: 11, 24: 1, 48: 3 }, 49),
        refused: seriesOf({ 0: 4, 48: 1 }, 49),
      },
    });
    expect(safe?.quotas).toEqual([
      { period: "DAY", limit: 7, subscription: "joe", isWhole: true },
      { period: "WEEK", limit: 10, subscription: "joe", isWhole: false },
      { period: "MONTH", limit: 10, subscription: "joe", isWhole: false },
    ]);
    const bursts = new Map(safe?.frontier.map(({ rateLimit, burstLimit }) => [rateLimit, burstLimit]));
    // Seven calls in a minute, in which 0.6 of a token comes in; and four at one moment.
    expect([bursts.get(0.01), bursts.get(1), bursts.get(5)]).toEqual([7, 4, 4]);
    expect(safe?.routes.map(({ route }) => route)).toEqual([expect.stringMatching(/^POST \/pets of .*\/prod$/)]);
  });

  test("gold, whose limit of one route refuses", () => {
    const { customers, limits, silent, refused, refusedBy } = tierIn(report, "gold");
    expect({ customers, silent, refused, refusedBy }).toEqual({
      customers: [
        {
          ...{ subscription: "eve", customer: null, calls: 3, refused: { low: 1, high: 1 } },
          refusedBy: { "plan method": 1 },
          days: 1,
          first: "2026-10-05T10:00:00.500Z",
          last: "2026-10-05T10:00:00.500Z",
          onTiers: { bronze: 0, gold: 1 },
          fits: "bronze",
          mayFit: null,
        },
      ],
      silent: 1,
      refused: { low: 1, high: 1 },
      refusedBy: { "plan method": 1 },
    });
    expect(limits).toEqual([
      {
        ...{ layer: "plan", route: null, written: "10/s, burst 5" },
        ...{ verdict: "binds for nobody", highest: 0.2, customers: 0 },
      },
      {
        ...{ layer: "plan method", route: expect.stringMatching(/^GET \/pets of /), written: "1/s, burst 1" },
        ...{ verdict: "binds for some", highest: 2, customers: 1 },
      },
    ]);
  });
});

test("what was used before the log counts: of the quota, of its highest use, and of the smallest safe quota", async () => {
  const day = BEGIN / DAY - ((BEGIN / DAY) % 1);
  const earlier = {
    ofKeys: new Map([
      [
        "keyjoe",
        [
          { plan: "b", tier: "bronze", day: day - 1, used: 50 },
          { plan: "b", tier: "bronze", day, used: 4 },
          // Of a tier that it has left.
          { plan: "g", tier: "gold", day, used: 900 },
        ],
      ],
    ]),
    days: new Set([day]),
  };
  const report = replay({ traffic: await trafficOf(LOG), candidates: [asItIs], identities, earlier });
  const { customers, limits, safe } = tierIn(report, "bronze");
  expect(customers[0]).toMatchObject({ subscription: "joe", refusedBy: { quota: 6, plan: 1 } });
  expect(limits.find(({ layer }) => layer === "quota")).toMatchObject({ highest: 11 / 5 });
  expect(safe?.quotas).toEqual([
    { period: "DAY", limit: 11, subscription: "joe", isWhole: true },
    // From Sunday on.
    { period: "WEEK", limit: 64, subscription: "joe", isWhole: false },
    { period: "MONTH", limit: 64, subscription: "joe", isWhole: false },
  ]);
});

test("a limit that refuses most customers on most days always binds, and one of which a tenth is used never does", async () => {
  const days = [0, 1, 2].flatMap((day) => [0, 0, 0].map(() => call("keyann", BEGIN + day * DAY)));
  const candidates = [
    asItIs,
    withChanges(model, [parseChange("bronze.burstLimit=1000"), parseChange("bronze.quota=none")]),
  ];
  const report = replay({ traffic: await trafficOf(days), candidates, identities });
  const verdicts = (candidate: number) =>
    tierIn(report, "bronze", candidate).limits.map(({ layer, verdict }) => [layer, verdict]);
  expect(verdicts(0)).toEqual([
    ["plan", "always binds"],
    ["quota", "binds for nobody"],
  ]);
  expect(verdicts(1)).toEqual([["plan", "never binds"]]);
});

test("logs without a call give a report without tiers, that says so", async () => {
  const report = replay({ traffic: await trafficOf([]), candidates: [asItIs], identities });
  expect(report).toMatchObject({ span: null, calls: 0, replayed: 0, left: [], candidates: [{ tiers: [] }] });
  expect(report.notes).toEqual([
    { kind: "lines", text: expect.stringMatching(/^There is no line in the file of the logs/), tiers: [] },
  ]);
});

/** Some calls of three customers in bursts, of which some were refused then. */
const logs: fc.Arbitrary<LoggedCall[]> = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.integer({ max: 900, min: 0 }), fc.integer({ min: 0, max: 20_000_000 })),
      key: fc.constantFrom("keyann", "keyjoe", "keyeve", "keyother"),
      method: fc.constantFrom("GET", "POST"),
      status: fc.constantFrom(200, 200, 429),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((some) => {
    let time = BEGIN;
    return some.map(({ gap, key, method, status }) => {
      time += gap;
      return call(key, time, { method, status });
    });
  });

const shared = (throttle: { readonly rateLimit: number; readonly burstLimit: number }) => ({
  name: "as it is",
  model: readSynthesized(catalogOf(throttle)),
});

describe("a limit that customers share", () => {
  const tight = shared({ rateLimit: 1, burstLimit: 1 });
  const wide = shared({ rateLimit: 9_000, burstLimit: 4_999 });

  test("refuses one of them because of the other one's call", async () => {
    const traffic = await trafficOf([call("keyann", BEGIN), call("keyjoe", BEGIN + 1), call("keyeve", BEGIN + 1_000)]);
    const report = replay({ traffic, candidates: [tight, asItIs], identities });
    expect(tierIn(report, "bronze").customers.map(({ subscription, refusedBy }) => [subscription, refusedBy])).toEqual([
      ["joe", { "stage method": 1 }],
      ["ann", {}],
    ]);
    expect(tierIn(report, "bronze").customers[0]).toMatchObject({
      onTiers: { bronze: 0, gold: 0 },
      fits: "gold",
      mayFit: "bronze",
    });
    expect(report.candidates.map(({ refused }) => refused.high)).toEqual([1, 0]);
  });

  test("of the account does so, too", async () => {
    const traffic = await trafficOf([call("keyann", BEGIN), call("keyjoe", BEGIN)]);
    const limits = { accountThrottle: { rateLimit: 1, burstLimit: 1 } };
    const { candidates } = replay({ traffic, candidates: [asItIs], identities, limits });
    expect(candidates[0]?.tiers[0]?.refusedBy).toEqual({ account: 1 });
  });

  test("changes nothing where it is so wide that it refuses nobody", async () => {
    await fc.assert(
      fc.asyncProperty(logs, async (log) => {
        const traffic = await trafficOf(log);
        const { candidates } = replay({ traffic, candidates: [asItIs], identities });
        expect(replay({ traffic, candidates: [wide], identities }).candidates).toEqual(candidates);
      }),
      { numRuns: 50 },
    );
  });

  test("is asked in the order of all calls, which gives what each customer's own limits give where these are all", async () => {
    await fc.assert(
      fc.asyncProperty(logs, async (log) => {
        const traffic = await trafficOf(log);
        const { candidates } = replay({ traffic, candidates: [asItIs], identities });
        // Plans that begin with their first request are tried with all customers together.
        const limits = { plansBegan: "with the first request" } as const;
        expect(replay({ traffic, candidates: [asItIs], identities, limits }).candidates).toEqual(candidates);
      }),
      { numRuns: 50 },
    );
  });
});

const change = fc.oneof(
  fc
    .tuple(fc.constantFrom("bronze", "gold"), fc.constantFrom(0.1, 0.5, 2, 100))
    .map(([tier, rate]) => `${tier}.rateLimit=${rate}`),
  fc
    .tuple(fc.constantFrom("bronze", "gold"), fc.integer({ min: 1, max: 9 }))
    .map(([tier, burst]) => `${tier}.burstLimit=${burst}`),
  fc.integer({ min: 1, max: 30 }).map((limit) => `bronze.quota.limit=${limit}`),
  fc.constantFrom(
    "bronze.quota.period=DAY",
    "bronze.quota.period=WEEK",
    "bronze.quota.period=MONTH",
    "bronze.quota=none",
  ),
  fc.integer({ min: 1, max: 9 }).map((burst) => `gold.methodThrottles["GET /pets"].burstLimit=${burst}`),
);
const changes = fc
  .uniqueArray(change, { minLength: 1, maxLength: 3, selector: (each) => each.split("=")[0] })
  .filter((some) => !some.includes("bronze.quota=none") || !some.some((each) => each.startsWith("bronze.quota.")));

const onBusyStage = shared({ rateLimit: 2, burstLimit: 3 });

test("a further candidate is reported as if it were alone, but for the rates of the others", async () => {
  await fc.assert(
    fc.asyncProperty(
      logs,
      fc.array(changes, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (log, some, isShared) => {
        const traffic = await trafficOf(log);
        const base = isShared ? onBusyStage : asItIs;
        const candidates = [base, ...some.map((each) => withChanges(base.model, each.map(parseChange)))];
        const all = replay({ traffic, candidates, identities });
        for (const [index, candidate] of candidates.entries()) {
          const alone = replay({ traffic, candidates: [candidate], identities }).candidates[0];
          const without = (tiers: readonly TierReport[] = []) => tiers.map(({ safe: _, ...tier }) => tier);
          expect({ ...all.candidates[index], tiers: without(all.candidates[index]?.tiers) }).toEqual({
            ...alone,
            tiers: without(alone?.tiers),
          });
          for (const [at, { safe }] of (alone?.tiers ?? []).entries()) {
            const own = all.candidates[index]?.tiers[at]?.safe;
            expect(own?.quotas).toEqual(safe?.quotas);
            expect(own?.frontier ?? []).toEqual(expect.arrayContaining([...(safe?.frontier ?? [])]));
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});
