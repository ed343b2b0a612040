import { dayOfDate } from "../../src/limiter/calendar-day";
import { statusText } from "../../src/rotation/render-status";
import { type RotationPhase, rotationStatus } from "../../src/rotation/rotation-status";
import { type RotatingKey, rotationsIn } from "../../src/rotation/rotations";
import { sharedRemaining, toleranceOf } from "../../src/rotation/shared-quota";
import { defineUnchecked, petShop } from "../support/catalogs";
import { readSynthesized } from "../support/read-synthesized";

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
  (_: string, id: string, day: number) => {
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    return unknown.includes(date) ? undefined : (calls[id.replace("id-of-", "")]?.[date] ?? 0);
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
    expect(statusText([status], { first: "2026-11-20", last: "2026-11-26" })).toBe(
      [
        "Calls from 2026-11-20 to 2026-11-26 (UTC)",
        "",
        "acme: the older key is still used",
        "  acme: works; created 2026-01-05; 12 calls, the last on 2026-11-25",
        "  acme/next: works; created 2026-11-22; 43 calls, the last on 2026-11-26; handed over as /api-tiers/keys/acme/next",
        "  next: Wait until nobody calls with the older key, and ask the customer.",
      ].join("\n"),
    );
    expect(statusText([], { first: "2026-11-20", last: "2026-11-26" })).toBe("No subscription has several keys.");
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
});
