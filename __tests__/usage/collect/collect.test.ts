import type { MeteredPlan } from "../../../src/usage/collect/metered-plans";
import { answering, type Calls, collectAt, key, linesOf, MemoryFiles, metered } from "./support";

const joe = key("joe");
const ann = key("ann");
const GOLD = metered({ gold: [joe] });

describe("the first collection", () => {
  it("has a line for each member today, and for past days from the first call or the creation of the key", async () => {
    const files = new MemoryFiles();
    const calls = { gold: { joe: { "2026-11-02": 5, "2026-11-04": 1 } } };
    const old = key("old", { createdAt: "2026-11-03T10:00:00Z" });
    await collectAt("2026-11-04T06:00:00Z", files, metered({ gold: [joe, ann, old] }), answering(calls));
    expect(await linesOf(files, "2026-08-01", "2026-11-04")).toEqual([
      "2026-11-02 gold joe: 5 assumed final",
      "2026-11-03 gold joe: 0 assumed",
      "2026-11-03 gold old: 0 assumed",
      "2026-11-04 gold ann: 0 observed",
      "2026-11-04 gold joe: 1 observed",
      "2026-11-04 gold old: 0 observed",
    ]);
  });

  it("reads 90 days and no more", async () => {
    const files = new MemoryFiles();
    const calls = { gold: { joe: { "2026-08-06": 1, "2026-08-07": 2 } } };
    const { from, to } = await collectAt("2026-11-04T06:00:00Z", files, GOLD, answering(calls));
    expect([from, to]).toEqual(["2026-08-07", "2026-11-04"]);
    expect((await linesOf(files, "2026-08-01", "2026-08-08"))[0]).toBe("2026-08-07 gold joe: 2 assumed final");
  });

  it("keeps when a figure was read, and what remains", async () => {
    const files = new MemoryFiles();
    await collectAt("2026-11-04T06:00:00Z", files, GOLD, answering({ gold: { joe: { "2026-11-04": 7 } } }));
    expect(files.texts.get("usage/day=2026-11-04/plan=gold/usage.jsonl")).toBe(
      '{"key":"joe","subscription":"subscription-of-joe","customer":null,"tier":"gold","enabled":true,"price":null,' +
        '"membership":"observed","membershipRead":"2026-11-04T06:00:00.000Z","used":7,"remaining":993,"reported":true,' +
        '"read":"2026-11-04T06:00:00.000Z","final":false,"finalSince":null,"correctedFrom":null}\n',
    );
  });
});

it.each<[string, MeteredPlan["price"], string | null]>([
  ["has none where its tier has none", undefined, null],
  [
    "is said to be unknown where another version wrote it, so that the tier is not taken for free",
    "unknown",
    "unknown",
  ],
])("the price of a line %s", async (_, price, expected) => {
  const files = new MemoryFiles();
  await collectAt("2026-11-04T06:00:00Z", files, metered({ gold: [key("joe")] }, { price }), answering({ gold: {} }));
  const text = files.texts.get("usage/day=2026-11-04/plan=gold/usage.jsonl") ?? "";
  expect(JSON.parse(text).price).toBe(expected);
});

