import { mapConcurrently } from "../../src/aws/map-concurrently";

const ITEMS = Array.from({ length: 20 }, (_, index) => index);

/** Resolves after some turns of the event loop: more for earlier items. */
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate);
};

test("results come in the order of the items, however long each takes, and no more run at once than may", async () => {
  let [running, most] = [0, 0];
  const counts: number[] = [];
  const results = await mapConcurrently(
    ITEMS,
    3,
    (count) => counts.push(count),
    async (item) => {
      most = Math.max(most, ++running);
      await turns(ITEMS.length - item);
      running--;
      return item * 10;
    },
  );
  expect(results).toEqual(ITEMS.map((item) => item * 10));
  expect(most).toBe(3);
  expect(counts).toEqual(ITEMS.map((item) => item + 1));
});

test("after a failure, what runs already ends and nothing more is begun", async () => {
  const begun: number[] = [];
  const failing = mapConcurrently(
    ITEMS,
    3,
    () => {},
    async (item) => {
      begun.push(item);
      if (item === 1) throw new Error("AccessDenied");
      await turns(5);
    },
  );
  await expect(failing).rejects.toThrow("AccessDenied");
  await turns(100);
  expect(begun).toEqual([0, 1, 2]);
});
