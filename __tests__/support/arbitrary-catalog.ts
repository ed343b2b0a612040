import fc from "fast-check";

/** A catalog as it is written, in a form that is easy to change. */
export interface WrittenCatalog {
  apis: Record<string, { stages: Record<string, object>; routes: Record<string, WrittenRoute>; keySource?: string }>;
  tiers: Record<string, Record<string, unknown> & { access: Record<string, "*" | string[]> }>;
  cohorts: Record<string, object>;
  subscriptions: Record<string, WrittenSubscription>;
}
export type WrittenRoute = Record<string, unknown>;
export type WrittenSubscription = Record<string, unknown> & { tier: string };

const pickSome = <Item>(items: readonly Item[], atLeast = 0) => fc.subarray([...items], { minLength: atLeast });

/** cdktf takes numbers near -1e289 for tokens of its own. */
const body = fc.jsonValue().filter((value) => !/e\+2\d\d/.test(JSON.stringify(value)));
const integration = fc.oneof(
  fc.integer({ min: 200, max: 599 }).map((mock) => ({ mock })),
  fc.record({ status: fc.constant(200), body }).map((mock) => ({ mock })),
  fc.constantFrom("a", "b").map((path) => ({ http: `https://backend.example.com/${path}` })),
  fc.constantFrom("f", "g:live").map((name) => ({ lambda: `arn:aws:lambda:us-east-1:123456789012:function:${name}` })),
);
const route = fc
  .tuple(integration, fc.constantFrom({}, { apiKeyRequired: true }, { apiKeyRequired: false }))
  .map(([who, key]) => ({ ...who, ...key }));
const ROUTES = [
  "GET /",
  "GET /pets",
  "POST /pets",
  "GET /pets/{id}",
  "DELETE /pets/{id}",
  "ANY /files/{proxy+}",
  "GET /a.b",
  "GET /ab",
];
const api = fc
  .tuple(pickSome(ROUTES, 1), pickSome(["test", "prod", "beta"], 1), fc.array(route, { minLength: 8, maxLength: 8 }))
  .map(([keys, stages, routes]) => ({
    stages: Object.fromEntries(stages.map((name) => [name, {}])),
    routes: Object.fromEntries(keys.map((key, index) => [key, routes[index] as WrittenRoute])),
  }));

const throttle = fc.record({
  rateLimit: fc.integer({ min: 1, max: 50 }),
  burstLimit: fc.integer({ min: 50, max: 99 }),
});
const quota = fc.record({
  limit: fc.integer({ min: 100, max: 9_999 }),
  period: fc.constantFrom("DAY", "WEEK", "MONTH"),
});
const tags = fc.dictionary(fc.constantFrom("team", "Équipe", "cost-center"), fc.constantFrom("a", "b c", "1/2"));

const tierOf = (apis: WrittenCatalog["apis"]) =>
  fc
    .tuple(
      pickSome(Object.keys(apis), 1).chain((ids) =>
        fc
          .tuple(
            ...ids.map((id) => fc.oneof(fc.constant("*" as const), pickSome(Object.keys(apis[id]?.stages ?? {}), 1))),
          )
          .map((stages) => Object.fromEntries(ids.map((id, index) => [id, stages[index] as "*" | string[]]))),
      ),
      throttle,
      fc.option(quota, { nil: undefined }),
      fc.boolean(),
      tags,
    )
    .map(([access, limits, amount, closed, labels]) => ({
      access,
      throttle: limits,
      quota: amount,
      closed,
      tags: labels,
    }));

const TIERS = ["bronze", "silver", "gold"];
export const SUBSCRIPTION_IDS = [
  "joe",
  "joe-black",
  "acme.inc",
  "acmeinc",
  "acme-inc",
  "4711",
  "zoe@example.com",
  "A",
  "a",
];

const subscriptionOf = (tiers: readonly string[], cohorts: readonly string[]) =>
  fc.record(
    {
      tier: fc.constantFrom(...tiers),
      customer: fc.constantFrom("Joe", 'The "Best" & Co. ${x} %{y}'),
      enabled: fc.boolean(),
      cohort: fc.constantFrom(...cohorts),
      tags,
    },
    { requiredKeys: ["tier"] },
  );

/** Catalogs that are right, of all shapes. */
export const arbitraryCatalog: fc.Arbitrary<WrittenCatalog> = fc
  .tuple(
    fc.dictionary(fc.constantFrom("pets", "toys", "pets2"), api, { minKeys: 1, maxKeys: 2 }),
    pickSome(TIERS, 2),
    pickSome(SUBSCRIPTION_IDS, 1),
  )
  .chain(([apis, tierIds, ids]) =>
    fc.record({
      apis: fc.constant(apis),
      tiers: fc
        .tuple(...tierIds.map(() => tierOf(apis)))
        .map((tiers) =>
          Object.fromEntries(tierIds.map((id, index) => [id, tiers[index] as WrittenCatalog["tiers"][string]])),
        ),
      cohorts: fc.constant({ emea: {} }),
      subscriptions: fc
        .tuple(...ids.map(() => subscriptionOf(tierIds, ["emea"])))
        .map((all) => Object.fromEntries(ids.map((id, index) => [id, all[index] as WrittenSubscription]))),
    }),
  );

/** The same value with the entries of every map in another order. */
export function shuffled<Value>(value: Value, random: () => number): Value {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random)) as Value;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => ({ key, item, rank: random() }));
  entries.sort((a, b) => a.rank - b.rank);
  return Object.fromEntries(entries.map(({ key, item }) => [key, shuffled(item, random)])) as Value;
}
