import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dayOfDate } from "../../src/limiter/day-number";
import { storedCalls } from "../../src/rotation/calls";
import { statusText } from "../../src/rotation/render-status";
import { type RotationPhase, rotationStatus } from "../../src/rotation/rotation-status";
import { type RotatingKey, rotationsIn } from "../../src/rotation/rotations";
import { sharedRemaining, toleranceOf, toleranceUntilNext } from "../../src/rotation/shared-quota";
import type { UsageDay } from "../../src/usage/usage-day";
import { defineUnchecked, petShop } from "../support/catalogs";
import { readSynthesized } from "../support/read-synthesized";
import { onTier, storeWith } from "../usage/support/usage-days";

const days = { first: dayOfDate("2026-11-20"), last: dayOfDate("2026-11-26") };
const plans = [{ awsId: "plan1" }] as unknown as RotatingKey["plans"];
const key = (name: string, fields: Partial<RotatingKey> = {}): RotatingKey => ({
  id: name === "main" ? "acme" : `acme/${name}`,
  name,
  awsId: `id-of-${name}`,
  enabled: true,
  createdAt: name === "main" ? "2026-01-05T08:00:00Z" : "2026-11-22T08:00:00Z",
  handedOver: undefined,
  plans,
  ...fields,
});
/** Calls by key and day; "unknown" for days of which nothing is known. */
const callsOf =
  (calls: Record<string, Record<string, number>>, unknown: readonly string[] = []) =>
  (id: string, _: readonly string[], day: number) => {
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    if (unknown.includes(date)) return undefined;
    return { calls: calls[id.replace("id-of-", "")]?.[date] ?? 0, isWhole: true };
  };
const rotation = (keys: readonly RotatingKey[], isOrdered = true) => ({ subscription: "acme", keys, isOrdered });
const TWO = [key("main"), key("next")];
const OLD = { main: { "2026-11-25": 12 } };
const NEW = { next: { "2026-11-24": 3, "2026-11-26": 40 } };

describe("the replacement of a key", () => {
  test.each<[string, RotationPhase, readonly RotatingKey[], ReturnType<typeof callsOf>, readonly string[]]>([
    ["begins when nobody calls with the new key yet", "unused", TWO, callsOf(OLD), ["api-tiers key acme/next"]],
    ["goes on while somebody calls with the older one", "moving", TWO, callsOf({ ...OLD, ...NEW }), []],
    [
      "lets the older key be disabled once it is silent",
      "silent",
      TWO,
      callsOf(NEW),
      ["api-tiers subscription rotate acme --disable main"],
    ],
    [
      "lets a disabled key be removed",
      "replaced",
      [key("main", { enabled: false }), key("next")],
      callsOf(NEW),
      ["api-tiers subscription rotate acme --remove main"],
    ],
    [
      "is not said to be silent where a day is not known",
      "unknown",
      TWO,
      callsOf(NEW, ["2026-11-23"]),
      ["api-tiers usage collect"],
    ],
    [
      "is not said to be unused where a day is not known",
      "unknown",
      TWO,
      callsOf(OLD, ["2026-11-23"]),
      ["api-tiers usage collect"],
    ],
    [
      "is known to be moving whatever is not known, because somebody called",
      "moving",
      TWO,
      callsOf({ ...OLD, ...NEW }, ["2026-11-23"]),
      [],
    ],
    [
      "has not begun while the new key is disabled",
      "unused",
      [key("main"), key("next", { enabled: false })],
      callsOf(OLD),
      [],
    ],
    [
      "removes nothing where no key works",
      "suspended",
      [key("main", { enabled: false }), key("next", { enabled: false })],
      callsOf(NEW),
      ["api-tiers subscription resume acme"],
    ],
    [
      "is not known of a key that has no id in AWS yet",
      "unknown",
      [key("main"), key("next", { awsId: undefined })],
      callsOf(OLD),
      ["api-tiers usage collect"],
    ],
  ])("%s", (_, phase, keys, calls, commands) => {
    expect(rotationStatus(rotation(keys), days, calls)).toMatchObject({ phase, commands });
  });

  test("needs no figures of days before the new key was created", () => {
    const { keys } = rotationStatus(rotation(TWO), days, callsOf({ ...OLD, ...NEW }, ["2026-11-20"]));
    expect(keys.map(({ unknownDays }) => unknownDays)).toEqual([["2026-11-20"], []]);
  });

  test("is not reported where nobody knows which key is the older one", () => {
    const keys = TWO.map((each) => ({ ...each, createdAt: undefined }));
    const status = rotationStatus(rotation(keys, false), days, callsOf(NEW));
    expect(status).toMatchObject({ phase: "unknown", commands: [] });
    expect(status.next).toContain("which of them is the older one is not known");
  });

  test("is reported with each key, its last call, and what to do next", () => {
    const handedOver = { store: "ssm", name: "/api-tiers/keys/acme/next" } as const;
    const status = rotationStatus(
      rotation([key("main"), key("next", { handedOver })]),
      days,
      callsOf({ ...OLD, ...NEW }),
    );
    const known = { first: "2026-11-20", last: "2026-11-26", upTo: "2026-11-26T11:20:00.000Z", notes: [] };
    expect(statusText([status], known)).toBe(
      [
        "Calls from 2026-11-20 to 2026-11-26 (UTC), as far as they were known at 2026-11-26T11:20:00.000Z",
        "",
        "acme: the older key is still used",
        "  acme: works; created 2026-01-05; 12 calls, the last on 2026-11-25",
        "  acme/next: works; created 2026-11-22; 43 calls, the last on 2026-11-26; handed over as /api-tiers/keys/acme/next",
        "  next: Wait until nobody calls with the older key, and ask the customer.",
      ].join("\n"),
    );
    expect(statusText([], known)).toBe("No subscription has several keys.");
  });
});

