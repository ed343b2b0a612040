import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { defineCatalog } from "../../src";
import { type RecordedLogOptions, replay } from "../../src/testing";
import { lineOf } from "../replay/support";

const START = Date.UTC(2026, 9, 5, 8);
const KEYS = { key1: "ann", key2: "joe" };

const catalogOf = (gold: { readonly rateLimit: number; readonly burstLimit: number }, quota = 1_000) =>
  defineCatalog({
    apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } },
    tiers: {
      bronze: { access: { pets: "*" }, quota: { limit: quota, period: "DAY" } },
      gold: { access: { pets: "*" }, throttle: gold },
    },
    subscriptions: { ann: { tier: "gold" }, joe: { tier: "bronze" } },
  });

describe("a recorded log", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "recorded-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const call = (key: string | undefined, second: number, index: number, fields = {}) =>
    lineOf({
      ...{ time: START + second * 1_000, id: `${key}${second}x${index}=`, key, api: "api1", stage: "prod" },
      ...{ method: "GET", path: "/pets", status: 200, errorType: undefined, ...fields },
    });
  /** Ten calls of ann at once, and three of joe, one each second. */
  const LINES = [
    ...Array.from({ length: 10 }, (_, index) => call("key1", 0, index)),
    ...Array.from({ length: 3 }, (_, index) => call("key2", index, index)),
  ];
  const log = (lines: readonly string[], options: Partial<RecordedLogOptions> = {}) => {
    const file = join(folder, "access.log.gz");
    writeFileSync(file, gzipSync(lines.map((line) => `${line}\n`).join("")));
    return replay(file, { keys: KEYS, ...options });
  };

  test("shows that a catalog would have refused nobody", () => {
    expect(
      log(LINES)
        .against(catalogOf({ rateLimit: 5, burstLimit: 10 }))
        .refused("gold"),
    ).toEqual([]);
  });

  test("shows whom it would have refused, and how often", () => {
    const replayed = log(LINES).against(catalogOf({ rateLimit: 5, burstLimit: 8 }, 1));
    expect(replayed.refused("gold")).toEqual([{ subscription: "ann", refused: 2, of: 10, days: 1, by: { plan: 2 } }]);
    expect(replayed.refused().map(({ subscription, by }) => [subscription, by])).toEqual([
      ["ann", { plan: 2 }],
      ["joe", { quota: 2 }],
    ]);
    expect(replayed.safeBurst("gold", 5)).toBe(10);
  });

  test("takes keys from a file, and logs that are not packed", () => {
    const [keys, file] = [join(folder, "keys.json"), join(folder, "access.log")];
    writeFileSync(keys, JSON.stringify(KEYS));
    writeFileSync(file, `${LINES.join("\n")}\n`);
    const replayed = replay([file], { keys, apis: { api1: "pets" } }).against(
      catalogOf({ rateLimit: 5, burstLimit: 8 }),
    );
    expect(replayed.report.calls).toBe(13);
    expect(replayed.notes).toEqual([
      expect.stringContaining("within the period of the quota of bronze"),
      expect.stringContaining("The logs have no whole day, nor a whole week, nor a whole month"),
    ]);
  });

  test.each([
    [
      "a key of which nobody says whose it is",
      [call("key9", 0, 0)],
      /1 have a key of which nobody says whose it is, such as GET \/pets/,
    ],
    [
      "a route that the catalog does not have",
      [call("key1", 0, 0, { path: "/cats" })],
      /1 are of a route that is not in the stacks/,
    ],
    ["a subscription that is not there", [call("key3", 0, 0)], /1 are of subscriptions that are not in the stacks/],
  ])("with calls of %s is an error, for the test would show nothing of them", (_, lines, message) => {
    const recorded = log(lines, { keys: { ...KEYS, key3: "eve" } });
    expect(() => recorded.against(catalogOf({ rateLimit: 5, burstLimit: 10 }))).toThrow(message);
  });

  test("with lines of something else is an error", () => {
    expect(() => log([...LINES, "hello"])).toThrow(/1 line is not in the format of the log \(.*access.log.gz:14\)/);
  });

  test.each([[], [""]])("without a call is an error, for the test would show nothing: %j", (...lines) => {
    expect(() => log(lines)).toThrow(/there is no call in ".*access\.log\.gz"; name the files of an access log/);
  });

  test("says that nobody of a tier called, and not that nobody of it was refused", () => {
    const replayed = log([call("key1", 0, 0)]).against(catalogOf({ rateLimit: 5, burstLimit: 10 }));
    expect(replayed.refused()).toEqual([]);
    expect(() => replayed.refused("bronze")).toThrow('nobody of tier "bronze" called; record a log with calls of');
    expect(() => replayed.safeBurst("bronze", 5)).toThrow('nobody of tier "bronze" called; record a log with calls of');
  });

  test("notes what is assumed of the API, and what was used of a quota before it", () => {
    const { notes } = log(LINES).against(catalogOf({ rateLimit: 5, burstLimit: 10 }));
    expect(notes).toContainEqual(expect.stringContaining("is taken for the only one of the stacks"));
    expect(notes).toContainEqual(expect.stringContaining("within the period of the quota of bronze"));
    const named = log(LINES, { apis: { api1: "pets" } }).against(catalogOf({ rateLimit: 5, burstLimit: 10 }));
    expect(named.notes.join()).not.toContain("is taken for");
  });

  test("says which tiers and rates there are", () => {
    const replayed = log(LINES).against(catalogOf({ rateLimit: 5, burstLimit: 10 }));
    expect(() => replayed.refused("golden" as "gold")).toThrow('there is no tier "golden"; there are bronze, gold');
    expect(() => replayed.safeBurst("gold", 3)).toThrow(/the rates that are looked at are .*, got 3/);
  });
});
