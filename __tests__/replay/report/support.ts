import type {
  CandidateReport,
  CustomerReport,
  Refused,
  ReplayReport,
  TierReport,
} from "../../../src/replay/replay-report";

export const HOSTILE = `</style><img src=x onerror=alert(1)>"'&amp;\u202e\u001b[31m`;

export const exactly = (count: number): Refused => ({ low: count, high: count });

export const customer = (
  subscription: string,
  calls: number,
  fields: Partial<CustomerReport> = {},
): CustomerReport => ({
  ...{ subscription, customer: null, calls, refused: exactly(0), refusedBy: {}, days: 0, first: null, last: null },
  ...{ onTiers: {}, fits: "bronze", mayFit: null },
  ...fields,
});

const joe = customer("joe-black", 20_000, {
  customer: "Joe Black",
  refused: { low: 120, high: 340 },
  refusedBy: { plan: 300, quota: 40 },
  days: 4,
  first: "2026-11-03T10:20:00.000Z",
  last: "2026-11-06T18:04:09.000Z",
  onTiers: { bronze: 340, gold: 0 },
  fits: "gold",
});
const ann = customer("ann", 1_000, {
  refused: exactly(4),
  refusedBy: { quota: 4 },
  days: 1,
  first: "2026-11-05T10:20:00.000Z",
  last: "2026-11-05T10:20:01.000Z",
  onTiers: { bronze: 4, gold: 0 },
  fits: null,
});

/** Each hour of four days: calls by day, refused at noon. */
const hours = Array.from({ length: 96 }, (_, hour) => (hour % 24 < 8 ? 0 : 100 * (hour % 24)));
const refusedAtNoon = hours.map((_, hour) => (hour % 24 === 12 ? 86 : 0));

export const bronze: TierReport = {
  tier: "bronze",
  throttle: { rateLimit: 10, burstLimit: 20 },
  quota: { limit: 1_000, period: "DAY" },
  unknownLimits: [],
  calls: 21_005,
  refused: { low: 124, high: 344 },
  refusedBy: { plan: 300, quota: 44 },
  limits: [
    {
      layer: "plan",
      route: null,
      written: "10 a second, 20 at once",
      verdict: "binds for some",
      highest: 1.4,
      customers: 1,
    },
    { layer: "quota", route: null, written: "1,000 a day", verdict: "always binds", highest: 1.2, customers: 2 },
    {
      ...{ layer: "plan method", route: "GET /pets of weather/prod", written: "500 a second, 900 at once" },
      ...{ verdict: "never binds", highest: 0.031, customers: 0 },
    },
  ],
  customers: [joe, ann, customer("eve", 5, { customer: HOSTILE })],
  silent: 2,
  safe: {
    frontier: [
      { rateLimit: 5, burstLimit: 1_204 },
      { rateLimit: 10, burstLimit: 55 },
      { rateLimit: 20, burstLimit: 12 },
    ],
    routes: [{ route: "GET /pets of weather/prod", frontier: [{ rateLimit: 1, burstLimit: 30 }] }],
    quotas: [
      { period: "DAY", limit: 1_204, subscription: "joe-black", isWhole: true },
      { period: "MONTH", limit: 20_000, subscription: "joe-black", isWhole: false },
    ],
  },
  series: { from: "2026-11-03T00:00:00.000Z", interval: "hour", calls: hours, refused: refusedAtNoon },
};

const gold: TierReport = {
  ...{ tier: "gold", throttle: null, quota: null, unknownLimits: [], calls: 700, refused: exactly(0), refusedBy: {} },
  ...{ limits: [], customers: [customer("globex", 700, { fits: "gold" })], silent: 0, safe: null },
  series: { from: "2026-11-03T00:00:00.000Z", interval: "day", calls: [100, 200, 300, 100], refused: [0, 0, 0, 0] },
};

const asItIs: CandidateReport = {
  name: "as it is",
  refused: { low: 124, high: 344 },
  tiers: [bronze, gold],
  openRoutesRefused: exactly(0),
  leftOut: [],
};

const higher: CandidateReport = {
  name: "bronze.quota.limit=2000",
  refused: exactly(1_544),
  tiers: [
    {
      ...bronze,
      quota: { limit: 2_000, period: "DAY" },
      refused: exactly(1_544),
      refusedBy: { plan: 1_544 },
      customers: [
        { ...joe, refused: { low: 1_324, high: 1_544 }, refusedBy: { plan: 1_544 } },
        customer("ann", 1_000),
        customer("eve", 5, { customer: HOSTILE }),
      ],
    },
    gold,
  ],
  openRoutesRefused: { low: 1, high: 3 },
  leftOut: [],
};

/** Two tiers, two candidates, and a customer's name that attacks a terminal and a page. */
export const REPORT: ReplayReport = {
  span: { from: "2026-11-03T08:00:12.000Z", to: "2026-11-06T23:59:59.000Z" },
  calls: 22_000,
  replayed: 21_705,
  refusedThen: 220,
  notes: [{ kind: "lines", text: `lines of a.log could not be read: ${HOSTILE}`, tiers: [] }],
  left: [{ reason: "have a key that no subscription is known for", calls: 295, examples: ["k1", HOSTILE, "k3", "k4"] }],
  candidates: [asItIs, higher],
};
