import fc from "fast-check";
import { type Change, parseChange, parseSweep } from "../../../src/replay/candidates/change";

test.each<[written: string, change: Omit<Change, "written">]>([
  ["gold.throttle.rateLimit=50", { tier: "gold", part: "throttle", field: "rateLimit", value: 50 }],
  ["gold.rateLimit=0.5", { tier: "gold", part: "throttle", field: "rateLimit", value: 0.5 }],
  ["gold.throttle.burstLimit=100", { tier: "gold", part: "throttle", field: "burstLimit", value: 100 }],
  ["gold.burstLimit=1", { tier: "gold", part: "throttle", field: "burstLimit", value: 1 }],
  ["very-gold 2.quota.limit=10000", { tier: "very-gold 2", part: "quota", field: "limit", value: 10_000 }],
  ["gold.quota.period=DAY", { tier: "gold", part: "quota", field: "period", value: "DAY" }],
  ["gold.quota.period=WEEK", { tier: "gold", part: "quota", field: "period", value: "WEEK" }],
  ["gold.quota.period=MONTH", { tier: "gold", part: "quota", field: "period", value: "MONTH" }],
  ["gold.throttle=none", { tier: "gold", part: "throttle", value: "none" }],
  ["gold.quota=none", { tier: "gold", part: "quota", value: "none" }],
  [
    'gold.methodThrottles["GET /pets/{id}"].rateLimit=5',
    { tier: "gold", part: "methodThrottles", route: "GET /pets/{id}", field: "rateLimit", value: 5 },
  ],
  [
    // As the catalog calls it.
    'gold.methodThrottle["GET /pets"].rateLimit=5',
    { tier: "gold", part: "methodThrottles", route: "GET /pets", field: "rateLimit", value: 5 },
  ],
  [
    'gold.methodThrottles["ANY /a=b"].burstLimit=7',
    { tier: "gold", part: "methodThrottles", route: "ANY /a=b", field: "burstLimit", value: 7 },
  ],
])("%s is a change", (written, change) => {
  expect(parseChange(written)).toEqual({ ...change, written });
});

test.each<[written: string, message: RegExp]>([
  ["", /^"" changes no limit that is known; write it as gold\.throttle\.rateLimit=50, /],
  ["gold", /changes no limit that is known/],
  ["gold.rateLimit", /changes no limit that is known/],
  [".rateLimit=5", /changes no limit that is known/],
  ["gold.limit=5", /changes no limit that is known/],
  ["gold.quota.rateLimit=5", /changes no limit that is known/],
  ["gold.throttle.limit=5", /changes no limit that is known/],
  ["gold.quota.offset=5", /changes no limit that is known/],
  ["gold.methodThrottles[GET /pets].rateLimit=5", /changes no limit that is known/],
  ['gold.methodThrottles["GET /pets"]=none', /changes no limit that is known/],
  ["gold.throttle=5", /a whole throttle or quota can only become none, got "5"; change throttle\.rateLimit and /],
  ["gold.quota=", /can only become none, got ""/],
  ["gold.rateLimit=none", /rateLimit must be a number above 0, got "none"/],
  ["gold.rateLimit=0", /rateLimit must be a number above 0, got "0"/],
  ["gold.rateLimit=-1", /rateLimit must be a number above 0, got "-1"/],
  ["gold.rateLimit=1e3", /rateLimit must be a number above 0, got "1e3"/],
  ["gold.rateLimit= 5", /rateLimit must be a number above 0, got " 5"/],
  ["gold.burstLimit=2.5", /burstLimit must be a whole number, got "2\.5"/],
  ["gold.quota.limit=0.5", /limit must be a whole number, got "0\.5"/],
  ["gold.quota.period=day", /the period must be DAY, WEEK or MONTH, got "day"/],
])("%s is refused", (written, message) => {
  expect(() => parseChange(written)).toThrow(message);
});

const valuesOf = (written: string) => parseSweep(written).map(({ value }) => value);

test.each<[written: string, values: readonly number[]]>([
  ["gold.rateLimit=10..100", [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]],
  ["gold.rateLimit=1..2/3", [1, 1.5, 2]],
  ["gold.rateLimit=0.1..0.4/4", [0.1, 0.2, 0.3, 0.4]],
  ["gold.burstLimit=1..2/3", [1, 2]],
  ["gold.quota.limit=1..5/4", [1, 2, 4, 5]],
  ['gold.methodThrottles["GET /pets"].rateLimit=1..2/2', [1, 2]],
])("%s tries its values, each once", (written, values) => {
  expect(valuesOf(written)).toEqual(values);
});

test("a sweep goes from its first value to its last one, upwards, in as many steps as it says", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 2, max: 100 }),
      (from, more, steps) => {
        const values = valuesOf(`gold.rateLimit=${from}..${from + more}/${steps}`) as number[];
        expect([values[0], values.at(-1)]).toEqual([from, Number((from + more).toPrecision(6))]);
        expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
        expect(values.length).toBeLessThanOrEqual(steps);
      },
    ),
  );
});

test.each<[written: string, message: RegExp]>([
  ["gold.rateLimit=5", /is not a sweep; write it as gold\.rateLimit=10\.\.200, which tries ten values/],
  ["gold.rateLimit=5..", /is not a sweep/],
  ["gold.rateLimit=-5..5", /is not a sweep/],
  ["gold.rateLimit=1..5/1", /2 to 100/],
  ["gold.rateLimit=1..5/101", /2 to 100/],
  ["gold.rateLimit=5..5", /has one value; give it with --set, as "gold\.rateLimit=5"/],
  ["gold.rateLimit=9..5", /begins with the higher value; write "gold\.rateLimit=5\.\.9"/],
  ["gold.rateLimit=0..5", /rateLimit must be a number above 0, got "0"/],
  ["gold.limit=1..5", /"gold\.limit=1" changes no limit that is known/],
  ["gold.quota.period=1..5", /the period must be DAY, WEEK or MONTH/],
])("%s is not a sweep that can be tried", (written, message) => {
  expect(() => parseSweep(written)).toThrow(message);
});
