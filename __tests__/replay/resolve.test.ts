import { defineCatalog } from "../../src";
import type { GatewayModel } from "../../src/model/model";
import type { LogIdentities } from "../../src/replay/log-identities";
import { BEFORE_LIMITS, resolve } from "../../src/replay/resolve";
import type { CallKind } from "../../src/replay/traffic";
import { readSynthesized } from "../support/read-synthesized";

const routes = {
  "GET /pets": { mock: 200 },
  "ANY /any": { mock: 200 },
  "GET /any": { mock: 200 },
  "GET /open": { mock: 200, apiKeyRequired: false },
} as const;
const model = readSynthesized(
  defineCatalog({
    apis: {
      pets: { routes, stages: { prod: { methodSettings: { "GET /pets": { throttle: paceOf(7) } } }, test: {} } },
      cats: { routes, stages: { prod: {} } },
    },
    tiers: {
      gold: {
        access: { pets: ["prod"] },
        throttle: paceOf(5),
        methodThrottle: { pets: { "GET /pets": paceOf(3) } },
        quota: { limit: 10, period: "DAY" },
      },
      trial: { access: { pets: ["test"] }, throttle: paceOf(1) },
    },
    subscriptions: {
      ann: { tier: "gold", customer: "Ann & Co." },
      sue: { tier: "gold", enabled: false },
      joe: { tier: "trial" },
    },
  } as never),
);

function paceOf(rateLimit: number) {
  return { rateLimit, burstLimit: rateLimit * 2 };
}

const identities: LogIdentities = {
  keys: new Map(Object.entries({ keyann: "ann", keysue: "sue", keyjoe: "joe", keygone: "gone" })),
  apis: new Map(Object.entries({ apipets: "pets", apicats: "cats", apigone: "dogs" })),
};

const kindOf = (fields: Partial<CallKind> = {}): CallKind => ({
  ...{ key: "keyann", api: "apipets", stage: "prod", method: "GET", path: "/pets", status: 200, errorType: undefined },
  ...fields,
});
const resolved = (kind: CallKind, of = model, known = identities) => {
  const { reasonOf, lanes, clients } = resolve([kind], of, known);
  return { reason: reasonOf.get(0), lane: lanes[0], client: clients[0] };
};

describe("a call meets no limit, because calls", () => {
  test.each<[reason: string, fields: Partial<CallKind>]>([
    ...[...BEFORE_LIMITS].map((errorType): [string, Partial<CallKind>] => [
      "were refused before limits are looked at",
      // A key of which the log says the id had no access, and may have it now.
      { status: 403, errorType, ...(errorType === "INVALID_API_KEY" && { key: undefined }) },
    ]),
    [
      "were refused then, as their keys had no access, and are not tried with it",
      { status: 403, errorType: "INVALID_API_KEY" },
    ],
    ["are of an API that is not in the stacks, or of which nobody says what it is called there", { api: "apiother" }],
    ["are of an API that is not in the stacks, or of which nobody says what it is called there", { api: "apigone" }],
    ["found no route", { path: undefined }],
    ["are of a stage that is not in the stacks", { stage: "dev" }],
    ["are of a route that is not in the stacks", { path: "/dogs" }],
    ["are of a route that is not in the stacks", { method: "POST" }],
    ["came without a key, or with one that is not known, to a route that needs one", { key: undefined, status: 403 }],
    ["were answered on a route that needs a key, and the log does not say which key it was", { key: undefined }],
    ["have a key of which nobody says whose it is", { key: "keyother" }],
    ...[200, 403].map((status): [string, Partial<CallKind>] => [
      "have something in the place of the key's id that may be a key's value, which is not kept",
      { key: undefined, hasKeyValue: true, status },
    ]),
    ["are of subscriptions that are not in the stacks", { key: "keygone" }],
    ["are of subscriptions whose tier does not cover the stage", { key: "keyjoe" }],
    ["are of subscriptions whose tier does not cover the stage", { api: "apicats" }],
    ["are of subscriptions that are suspended", { key: "keysue" }],
  ])("%s: %j", (reason, fields) => {
    expect(resolved(kindOf(fields))).toEqual({ reason, lane: undefined, client: undefined });
  });

  test("have a key that could be one of several", () => {
    const plans = model.plans.map((plan) => ({ ...plan, id: `${plan.id} again` }));
    const twice: GatewayModel = { ...model, plans: [...model.plans, ...plans] };
    expect(resolved(kindOf(), twice).reason).toBe("have a key that could be one of several");
  });
});

