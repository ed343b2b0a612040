/**
 * Runs some at once, and gives the results in the order of the items. After a failure, nothing more is begun. This is not
 * `p-map`, which is an ES module only: the tests and `ts-node` load CommonJS.
 *
 * @param atOnce the most that run at one time
 * @param onCount called with the number that are done
 * @throws whatever the first failure was
 */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  onCount: (count: number) => void,
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  const rest = items.entries();
  let done = 0;
  let hasFailed = false;
  const worker = async () => {
    for (const [index, item] of rest) {
      if (hasFailed) return;
      try {
        results[index] = await run(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
      onCount(++done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
