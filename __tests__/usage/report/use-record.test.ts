import { dayOfDate } from "../../../src/limiter/day-number";
import { KeySeries } from "../../../src/usage/report/use-record";
import { onTier } from "../support/usage-days";

const DAYS = ["2026-11-01", "2026-11-02", "2026-11-03"] as const;
const first = dayOfDate(DAYS[0]);
const lines = onTier("joe", "gold", [DAYS[0], DAYS[2]], 1);

test.each([
  ["subscription", "ann"],
  ["customer", "Ann"],
  ["tier", "silver"],
  ["enabled", false],
  ["membership", "2026-11-02"],
] as const)("whose a key was is kept for each day: another %s on one day", (field, other) => {
  const series = new KeySeries("keyjoe", first, DAYS.length);
  const [one, two, three] = lines.map((line, index) => (index === 1 ? { ...line, [field]: other } : line));
  for (const [index, line] of [one, two, three].entries()) series.add(first + index, line as (typeof lines)[number]);
  const on = (index: number) => series.at(first + index)?.holder[field];
  expect([on(0), on(1), on(2)]).toEqual([one?.[field], other, one?.[field]]);
});

test("of two lines of a day, the one that was read last counts", () => {
  const [line] = lines as [(typeof lines)[number]];
  const early = { ...line, read: "2026-11-02T00:00:00.000Z", used: 7 };
  const late = { ...line, read: "2026-11-03T00:00:00.000Z", used: 5 };
  for (const order of [
    [early, late],
    [late, early],
  ]) {
    const series = new KeySeries("keyjoe", first, 1);
    for (const each of order) series.add(first, each);
    expect(series.at(first)?.used).toBe(5);
  }
});