test("rotations are the subscriptions with several keys, and no others", () => {
  const subscriptions = { joe: { tier: "gold", keys: { main: {}, ci: false } }, zoe: { tier: "gold" } };
  const found = rotationsIn(readSynthesized(defineUnchecked(petShop({ subscriptions }))));
  expect(found).toMatchObject([
    {
      subscription: "joe",
      isOrdered: false,
      keys: [
        { id: "joe/ci", enabled: false },
        { id: "joe", plans: [{ id: "gold" }] },
      ],
    },
  ]);
});

test.each([
  [[0, 0], 100],
  [[30, 20], 50],
  [[90, 30], 0],
  [[10, 0, 40], 50],
])("of a quota of 100, of which keys used %j, each may still use %i", (used, left) => {
  expect(sharedRemaining({ limit: 100 }, used)).toBe(left);
});

test("the tolerance is what the throttles let all keys do until the quota is shared again", () => {
  expect(toleranceOf(2, { rateLimit: 10, burstLimit: 20 }, 3_600)).toBe(2 * (20 + 36_000));
  expect(toleranceOf(2, undefined, 3_600)).toBeUndefined();
  const times = { lateSeconds: 2_400, everySeconds: 3_600 };
  const fast = { rateLimit: 100, burstLimit: 200 };
  // Whatever the throttle: one key more than the quota is for uses what is left, and each at most the quota before.
  expect(toleranceUntilNext(2, { throttle: fast, quota: { limit: 10 } }, 4, times)).toBe(4 + 2 * 10);
  expect(toleranceUntilNext(2, { quota: { limit: 10 } }, 4, times)).toBe(4 + 2 * 10);
  const slow = { rateLimit: 0.001, burstLimit: 1 };
  expect(toleranceUntilNext(2, { throttle: slow, quota: { limit: 1_000 } }, 900, times)).toBe(2 * Math.ceil(1 + 6));
});

async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "rotation-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("calls by the usage store", () => {
  const key1 = { subscription: "acme", customer: null, enabled: true, price: null, membership: "observed" } as const;
  const line = (day: string, plan: string, used: number, fields: Partial<UsageDay> = {}) =>
    onTier("acme", plan, [day, day], used, { ...key1, plan, key: "k1", ...fields });
  const known = async (days: readonly UsageDay[]) =>
    inFolder(async (folder) => {
      const { callsOn, upTo } = await storedCalls(await storeWith(folder, days, {}), {
        first: dayOfDate("2026-11-24"),
        last: dayOfDate("2026-11-26"),
      });
      const dates = ["2026-11-24", "2026-11-25", "2026-11-26"];
      return { upTo, days: dates.map((date) => callsOn("k1", ["gold"], dayOfDate(date))) };
    });

  test("are those under every plan that the key was in: a move hides none", async () => {
    const days = [
      ...line("2026-11-24", "silver", 500),
      ...line("2026-11-25", "silver", 400),
      ...line("2026-11-25", "gold", 7),
    ];
    expect((await known(days)).days).toEqual([{ calls: 500, isWhole: true }, { calls: 407, isWhole: true }, undefined]);
  });

  test("of a day that was read too early are not all of them", async () => {
    const early = { read: "2026-11-26T00:10:00.000Z", final: false };
    const late = { read: "2026-11-26T00:45:00.000Z", final: false };
    expect((await known(line("2026-11-25", "gold", 0, early))).days[1]).toEqual({ calls: 0, isWhole: false });
    expect((await known(line("2026-11-25", "gold", 0, late))).days[1]).toEqual({ calls: 0, isWhole: true });
    const today = { read: "2026-11-26T12:00:00.000Z", final: false };
    expect((await known(line("2026-11-26", "gold", 3, today))).upTo).toBe("2026-11-26T11:20:00.000Z");
  });

  test("of a day on which nobody collected the key are not taken for none", async () => {
    const others = onTier("zoe", "gold", ["2026-11-24", "2026-11-26"], 5, { plan: "gold", key: "k2" });
    expect((await known(others)).days).toEqual([undefined, undefined, undefined]);
  });
});
