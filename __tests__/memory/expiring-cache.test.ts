import fc from "fast-check";
import { ExpiringCache } from "../../src/memory/expiring-cache";

test("an entry is forgotten when its time is over", () => {
  const cache = new ExpiringCache<string>(2);
  cache.set("a", "1", 10_000);
  expect(cache.get("a", 9_999)?.value).toBe("1");
  expect(cache.get("a", 10_000)).toBeUndefined();
});

test("a value that is undefined differs from none", () => {
  const cache = new ExpiringCache<string | undefined>(2);
  cache.set("a", undefined, 10);
  expect(cache.get("a", 0)).toMatchObject({ value: undefined });
  expect(cache.get("b", 0)).toBeUndefined();
});

test("an entry whose time is over at once is not used", () => {
  const cache = new ExpiringCache<string>(2);
  cache.set("a", "1", 5);
  expect(cache.get("a", 5)).toBeUndefined();
});

test.each<[string, (cache: ExpiringCache<string>) => void]>([
  ["set again", (cache) => cache.set("a", "a", 10)],
  ["read", (cache) => cache.get("a", 0)],
])("a full cache drops the entry that was not used for longest: one that was %s stays", (_, use) => {
  const cache = new ExpiringCache<string>(2);
  cache.set("a", "a", 10);
  cache.set("b", "b", 10);
  use(cache);
  cache.set("c", "c", 10);
  expect(["a", "b", "c"].filter((name) => cache.get(name, 0))).toEqual(["a", "c"]);
});

/** What the cache must do, without any thought of speed: a list in order of use. */
class PlainCache {
  private entries: { name: string; value: number; until: number }[] = [];

  constructor(private readonly capacity: number) {}

  get(name: string, at: number): number | undefined {
    const found = this.entries.find((entry) => entry.name === name);
    this.entries = this.entries.filter((entry) => entry.name !== name);
    if (found && at < found.until) this.entries.push(found);
    return found && at < found.until ? found.value : undefined;
  }

  set(name: string, value: number, until: number): void {
    this.entries = [...this.entries.filter((entry) => entry.name !== name), { name, value, until }].slice(
      -this.capacity,
    );
  }
}

test("whatever is set and read in whatever order, it holds what a plain list of the last used ones would", () => {
  const name = fc.constantFrom("a", "b", "c", "d");
  const step = fc.record({ name, set: fc.boolean(), wait: fc.nat(5), keep: fc.nat(10) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), fc.integer({ min: 1, max: 3 }), (steps, capacity) => {
      const [cache, plain] = [new ExpiringCache<number>(capacity), new PlainCache(capacity)];
      let at = 0;
      for (const [index, { name, set, wait, keep }] of steps.entries()) {
        at += wait;
        if (set) {
          cache.set(name, index, at + keep);
          plain.set(name, index, at + keep);
        } else expect(cache.get(name, at)?.value).toBe(plain.get(name, at));
      }
    }),
  );
});