test("a call meets the limits of its key's plan, of its method in it, and of the stage's method", () => {
  const { lane, client } = resolved(kindOf());
  expect(client).toMatchObject({ subscription: "ann", customer: "Ann & Co.", logged: new Set(["keyann"]) });
  expect(lane).toMatchObject({ client: 0, stage: "prod", route: "GET /pets" });
  expect(lane?.request).toMatchObject({
    stageThrottle: paceOf(7),
    client: { plan: { throttle: paceOf(5), quota: { limit: 10, period: "DAY" } }, methodThrottle: paceOf(3) },
  });
});

test.each([
  ["GET", "GET /any"],
  ["POST", "ANY /any"],
  ["HEAD", "ANY /any"],
])("%s of a path with ANY is %s", (method, route) => {
  expect(resolved(kindOf({ method, path: "/any" })).lane?.route).toBe(route);
});

test.each(["keyann", "keysue", "keyother", undefined])(
  "a call of an open route meets no limits of a plan; its key: %s",
  (key) => {
    const { lane, client, reason } = resolved(kindOf({ key, path: "/open" }));
    expect([lane?.client, lane?.request.client, client, reason]).toEqual([-1, undefined, undefined, undefined]);
  },
);

test("calls that came before refusals by limits, and refusals by limits, meet limits", () => {
  for (const errorType of ["THROTTLED", "QUOTA_EXCEEDED", "INTEGRATION_FAILURE", "DEFAULT_5XX"])
    expect(resolved(kindOf({ status: 429, errorType })).lane?.client).toBe(0);
});

test("one key in plans of two stages is a client of each, by the stage that is called", () => {
  const trial = model.plans.find(({ tier }) => tier === "trial");
  const gold = model.plans.find(({ tier }) => tier === "gold");
  if (!trial || !gold) throw new Error("there are two tiers");
  const ann = gold.keys.filter(({ subscription }) => subscription === "ann");
  const both = { ...model, plans: [gold, { ...trial, keys: [...trial.keys, ...ann] }] };
  const kinds = [kindOf(), kindOf({ stage: "test" }), kindOf({ method: "POST", path: "/any" })];
  const { clients, lanes, laneOf } = resolve(kinds, both, identities);
  expect(clients.map(({ subscription, plan }) => [subscription, plan.tier])).toEqual([
    ["ann", "gold"],
    ["ann", "trial"],
  ]);
  expect([...laneOf].map((lane) => lanes[lane]?.client)).toEqual([0, 1, 0]);
});

test("a suspended key does not hide another one of the subscription", () => {
  const plans = model.plans.map((plan) => ({
    ...plan,
    keys: plan.keys.flatMap((key) =>
      key.subscription === "sue" ? [key, { ...key, id: "sue's second", enabled: true }] : [key],
    ),
  }));
  expect(resolved(kindOf({ key: "keysue" }), { ...model, plans }).client?.key).toBe("sue's second");
});

test("several keys of a subscription are each a client, by the names of the keys", () => {
  const plans = model.plans.map((plan) => ({
    ...plan,
    keys: plan.keys.flatMap((key) =>
      key.subscription === "ann"
        ? [key, { ...key, id: "ann/ci", key: "ci" }, { ...key, id: "ann/off", key: "off", enabled: false }]
        : [key],
    ),
  }));
  const keys = new Map([...identities.keys, ["keyci", "ann/ci"], ["keyoff", "ann/off"], ["keygone", "ann/gone"]]);
  const kinds = [kindOf(), kindOf({ key: "keyci" }), kindOf({ key: "keyoff" }), kindOf({ key: "keygone" })];
  const { clients, reasonOf } = resolve(kinds, { ...model, plans }, { ...identities, keys });
  expect(clients.map(({ subscription, key }) => [subscription, key])).toEqual([
    ["ann", "ann"],
    ["ann", "ann/ci"],
  ]);
  expect([reasonOf.get(2), reasonOf.get(3)]).toEqual([
    "are of subscriptions that are suspended",
    "have a key that could be one of several",
  ]);
});