describe("a later collection", () => {
  /** Two collections, on the 1st and on the 4th. */
  async function collectTwice(before: typeof GOLD, after: typeof GOLD, calls: Calls): Promise<string[]> {
    const files = new MemoryFiles();
    await collectAt("2026-11-01T06:00:00Z", files, before, answering(calls));
    await collectAt("2026-11-04T06:00:00Z", files, after, answering(calls));
    return linesOf(files, "2026-11-01", "2026-11-04");
  }

  it("carries who stayed on a tier through the days between", async () => {
    expect(await collectTwice(GOLD, GOLD, { gold: { joe: { "2026-11-02": 2 } } })).toEqual([
      "2026-11-01 gold joe: 0 observed final",
      "2026-11-02 gold joe: 2 carried final",
      "2026-11-03 gold joe: 0 carried",
      "2026-11-04 gold joe: 0 observed",
    ]);
  });

  it("keeps a customer who moved on the old tier until the first call on the new one", async () => {
    const lines = await collectTwice(metered({ bronze: [joe], gold: [] }), metered({ bronze: [], gold: [joe] }), {
      bronze: { joe: { "2026-11-01": 1 } },
      gold: { joe: { "2026-11-03": 9 } },
    });
    expect(lines).toEqual([
      "2026-11-01 bronze joe: 1 observed final",
      "2026-11-02 bronze joe: 0 assumed final",
      "2026-11-03 gold joe: 9 assumed",
      "2026-11-04 gold joe: 0 observed",
    ]);
  });

  it("keeps a customer who moved and did not call on the old tier until the reading that shows it", async () => {
    const lines = await collectTwice(metered({ bronze: [joe], gold: [] }), metered({ bronze: [], gold: [joe] }), {
      bronze: {},
      gold: {},
    });
    expect(lines.slice(1)).toEqual([
      "2026-11-02 bronze joe: 0 assumed final",
      "2026-11-03 bronze joe: 0 assumed",
      "2026-11-04 gold joe: 0 observed",
    ]);
  });

  it("has a line under both tiers for the day of a move, where both were called", async () => {
    const files = new MemoryFiles();
    const calls = { bronze: { joe: { "2026-11-01": 4 } }, gold: { joe: { "2026-11-01": 6 } } };
    await collectAt("2026-11-01T06:00:00Z", files, metered({ bronze: [joe], gold: [] }), answering(calls));
    await collectAt("2026-11-02T06:00:00Z", files, metered({ bronze: [], gold: [joe] }), answering(calls));
    expect(await linesOf(files, "2026-11-01", "2026-11-02")).toEqual([
      "2026-11-01 bronze joe: 4 observed",
      "2026-11-01 gold joe: 6 assumed",
      "2026-11-02 gold joe: 0 observed",
    ]);
  });

  it("leaves a customer who went on the tier until the last call", async () => {
    const lines = await collectTwice(metered({ gold: [joe, ann] }), metered({ gold: [ann] }), {
      gold: { joe: { "2026-11-02": 3 } },
    });
    expect(lines.filter((line) => line.includes("joe"))).toEqual([
      "2026-11-01 gold joe: 0 observed final",
      "2026-11-02 gold joe: 3 assumed final",
    ]);
  });

  it("keeps a subscription under the name that it had, and a suspension from the day on which it was seen", async () => {
    const files = new MemoryFiles();
    const calls = answering({ gold: {} });
    await collectAt("2026-11-01T06:00:00Z", files, metered({ gold: [key("joe", { subscription: "old" })] }), calls);
    const after = metered({ gold: [key("joe", { subscription: "new", enabled: false })] });
    await collectAt("2026-11-03T06:00:00Z", files, after, calls);
    const names = ["01", "02", "03"].map((day) => {
      const { subscription, enabled } = JSON.parse(
        files.texts.get(`usage/day=2026-11-${day}/plan=gold/usage.jsonl`) ?? "",
      );
      return [subscription, enabled];
    });
    expect(names).toEqual([
      ["old", true],
      ["old", true],
      ["new", false],
    ]);
  });

  it("writes no file of a final day again", async () => {
    const files = new MemoryFiles();
    const calls = answering({ gold: { joe: { "2026-10-20": 5 } } });
    await collectAt("2026-11-01T06:00:00Z", files, GOLD, calls);
    const { plans } = await collectAt("2026-11-02T06:00:00Z", files, GOLD, calls);
    // Both are not final yet: the day before, which becomes it, and today.
    expect(plans).toMatchObject([{ outcome: "collected", filesWritten: 3 }]);
  });

  it("shows a figure that AWS changed after it was final as a correction", async () => {
    const files = new MemoryFiles();
    await collectAt("2026-11-04T06:00:00Z", files, GOLD, answering({ gold: { joe: { "2026-11-01": 5 } } }));
    const { corrections } = await collectAt(
      "2026-11-05T06:00:00Z",
      files,
      GOLD,
      answering({ gold: { joe: { "2026-11-01": 7 } } }),
    );
    expect(corrections).toEqual([
      { day: "2026-11-01", plan: "gold", key: "joe", subscription: "subscription-of-joe", from: 5, to: 7 },
    ]);
    expect((await linesOf(files, "2026-11-01", "2026-11-01"))[0]).toBe("2026-11-01 gold joe: 7 assumed final was 5");
  });

  it("takes a day that AWS leaves out later for one that it does not tell any more", async () => {
    const files = new MemoryFiles();
    await collectAt("2026-11-04T06:00:00Z", files, GOLD, answering({ gold: { joe: { "2026-11-01": 5 } } }));
    await collectAt("2026-11-05T06:00:00Z", files, GOLD, answering({ gold: {} }));
    expect((await linesOf(files, "2026-11-01", "2026-11-01"))[0]).toBe("2026-11-01 gold joe: 5 assumed final");
  });
});

