import { DistinctIds, hashOf } from "../../src/logs/distinct-ids";

test("each id is new once, however many come", () => {
  const ids = new DistinctIds();
  const all = Array.from({ length: 10_000 }, (_, index) => `id-${index.toString(36)}=`);
  expect(all.filter((id) => ids.add(id))).toHaveLength(all.length);
  expect(all.filter((id) => ids.add(id))).toEqual([]);
});

test("the hash of no text is 0, which stands for a free place", () => {
  for (const text of ["", "\0", "a", "id-1="]) expect(hashOf(text)[0]).toBeGreaterThan(0);
});
