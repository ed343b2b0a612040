import { readTraffic } from "../../src/replay/read-traffic";
import { readPlans } from "../../src/review/plans";
import { review } from "../../src/review/review";
import { lineOf, OWN_FORMAT, sourceOf } from "../replay/support";
import { defineUnchecked } from "../support/catalogs";
import { synthesize } from "../support/synthesize";
import { plansOf } from "./support/fixtures";
import { plan } from "./support/planner";
import { reviewCatalogs, said } from "./support/reviewed";

const synthesized = (catalog: unknown) => synthesize(defineUnchecked(catalog));

const DAY = 86_400_000;
const START = Date.UTC(2026, 9, 5);

/** Calls by customer, so many on each day, a second apart. */
function loggedOf(
  calls: Readonly<Record<string, readonly number[]>>,
  keyOf: (id: string) => string,
  api: string,
  path: string,
) {
  const lines = Object.entries(calls).flatMap(([id, days]) =>
    days.flatMap((count, day) =>
      Array.from({ length: count }, (_, index) =>
        lineOf({
          ...{ time: START + day * DAY + index * 1_000, id: `${id}${day}x${index}=`, key: keyOf(id), api },
          ...{ stage: "prod", method: "GET", path, status: 200, errorType: undefined },
        }),
      ),
    ),
  );
  return readTraffic({ sources: [sourceOf(lines.map((line) => `${line}\n`).join(""))], formats: [OWN_FORMAT] });
}

/** By the ids of AWS that a plan says. */
function loggedIn(scenario: string, calls: Readonly<Record<string, readonly number[]>>) {
  const { apis, keys } = readPlans(plansOf(scenario), {}).before.gateway;
  const keyOf = (id: string) => keys.find((each) => each.id === id)?.awsId ?? id;
  return loggedOf(calls, keyOf, apis.find(({ id }) => id === "pets")?.awsId ?? "", "/pets");
}

const limitsLowered = async (calls: Readonly<Record<string, readonly number[]>>) =>
  said(review(plansOf("quota-halved"), { logged: { traffic: await loggedIn("quota-halved", calls) } }))[
    "limits-lowered"
  ];

test("a lowered quota says whom it would have refused, who would lose the largest share first", async () => {
  const calls = { "joe-black": [400, 600, 700], "garden-01": [510, 100, 100], "garden-02": [500, 20, 500] };
  expect(await limitsLowered(calls)).toEqual([
    expect.stringMatching(
      /; 2 of 3 customers would have been refused from 2026-10-05 to 2026-10-07: joe-black \(17 % of its calls, on 2 days\) and garden-01 \(1.4 % of its calls, on 1 day\)$/,
    ),
  ]);
});

test("a lowered quota that would have refused nobody says so", async () => {
  expect(await limitsLowered({ "joe-black": [500, 499], "garden-01": [1, 1] })).toEqual([
    expect.stringMatching(/; 2 customers called from 2026-10-05 to 2026-10-06: nobody would have been refused more$/),
  ]);
});

test("calls that the limits before refused as well are not counted", async () => {
  expect(await limitsLowered({ "joe-black": [1_100] })).toEqual([
    expect.stringMatching(/: joe-black \(45 % of its calls, on 1 day\)$/),
  ]);
});

test("calls of unknown keys are said beside the answer", async () => {
  expect(await limitsLowered({ "joe-black": [10], nobodyskey: [600] })).toEqual([
    expect.stringMatching(
      /; 1 customer called from 2026-10-05 to 2026-10-05 \(without 600 calls that fit nothing in these plans\): nobody/,
    ),
  ]);
});

test("a customer who moves to less sees what that would have meant", async () => {
  const shop = (tier: "small" | "large") => ({
    apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } },
    tiers: {
      small: { access: { pets: ["prod"] }, quota: { limit: 5, period: "DAY" } },
      large: { access: { pets: ["prod"] }, quota: { limit: 500, period: "DAY" } },
    },
    subscriptions: { globex: { tier } },
  });
  const { apis } = readPlans(plan(synthesized(shop("large")), synthesized(shop("large"))), {}).before.gateway;
  const api = apis[0]?.awsId ?? "";
  const found = async (days: readonly number[]) => {
    const traffic = await loggedOf({ globex: days }, () => "key1", api, "/pets");
    const identities = { keys: new Map([["key1", "globex"]]), apis: new Map() };
    return said(reviewCatalogs(shop("large"), shop("small"), { logged: { traffic, identities } }))["moved-to-less"];
  };
  expect(await found([5, 6, 5])).toEqual([
    expect.stringMatching(
      /; 1 of its calls would have been refused from 2026-10-05 to 2026-10-07 \(6.2 % of its calls, on 1 day\)$/,
    ),
  ]);
  expect(await found([5, 5])).toEqual([
    expect.stringMatching(/; none of its 10 calls from 2026-10-05 to 2026-10-06 would have been refused more$/),
  ]);
  expect(await found([])).toEqual([expect.stringMatching(/; it did not call in the logs, which have no call$/)]);
});
