import * as fc from "fast-check";
import type { GatewayModel, RouteModel } from "../../../src/model/model";
import { arbitraryCatalog, type WrittenCatalog } from "../../support/arbitrary-catalog";

/** Limits that a few calls reach. */
const throttle = fc.record({
  rateLimit: fc.constantFrom(0.5, 1, 5, 10, 100),
  burstLimit: fc.integer({ min: 1, max: 12 }),
});
const quota = fc.record({
  limit: fc.integer({ min: 1, max: 15 }),
  period: fc.constantFrom("DAY" as const, "WEEK" as const, "MONTH" as const),
});
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ arbitrary: value, weight: 1 }, { arbitrary: fc.constant(undefined), weight: 3 });

/** Catalogs with limits in all layers. */
export const catalogsWithLimits: fc.Arbitrary<WrittenCatalog> = arbitraryCatalog.chain((catalog) =>
  fc
    .record({
      tiers: fc.array(fc.tuple(maybe(throttle), maybe(quota), throttle, fc.constantFrom(true, true, false)), {
        minLength: 3,
        maxLength: 3,
      }),
      stages: fc.array(fc.tuple(rarely(throttle), throttle, fc.constantFrom(true, false, false, false)), {
        minLength: 6,
        maxLength: 6,
      }),
    })
    .map((limits) => withLimits(catalog, limits)),
);

type Throttle = { readonly rateLimit: number; readonly burstLimit: number };
type TierLimits = readonly [Throttle | undefined, object | undefined, Throttle, boolean];
type StageLimits = readonly [Throttle | undefined, Throttle, boolean];

function withLimits(
  catalog: WrittenCatalog,
  limits: { readonly tiers: readonly TierLimits[]; readonly stages: readonly StageLimits[] },
): WrittenCatalog {
  const routeOf = (api: string) => Object.keys(catalog.apis[api]?.routes ?? {}).find((key) => !key.startsWith("ANY"));
  const tiers = Object.entries(catalog.tiers).map(([id, tier], index) => {
    const [plan, amount, method, hasMethod] = limits.tiers[index] as TierLimits;
    const methodThrottle = Object.fromEntries(
      Object.keys(tier.access).flatMap((api) => {
        const route = routeOf(api);
        return hasMethod && route !== undefined ? [[api, { [route]: method }]] : [];
      }),
    );
    return [id, { ...tier, throttle: plan, quota: amount, methodThrottle }];
  });
  let position = 0;
  const apis = Object.entries(catalog.apis).map(([id, api]) => {
    const stages = Object.keys(api.stages).map((name) => {
      const [all, one, hasOne] = limits.stages[position++ % limits.stages.length] as StageLimits;
      const route = routeOf(id);
      return [
        name,
        {
          ...(all && { settings: { throttle: all } }),
          ...(hasOne && route !== undefined && { methodSettings: { [route]: { throttle: one } } }),
        },
      ];
    });
    return [id, { ...api, stages: Object.fromEntries(stages) }];
  });
  return { ...catalog, tiers: Object.fromEntries(tiers), apis: Object.fromEntries(apis) };
}

