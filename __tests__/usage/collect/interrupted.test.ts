import fc from "fast-check";
import type { GetUsage } from "../../../src/usage/collect/read-usage";
import { answering, type Calls, collectAt, key, MemoryFiles, metered } from "./support";

const keys = Object.fromEntries(["ann", "bob", "cat", "dan", "eve", "joe"].map((name) => [name, key(name)]));
const members = (...names: string[]) => names.map((name) => keys[name] ?? key(name));

/** Who was on which tier on the 1st, and on the 5th: ann moved, bob went, cat came, dan's plan is deleted. */
const THEN = metered({ bronze: members("ann", "bob", "joe"), gold: members("eve"), old: members("dan") });
const NOW = metered({ bronze: members("joe", "cat"), gold: members("eve", "ann", "dan"), silver: [] });
const CALLS: Calls = {
  bronze: {
    ann: { "2026-10-30": 4, "2026-11-02": 2 },
    bob: { "2026-11-01": 1, "2026-11-03": 5 },
    joe: { "2026-10-31": 1, "2026-11-05": 1 },
    cat: { "2026-11-04": 3 },
  },
  gold: { eve: { "2026-11-02": 1 }, ann: { "2026-11-04": 9 }, dan: {} },
  silver: {},
};

/** The store after the collection of the 1st, when the 30th of October had another figure. */
async function storeOfThe1st(): Promise<Map<string, string>> {
  const files = new MemoryFiles();
  const bronze = { ...CALLS.bronze, ann: { "2026-10-29": 1, "2026-10-30": 3 } };
  await collectAt(
    "2026-11-01T06:00:00Z",
    files,
    THEN,
    answering({ ...CALLS, bronze, old: { dan: { "2026-11-01": 2 } } }),
  );
  return files.texts;
}

const collect = (files: MemoryFiles, getUsage: GetUsage = answering(CALLS)) =>
  collectAt("2026-11-05T06:00:00Z", files, NOW, getUsage);

/** What one run leaves that nothing disturbs. */
async function undisturbed(start: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const files = new MemoryFiles(new Map(start));
  await collect(files);
  return files.texts;
}

const sorted = (texts: ReadonlyMap<string, string>) => Object.fromEntries([...texts].sort());

class Killed extends Error {}

/** Ends a program at a step: what it did before stays, and it does nothing more. */
function killedAfter(steps: number, wait: () => Promise<void> = async () => {}): () => Promise<void> {
  let done = 0;
  return async () => {
    await wait();
    if (++done > steps) throw new Killed();
  };
}

/** Random numbers that are the same in each run (a linear congruential generator). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("a collection that is killed at any step and run again leaves the same store", async () => {
  const start = await storeOfThe1st();
  const expected = sorted(await undisturbed(start));
  let steps = 0;
  for (let isKilled = true; isKilled; steps++) {
    const files = new MemoryFiles(new Map(start));
    isKilled = await collect(files.seenBy(killedAfter(steps))).then(
      () => false,
      (error) => {
        if (!(error instanceof Killed)) throw error;
        return true;
      },
    );
    if (isKilled) await collect(files);
    expect([steps, sorted(files.texts)]).toEqual([steps, expected]);
  }
  // Each file that is written is a step, and so is each look at one.
  expect(steps).toBeGreaterThan(100);
});

test("collections on several machines, of which some are killed, leave the same store: 50 interleavings", async () => {
  const start = await storeOfThe1st();
  const expected = sorted(await undisturbed(start));
  for (let seed = 1; seed <= 50; seed++) {
    const random = numbersFrom(seed);
    const pause = async () => {
      for (let turns = random(4); turns > 0; turns--) await new Promise(setImmediate);
    };
    const files = new MemoryFiles(new Map(start));
    const programs = Array.from({ length: 2 + random(3) }, () =>
      collect(files.seenBy(killedAfter(random(250), pause))).catch((error) => {
        if (!(error instanceof Killed)) throw error;
      }),
    );
    await Promise.all(programs);
    await Promise.all([1, 2].map(() => collect(files.seenBy(pause))));
    expect([seed, sorted(files.texts)]).toEqual([seed, expected]);
  }
});

test("what an interrupted run has read of a plan is not read again", async () => {
  const start = await storeOfThe1st();
  const asked: string[] = [];
  const logging: GetUsage = (input) => {
    asked.push(input.usagePlanId ?? "");
    return answering(CALLS)(input);
  };
  const files = new MemoryFiles(new Map(start));
  let isNoted = false;
  // Killed after the first note of what was read.
  const beforeKill = async () => {
    if (isNoted) throw new Killed();
  };
  const killed = new MemoryFiles(files.texts, async (operation, name) => {
    await beforeKill();
    isNoted = operation === "written" && name === "readings.json";
  });
  await expect(collect(killed)).rejects.toThrow(Killed);
  asked.length = 0;
  const { plans } = await collect(files, logging);
  const skipped = plans.filter(({ outcome }) => outcome === "read shortly before").map(({ id }) => id);
  expect(skipped.length).toBeGreaterThan(0);
  expect(skipped.filter((plan) => asked.includes(plan))).toEqual([]);
  expect(sorted(files.texts)).toEqual(sorted(await undisturbed(start)));
  // It is read again by a run that follows a complete one.
  asked.length = 0;
  await collect(files, logging);
  expect([...new Set(asked)].sort()).toEqual(["bronze", "gold", "silver"]);
});

test("any order, repetition or size of pages, and any days that are left out, give the same store", async () => {
  const plan = fc.dictionary(
    fc.constantFrom("ann", "bob", "cat", "dan", "eve", "joe"),
    fc.dictionary(
      fc.integer({ min: 1, max: 30 }).map((day) => `2026-10-${String(day).padStart(2, "0")}`),
      fc.integer({ min: 1, max: 50 }),
    ),
  );
  const pages = fc.record({
    page: fc.integer({ min: 1, max: 7 }),
    leavesOut: fc.constantFrom("nothing" as const, "keys" as const, "days" as const),
    order: fc.infiniteStream(fc.nat()),
    repeats: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(plan, plan, pages, async (bronze, gold, { page, leavesOut, order, repeats }) => {
      const calls = { bronze, gold, silver: {} };
      const straight = new MemoryFiles();
      await collect(straight, answering(calls));
      const mixed = (keysOfPlan: Calls[string]): Calls[string] =>
        Object.fromEntries(
          Object.entries(keysOfPlan)
            .map((entry) => [order.next().value as number, entry] as const)
            .sort(([a], [b]) => a - b)
            .map(([, entry]) => entry),
        );
      const answer = answering({ bronze: mixed(bronze), gold: mixed(gold), silver: {} }, { page, leavesOut });
      const again: GetUsage = async (input) => {
        const given = await answer(input);
        if (!repeats || given.position !== undefined || input.position === "again") return given;
        // After the last page the first one comes once more.
        const first = await answer({ ...input, position: undefined });
        return { ...given, items: { ...first.items, ...given.items } };
      };
      const other = new MemoryFiles();
      await collect(other, again);
      // Where a plan's keys without calls are left out, AWS does not say what remains of their quota.
      const comparable = (files: MemoryFiles) =>
        sorted(
          new Map(
            [...files.texts].map(([name, text]) => [
              name,
              leavesOut === "nothing" ? text : text.replace(/"remaining":\w+,"reported":\w+/g, ""),
            ]),
          ),
        );
      expect(comparable(other)).toEqual(comparable(straight));
    }),
  );
});