test("a key that was replaced is the one that its subscription has instead", () => {
  const plans = model.plans.map((plan) => ({
    ...plan,
    keys: plan.keys.map((key) => (key.subscription === "ann" ? { ...key, id: "ann/next", key: "next" } : key)),
  }));
  expect(resolved(kindOf(), { ...model, plans }).client?.key).toBe("ann/next");
});

test("the ids of a subscription's keys in AWS are one client, whose calls share its limits", () => {
  const keys = new Map([...identities.keys, ["keynew", "ann"]]);
  const { clients, lanes } = resolve([kindOf(), kindOf({ key: "keynew" })], model, { ...identities, keys });
  expect([clients.length, lanes.length, clients[0]?.logged]).toEqual([1, 1, new Set(["keyann", "keynew"])]);
});

describe("an API and keys that are managed elsewhere are found by their ids in AWS:", () => {
  const pets = model.apis.find(({ api }) => api === "pets");
  const gold = model.plans.find(({ tier }) => tier === "gold");
  if (!pets || !gold) throw new Error("there is an API and a tier");
  const external = { external: true, stack: undefined, name: "x" } as const;
  const outside: GatewayModel = {
    ...model,
    apis: [],
    keys: [],
    plans: [
      {
        ...gold,
        keys: [],
        externalKeys: [
          { ...external, awsId: "keyann", id: "key one", subscription: "ann", key: "main" },
          { ...external, awsId: "keyraw", id: "key two", subscription: undefined, key: undefined },
        ],
      },
    ],
    external: { ...model.external, apis: [{ ...external, ...pets, awsId: "apiraw" }] },
  };
  const nothing: LogIdentities = { keys: new Map(), apis: new Map() };

  test.each([
    ["keyann", "ann", "key one"],
    ["keyraw", "key two", "key two"],
  ])("%s is %s", (key, subscription, id) => {
    const { client, lane } = resolved(kindOf({ key, api: "apiraw" }), outside, nothing);
    expect(client).toMatchObject({ subscription, key: id, customer: null });
    expect(lane?.request.stageThrottle).toEqual(paceOf(7));
  });

  test("another id of AWS is another API, even if it is the only one", () => {
    expect(resolved(kindOf({ api: "apiother" }), outside, nothing).reason).toMatch(/^are of an API that is not/);
  });
});

describe("an API of which nobody says an id is taken for the only one", () => {
  const alone = { ...model, apis: model.apis.filter(({ api }) => api === "pets") };
  const keysAlone = { ...identities, apis: new Map<string, string>() };
  const assumedOf = (apis: readonly string[], of: GatewayModel, known: LogIdentities) => {
    const { assumedApis, laneOf } = resolve(
      apis.map((api) => kindOf({ api })),
      of,
      known,
    );
    return { assumedApis, found: [...laneOf].map((lane) => lane !== -1) };
  };

  test("if the logs and the stacks have one", () => {
    expect(assumedOf(["api1"], alone, keysAlone)).toEqual({ assumedApis: ["api1"], found: [true] });
  });

  test.each<[because: string, apis: readonly string[], of: GatewayModel, known: LogIdentities]>([
    ["the logs have two", ["api1", "api2"], alone, keysAlone],
    ["the stacks have two", ["api1"], model, keysAlone],
    ["it is known under another name", ["apigone"], alone, identities],
    [
      "the state has another id of it",
      ["api1"],
      { ...alone, apis: alone.apis.map((api) => ({ ...api, awsId: "apireal" })) },
      keysAlone,
    ],
  ])("and not if %s", (_because, apis, of, known) => {
    expect(assumedOf(apis, of, known)).toEqual({ assumedApis: [], found: apis.map(() => false) });
  });

  test("and is not assumed where it is known", () => {
    expect(assumedOf(["apipets"], alone, identities)).toEqual({ assumedApis: [], found: [true] });
  });
});
