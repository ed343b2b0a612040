import { ExpiringCache } from "../../handlers/lib/key-authorizer/expiring-cache";
import { parameterName } from "../../handlers/lib/key-authorizer/parameter-name";

test.each([
  ["joe-black", "joe-black"],
  ["acme.inc", "acme.inc"],
  ["joe@x", "joe_40x"],
  ["a_b", "a_5fb"],
  ["a+b=c:d", "a_2bb_3dc_3ad"],
  ["a/b", "a_2fb"],
  ["../a", ".._2fa"],
  ["\n", "_0a"],
  ["ü", "_c3_bc"],
  ["🦊", "_f0_9f_a6_8a"],
])("The key of subscription %j is named %s behind the prefix", (subscription, name) => {
  expect(parameterName("/api-tiers/keys/", subscription)).toBe(`/api-tiers/keys/${name}`);
});

test.each([
  ["a_b", "a_5fb"],
  ["a@b", "a_40b"],
  ["\u60e1", "`e1"],
])("Subscriptions %j and %j do not share a name", (one, other) => {
  expect(parameterName("", one)).not.toBe(parameterName("", other));
});

describe("A cache that expires", () => {
  let now = 0;
  const cacheOf = (capacity: number) => new ExpiringCache<string | undefined>(() => now, capacity);

  beforeEach(() => {
    now = 0;
  });

  test("forgets an entry when its time is over", () => {
    const cache = cacheOf(2);
    cache.set("a", "1", 10);
    now = 9_999;
    expect(cache.get("a")?.value).toBe("1");
    now = 10_000;
    expect(cache.get("a")).toBeUndefined();
  });

  test("tells a value that is undefined from none", () => {
    const cache = cacheOf(2);
    cache.set("a", undefined, 10);
    expect(cache.get("a")).toMatchObject({ value: undefined });
    expect(cache.get("b")).toBeUndefined();
  });

  test("keeps nothing for zero seconds", () => {
    const cache = cacheOf(2);
    cache.set("a", "1", 0);
    expect(cache.get("a")).toBeUndefined();
  });

  test("drops what was set longest ago when it is full", () => {
    const cache = cacheOf(2);
    for (const name of ["a", "b", "a", "c"]) cache.set(name, name, 10);
    expect(["a", "b", "c"].filter((name) => cache.get(name))).toEqual(["a", "c"]);
  });
});
