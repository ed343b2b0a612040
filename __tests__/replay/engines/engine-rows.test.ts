import { engineRows } from "../../../src/replay/engines/engine-rows";
import { CANDIDATES, ROWS } from "./support";

const [first, second, ...others] = ROWS as unknown as Record<string, unknown>[];
const read = (rows: readonly Record<string, unknown>[]) => engineRows("Athena", rows, CANDIDATES);

test("rows are read by the names of their columns in any case, and numbers may be strings", () => {
  const written = ROWS.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name.toLowerCase(), typeof value === "number" ? `${value}` : value]),
    ),
  );
  expect(read(written)).toEqual(ROWS);
});

test("a key that did not call has no row", () => {
  const calling = ROWS.filter(({ subscription }) => subscription === "acme");
  expect(engineRows("Athena", [...calling] as unknown as Record<string, unknown>[], CANDIDATES)).toEqual(calling);
  expect(read([])).toEqual([]);
});

test.each<[string, readonly Record<string, unknown>[], string]>([
  [
    "a column is missing",
    [{ ...first, quotaHigh: undefined }],
    "row 1: quotaHigh must be a whole number that is not negative, got nothing",
  ],
  [
    "a number cannot be read",
    [{ ...first, calls: "many" }],
    'row 1: calls must be a whole number that is not negative, got "many"',
  ],
  [
    "a number is negative",
    [{ ...first, calls: -1 }],
    "row 1: calls must be a whole number that is not negative, got -1",
  ],
  ["a number is too large", [{ ...first, calls: "9007199254740993" }], 'got "9007199254740993"'],
  [
    "a number is missing by SQL",
    [{ ...first, quotaLow: null }],
    "quotaLow must be a whole number that is not negative, got null",
  ],
  ["a name is not a string", [{ ...first, tier: 1 }], "row 1: tier must be a string, got 1"],
  [
    "a row is missing",
    [first ?? {}, second ?? {}, others[0] ?? {}],
    'no row for key "key-acme" of candidate "gold.throttle.rateLimit=5", so it is not complete',
  ],
  ["a row comes twice", [first ?? {}, first ?? {}], 'two rows for key "key-joe-black" of candidate "as it is"'],
  [
    "a row is not of these candidates",
    [{ ...first, apiKeyId: "key-x" }],
    'a row for key "key-x" of candidate "as it is", which was not asked for',
  ],
  ["calls differ", [first ?? {}, second ?? {}, { ...others[0], calls: 7 }], "counts 7 calls for key"],
])("an answer in which %s is an error", (_, rows, message) => {
  expect(() => read(rows)).toThrow(message);
});
