import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { TestGateway } from "../../src/testing";
import { defineUnchecked, withSubscriptions } from "../support/catalogs";

const REQUESTS = 200_000;

/** Bytes that are in use when all that is not has been collected. */
function bytesInUse(): number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  return process.memoryUsage().heapUsed;
}

test("memory stays flat over 200,000 requests, of which each is another one, over ten days", async () => {
  const gateway = TestGateway.of(defineUnchecked(withSubscriptions({ acme: { tier: "gold" } })));
  const acme = gateway.customer("acme").at("pets", "prod");
  const anyone = gateway.anyone.at("pets", "prod");
  const statuses = new Map<number, number>();
  const serve = async (from: number, to: number) => {
    for (let sent = from; sent < to; sent++) {
      gateway.clock.advance({ milliseconds: 4_320 / 4 });
      const what = `GET /pets?n=${sent}`;
      const answer =
        sent % 4 === 0
          ? await anyone.send(what, { headers: { "x-api-key": `NobodyHas${sent}` } })
          : sent % 4 === 1
            ? await anyone.send(`GET /nothing/${sent}`)
            : await acme.send(what, { headers: { [`X-Header-${sent}`]: `${sent}` } });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    }
  };
  await serve(0, REQUESTS / 10);
  const before = bytesInUse();
  await serve(REQUESTS / 10, REQUESTS);

  expect(bytesInUse() - before).toBeLessThan(4_000_000);
  expect(Object.fromEntries(statuses)).toEqual({ 200: REQUESTS / 2, 403: REQUESTS / 2 });
  await gateway.close();
}, 60_000);