describe("what is lost", () => {
  it("lists what AWS does not tell any more after a long silence, and collects the rest", async () => {
    const files = new MemoryFiles();
    const calls = answering({ gold: { joe: { "2026-05-02": 5, "2026-11-01": 6 } } });
    await collectAt("2026-05-02T06:00:00Z", files, GOLD, calls);
    const { lost } = await collectAt("2026-11-04T06:00:00Z", files, GOLD, calls);
    expect(lost).toMatchObject([
      // The day before the reading was not final yet, either.
      { plan: "gold", from: "2026-05-01", to: "2026-08-06", lastRead: "2026-05-02T06:00:00.000Z", because: "too old" },
    ]);
    expect(await linesOf(files, "2026-05-01", "2026-08-07")).toEqual([
      "2026-05-02 gold joe: 5 observed",
      "2026-08-07 gold joe: 0 carried final",
    ]);
  });

  it("lists what a deleted plan counted after it was read for the last time, once", async () => {
    const files = new MemoryFiles();
    await collectAt(
      "2026-11-02T06:00:00Z",
      files,
      metered({ gold: [joe], old: [ann] }),
      answering({ gold: {}, old: {} }),
    );
    const first = await collectAt("2026-11-04T06:00:00Z", files, GOLD, answering({ gold: {} }));
    expect(first.plans.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["gold", "collected"],
      ["old", "deleted"],
    ]);
    expect(first.lost).toMatchObject([{ plan: "old", from: "2026-11-01", to: "2026-11-04", because: "plan deleted" }]);
    const second = await collectAt("2026-11-05T06:00:00Z", files, GOLD, answering({ gold: {} }));
    expect(second.lost).toEqual([]);
    expect(second.plans).toHaveLength(1);
  });

  it("reads a plan that left the state as long as AWS has it", async () => {
    const files = new MemoryFiles();
    const calls = answering({ gold: {}, old: { ann: { "2026-11-03": 8 } } });
    await collectAt("2026-11-02T06:00:00Z", files, metered({ gold: [joe], old: [ann] }), calls);
    const { lost } = await collectAt("2026-11-04T06:00:00Z", files, GOLD, calls);
    expect(lost).toEqual([]);
    expect((await linesOf(files, "2026-11-03", "2026-11-03"))[1]).toBe("2026-11-03 old ann: 8 assumed");
  });
});

describe("what AWS answers", () => {
  const calls = { gold: { joe: { "2026-11-01": 5, "2026-11-03": 1 }, ann: { "2026-09-30": 2 } } };
  const both = metered({ gold: [joe, ann] });
  const used = async (leavesOut: "nothing" | "keys" | "days") => {
    const files = new MemoryFiles();
    let requests = 0;
    await collectAt("2026-11-04T06:00:00Z", files, both, answering(calls, { leavesOut, onRequest: () => requests++ }));
    return { requests, lines: await linesOf(files, "2026-08-01", "2026-11-04") };
  };

  it.each(["keys", "days"] as const)("gives the same store where %s without calls are left out", async (leavesOut) => {
    expect((await used(leavesOut)).lines).toEqual((await used("nothing")).lines);
  });

  it("takes one request where no day is left out", async () => {
    expect((await used("nothing")).requests).toBe(1);
  });

  it("may be a key's value, which is counted and stands nowhere", async () => {
    const files = new MemoryFiles();
    const value = "A".repeat(40);
    const answer = answering({ gold: { joe: {}, [value]: { "2026-11-01": 12 } } });
    const collection = await collectAt("2026-11-04T06:00:00Z", files, GOLD, answer);
    expect(collection.unknownKeys).toEqual([{ plan: "gold", entries: 1, calls: 12 }]);
    expect(JSON.stringify([collection, ...files.texts])).not.toContain(value);
  });
});