const POLICIES = [
  undefined,
  [{ Effect: "Allow" }],
  [{ Effect: "Allow" }, { Effect: "Deny", Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }],
  [{ Effect: "Allow", Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }],
  [{ Effect: "Allow" }, { Effect: "Deny", Resource: "execute-api:/*/POST/*" }],
  [{ Effect: "Allow" }, { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
  [{ Effect: "Allow", Resource: "execute-api:/prod/*" }],
];

const asks = (authorization: string, keySource: "HEADER" | "AUTHORIZER") => ({ authorization, keySource });

/** What stands around the tier, for all APIs of a model. */
export const surroundings = fc.record({
  policy: fc.oneof({ arbitrary: fc.constant(undefined), weight: 6 }, fc.constantFrom(...POLICIES)),
  callers: fc.constantFrom(
    ...Array.from({ length: 8 }, () => asks("NONE", "HEADER")),
    ...Array.from({ length: 2 }, () => asks("CUSTOM", "AUTHORIZER")),
    asks("CUSTOM", "HEADER"),
    asks("NONE", "AUTHORIZER"),
    asks("COGNITO_USER_POOLS", "HEADER"),
    asks("COGNITO_USER_POOLS", "AUTHORIZER"),
    asks("AWS_IAM", "HEADER"),
  ),
  disableExecuteApiEndpoint: fc.constantFrom(...Array.from({ length: 9 }, () => false), true),
  webAcl: fc.constantFrom(...Array.from({ length: 8 }, () => undefined), "allow" as const, "block" as const),
  rules: fc.constantFrom(0, 1),
  /** Which of the keys is disabled. */
  disabled: fc.nat(11),
  /** A limit of 0, which no catalog has and plain Terraform may have. */
  letsNonePass: fc.constantFrom(...Array.from({ length: 9 }, () => false), true),
});

export type Surroundings = typeof surroundings extends fc.Arbitrary<infer Value> ? Value : never;

/** The same model with other surroundings. */
export function surrounded(model: GatewayModel, around: Surroundings): GatewayModel {
  const { policy, callers, disableExecuteApiEndpoint, webAcl, rules, disabled, letsNonePass } = around;
  const { authorization, keySource } = callers;
  const statements = policy?.map((each) => ({
    Principal: "*",
    Action: "execute-api:Invoke",
    Resource: "execute-api:/*",
    ...each,
  }));
  const here = { stack: undefined, address: "aws_api_gateway_authorizer.own" };
  const authorizer: RouteModel["authorizer"] = {
    ...here,
    name: "own",
    type: authorization === "CUSTOM" ? "REQUEST" : "COGNITO_USER_POOLS",
    identitySource: "method.request.header.Authorization",
    identityValidationExpression: undefined,
    resultTtlSeconds: 0,
    function: { type: "other", because: { kind: "cognito" } },
    qualifier: undefined,
    permissions: undefined,
    userPools: [],
  };
  const keys = new Map(model.keys.map((key, index) => [key, { ...key, enabled: index !== disabled }]));
  const hasAuthorizer = authorization === "CUSTOM" || authorization === "COGNITO_USER_POOLS";
  return {
    ...model,
    keys: [...keys.values()],
    plans: model.plans.map((plan) => ({
      ...plan,
      keys: plan.keys.map((key) => keys.get(key) ?? key),
      ...(letsNonePass && { throttle: { rateLimit: 0, burstLimit: 10 } }),
    })),
    apis: model.apis.map((api) => ({
      ...api,
      keySource,
      disableExecuteApiEndpoint,
      policy: statements && { ...here, document: { Statement: statements } },
      routes: api.routes.map((route) => ({
        ...route,
        authorization,
        authorizer: hasAuthorizer ? authorizer : undefined,
      })),
      stages: api.stages.map((stage) => ({
        ...stage,
        customUrls: [`https://${api.slug}.example.com/${stage.name}`],
        webAcl: webAcl && { ...here, defaultAction: webAcl, rules },
      })),
    })),
  };
}

/** How a customer calls, and what the authorizer says of it. */
export const circumstances = fc.record({
  pick: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
  isCovered: fc.constantFrom(true, true, true, true, false),
  path: fc.constantFrom(...Array.from({ length: 12 }, () => "own"), "unknown", "root"),
  method: fc.constantFrom(...Array.from({ length: 12 }, () => undefined), "GET", "POST", "DELETE"),
  sends: fc.constantFrom(...Array.from({ length: 12 }, () => "own"), "nothing", "unknown"),
  sourceIp: fc.constantFrom("127.0.0.1", "192.0.2.7", "203.0.113.7"),
  byDomain: fc.boolean(),
  authorizerRefuses: fc.constantFrom(undefined, undefined, undefined, 0, 1, 2),
  /** Within a day. */
  second: fc.nat(86_399),
});

export type Circumstances = typeof circumstances extends fc.Arbitrary<infer Value> ? Value : never;
