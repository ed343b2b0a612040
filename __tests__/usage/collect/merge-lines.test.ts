import fc from "fast-check";
import { mergeLines } from "../../../src/usage/collect/merge-lines";
import type { UsageLine } from "../../../src/usage/store/usage-lines";
import { usageLine } from "../support";

const hour = (number: number) =>
  `2026-11-0${3 + Math.floor(number / 24)}T${String(number % 24).padStart(2, "0")}:00:00.000Z`;

/** From this hour on a figure of the day is final. */
const FINAL = 48;

/** The day's figure at each hour: it grows, AWS leaves it out sometimes, and corrects it once when it was final. */
const figures = fc
  .record({
    growth: fc.array(fc.nat(3), { minLength: 72, maxLength: 72 }),
    leftOut: fc.array(fc.boolean(), { minLength: 72, maxLength: 72 }),
    correction: fc.record({ at: fc.integer({ min: FINAL, max: 71 }), by: fc.integer({ min: -5, max: 5 }) }),
  })
  .map(({ growth, leftOut, correction }) => {
    let used = 10;
    return growth.map((more, at): Partial<UsageLine> => {
      if (at < FINAL) used += more;
      if (at === correction.at) used += correction.by;
      const final = at >= FINAL;
      const read = { read: hour(at), final, finalSince: final ? hour(at) : null };
      return leftOut[at]
        ? { ...read, used: 0, remaining: null, reported: false }
        : { ...read, used, remaining: 1_000 - used };
    });
  });

const holders = fc.record({
  tier: fc.constantFrom("bronze", "gold"),
  membership: fc.constantFrom("observed" as const, "carried" as const, "assumed" as const),
  membershipRead: fc.nat(71).map(hour),
});

/** Lines of readings of one day, at different hours. */
const readings = figures.chain((byHour) => {
  const reading = fc.tuple(fc.nat(71), holders).map(([at, holder]) => usageLine({ ...byHour[at], ...holder }));
  return fc.tuple(reading, reading, reading);
});

test("two lines say the same in either order", () => {
  fc.assert(fc.property(readings, ([a, b]) => expect(mergeLines(a, b)).toEqual(mergeLines(b, a))));
});

test("a line that comes again changes nothing", () => {
  fc.assert(
    fc.property(readings, ([a, b]) => {
      const merged = mergeLines(a, b);
      expect(mergeLines(merged, a)).toEqual(merged);
      expect(mergeLines(merged, b)).toEqual(merged);
      expect(mergeLines(merged, merged)).toEqual(merged);
    }),
  );
});

test("three lines say the same in any grouping", () => {
  fc.assert(
    fc.property(readings, ([a, b, c]) => {
      expect(mergeLines(mergeLines(a, b), c)).toEqual(mergeLines(a, mergeLines(b, c)));
    }),
  );
});

test.each<[string, Partial<UsageLine>, Partial<UsageLine>, Partial<UsageLine>]>([
  ["the newer figure counts", { used: 3, read: hour(1) }, { used: 5, read: hour(2) }, { used: 5, read: hour(2) }],
  [
    "of two figures of one time, the larger counts",
    { used: 3, read: hour(1) },
    { used: 5, read: hour(1) },
    { used: 5, read: hour(1) },
  ],
  [
    "a day that AWS leaves out later keeps its figure",
    { used: 3, read: hour(1) },
    { used: 0, reported: false, remaining: null, read: hour(2) },
    { used: 3, read: hour(1) },
  ],
  [
    "a final figure that changes is a correction",
    { used: 3, read: hour(50), final: true, finalSince: hour(50) },
    { used: 5, read: hour(60), final: true, finalSince: hour(60) },
    { used: 5, read: hour(60), final: true, finalSince: hour(50), correctedFrom: 3 },
  ],
  [
    "a final figure that stays is left as it was read first",
    { used: 3, read: hour(50), final: true, finalSince: hour(50) },
    { used: 3, read: hour(60), final: true, finalSince: hour(60) },
    { used: 3, read: hour(50), final: true, finalSince: hour(50), correctedFrom: null },
  ],
  [
    "what was observed counts more than what was assumed later",
    { tier: "bronze", membershipRead: hour(1) },
    { tier: "gold", membership: "assumed", membershipRead: hour(9) },
    { tier: "bronze", membership: "observed", membershipRead: hour(1) },
  ],
])("%s", (_, a, b, expected) => {
  expect(mergeLines(usageLine(a), usageLine(b))).toMatchObject(expected);
});
