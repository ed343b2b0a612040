import { type Clock, RequestPace } from "../../src/aws/request-pace";

/** A clock in which sleeping takes no time of ours. */
class PretendedClock implements Clock {
  at = 0;
  now = () => this.at;
  sleep = async (milliseconds: number) => {
    this.at += milliseconds;
  };
}

/** When each of these requests may be sent, in milliseconds. */
async function timesOf(operations: readonly string[]): Promise<number[]> {
  const clock = new PretendedClock();
  const pace = new RequestPace(clock);
  return Promise.all(operations.map((operation) => pace.next(operation).then(() => clock.at)));
}

const repeated = (operation: string, count: number) => Array.from({ length: count }, () => operation);

test("40 requests go at once, then 10 a second", async () => {
  const times = await timesOf(repeated("GetUsagePlans", 71));
  expect(times.slice(0, 40)).toEqual(repeated("", 40).map(() => 0));
  expect([times[40], times[49], times[60], times[70]]).toEqual([100, 1_000, 2_100, 3_100]);
});

test("GetResources goes 5 at once, then 5 in 2 seconds, and counts among all requests too", async () => {
  const times = await timesOf([...repeated("GetResources", 10), ...repeated("GetStages", 60)]);
  expect(times.slice(0, 10)).toEqual([0, 0, 0, 0, 0, 400, 800, 1_200, 1_600, 2_000]);
  // 60 after 10 others, two seconds into it: 40 + 20 - 10 are there, the rest comes at 10 a second.
  expect(times.slice(10).filter((time) => time === 2_000)).toHaveLength(39);
  expect(times.at(-1)).toBe(2_000 + 21 * 100);
});

test("10,000 keys take some 17 minutes: 10 requests a second, no more in any second and scarcely fewer", async () => {
  const times = await timesOf(repeated("GetUsagePlans", 10_000));
  const last = times.at(-1) as number;
  expect(last).toBe((10_000 - 40) * 100);
  for (let second = 1; second < last / 1_000; second++) {
    const within = times.filter((time) => time > second * 1_000 && time <= (second + 1) * 1_000).length;
    if (within > 10) throw new Error(`${within} in second ${second}`);
  }
});
