import fc from "fast-check";
import { TierStacks } from "../../src";
import { terraformName } from "../../src/contract/terraform-name";
import {
  SUBSCRIPTION_IDS,
  shuffled,
  type WrittenCatalog,
  type WrittenSubscription,
} from "../support/arbitrary-catalog";
import { defineUnchecked } from "../support/catalogs";
import { changedPaths, type Json, resources, synthesize, synthesizedTexts } from "../support/synthesize";
import {
  HANDLERS_FOLDER as handlersFolder,
  liveApis,
  liveStages,
  type WholeCatalog,
  wholeCatalog,
} from "../support/whole-catalog";

/** How many catalogs each property is tried on; more of them with `PROPERTY_RUNS=500 npm run test:unit`. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 6);

const stacksOf = (written: WrittenCatalog) => synthesize(defineUnchecked(written), { handlersFolder });

/**
 * What Terraform would create, by `stack/resource/type/name`; outputs, by `stack/output/name`; the subscriptions whose
 * ids are not Terraform names, by `stack/renamed/name`; and those whose keys are managed elsewhere, by `stack/existing/id`.
 */
function blocksOf(written: WrittenCatalog): Record<string, Json> {
  const blocks = Object.entries(stacksOf(written)).flatMap(([stack, { resource = {}, output = {} }]) => [
    ...Object.entries<Json>(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, block]) => [`${stack}/resource/${type}/${name}`, block]),
    ),
    // It compares the values of all keys that bring one, and so names them all.
    ...Object.entries<Json>(omit(output, "keys_distinct-key-values")).map(([name, block]) => [
      `${stack}/output/${name}`,
      withoutRenamed(block),
    ]),
    ...Object.entries<string>(output.api_tiers?.value.subscriptions ?? {}).map(([name, id]) => [
      `${stack}/renamed/${name}`,
      id,
    ]),
    ...Object.entries<string>(output.api_tiers?.value.existing_keys ?? {}).map(([id, key]) => [
      `${stack}/existing/${id}`,
      key,
    ]),
    ...Object.entries<string>(output.api_tiers?.value.negotiated ?? {}).map(([name, whose]) => [
      `${stack}/negotiated/${name}`,
      whose,
    ]),
  ]);
  return Object.fromEntries(blocks);
}
const omit = (output: Json, name: string) =>
  Object.fromEntries(Object.entries(output).filter(([each]) => each !== name));
const withoutRenamed = (output: Json) =>
  output.value?.subscriptions
    ? { ...output, value: { ...output.value, subscriptions: {}, existing_keys: undefined, negotiated: undefined } }
    : output;
const stringsOf = (written: WrittenCatalog) =>
  synthesizedTexts((app) => new TierStacks(app, defineUnchecked(written), { handlersFolder }));

/** Names of a type's resources in the `access` stacks. */
const namesOf = (stacks: Record<string, Json>, type: string) =>
  ["access", "access-emea"].flatMap((stack) => Object.keys(resources(stacks[stack], type))).sort();

/** A property of a catalog and one of its subscriptions. */
const ofSubscription = (check: (catalog: WholeCatalog, id: string) => void) =>
  fc.assert(
    fc.property(
      wholeCatalog.chain((catalog) =>
        fc.tuple(fc.constant(catalog), fc.constantFrom(...Object.keys(catalog.subscriptions))),
      ),
      ([catalog, id]) => check(catalog, id),
    ),
    { numRuns: RUNS },
  );

/** A property of a catalog, one of its APIs, and one of that API's routes. */
const ofRoute = (check: (catalog: WrittenCatalog, api: string, route: string) => void, numRuns = RUNS) =>
  fc.assert(
    fc.property(
      wholeCatalog
        .chain((catalog) => fc.tuple(fc.constant(catalog), fc.constantFrom(...liveApis(catalog))))
        .chain(([catalog, api]) =>
          fc.tuple(
            fc.constant(catalog),
            fc.constant(api),
            fc.constantFrom(...Object.keys(catalog.apis[api]?.routes ?? {})),
          ),
        ),
      ([catalog, api, route]) => check(catalog, api, route),
    ),
    { numRuns },
  );

/** A key as a subscription writes it, with its id: `joe`, or `joe/ci` for one of several. */
interface WrittenKey {
  readonly id: string;
  readonly existingKeyId?: string;
  readonly handOver?: unknown;
  readonly enabled?: boolean;
}

function keysOf(catalog: WrittenCatalog, id: string): WrittenKey[] {
  const { keys, existingKeyId, handOver } = (catalog.subscriptions[id] ?? {}) as WrittenKey & {
    readonly keys?: Readonly<Record<string, boolean | Omit<WrittenKey, "id">>>;
  };
  if (!keys) return [{ id, existingKeyId, handOver }];
  return Object.entries(keys).map(([name, key]) => ({
    handOver,
    ...(typeof key === "boolean" ? { enabled: key } : key),
    id: name === "main" ? id : `${id}/${name}`,
  }));
}

const ownKeysOf = (catalog: WrittenCatalog, id: string) =>
  keysOf(catalog, id).filter(({ existingKeyId }) => existingKeyId === undefined);

/** Names of all plan keys of a subscription. */
const planKeysOf = (catalog: WrittenCatalog, id: string) =>
  keysOf(catalog, id).flatMap((key) => [
    addressOf(key.id),
    ...Object.keys(catalog.subscriptions[id]?.additionalTiers ?? {}).map((slot) => terraformName(`${key.id}/${slot}`)),
  ]);

/** Whether a subscription is on a usage plan of its own. */
const hasOwnPlan = (catalog: WrittenCatalog, id: string) => {
  const { limits, trial }: Partial<WrittenSubscription> = catalog.subscriptions[id] ?? {};
  return limits !== undefined && trial === undefined;
};

/** Types of the resources by which a key is handed over. */
function handedOverBy({ keyStore }: WholeCatalog, { handOver }: WrittenKey): string[] {
  const store = handOver ?? (keyStore as { readonly type?: unknown } | undefined)?.type;
  if (store === "ssm") return ["aws_ssm_parameter"];
  return store === "secretsmanager" ? ["aws_secretsmanager_secret", "aws_secretsmanager_secret_version"] : [];
}

const copy = (catalog: WrittenCatalog): WrittenCatalog => structuredClone(catalog);
const stackOf = (catalog: WrittenCatalog, id: string) =>
  catalog.subscriptions[id]?.cohort === undefined ? "access" : "access-emea";

/** The address of a key, whatever else stands in the catalog. */
const addressOf = (key: string): string => ADDRESSES.get(key) ?? terraformName(key);
const ADDRESSES = new Map(SUBSCRIPTION_IDS.map((id) => [id, addressAlone(id)]));
function addressAlone(id: string): string {
  const stacks = synthesize(
    defineUnchecked({
      apis: { x: { stages: { y: {} }, routes: { "GET /": { mock: 200 } } } },
      tiers: { z: { access: { x: "*" } } },
      subscriptions: { [id]: { tier: "z" } },
    }),
  );
  return Object.keys(stacks.access.resource.aws_api_gateway_api_key)[0] as string;
}

test("I1: the address of a key and of its plan key comes from the subscription's id alone", () => {
  expect(new Set(ADDRESSES.values()).size).toBe(SUBSCRIPTION_IDS.length);
  fc.assert(
    fc.property(wholeCatalog, (catalog) => {
      const ids = Object.keys(catalog.subscriptions);
      const expected = ids.flatMap((id) => ownKeysOf(catalog, id).map((key) => addressOf(key.id)));
      const stacks = stacksOf(catalog);
      expect(namesOf(stacks, "aws_api_gateway_api_key")).toEqual(expected.sort());
      const planKeys = ids.flatMap((id) => planKeysOf(catalog, id));
      expect(namesOf(stacks, "aws_api_gateway_usage_plan_key")).toEqual(planKeys.sort());
    }),
    { numRuns: RUNS },
  );
});

test("I2: equal catalogs give equal bytes, in any order of their entries", () => {
  fc.assert(
    fc.property(wholeCatalog, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (catalog, ranks) => {
      const other = shuffled(catalog, () => ranks.next().value);
      expect(stringsOf(other)).toEqual(stringsOf(catalog));
    }),
    { numRuns: RUNS },
  );
});

test("I3: adding a subscription adds its own resources and touches no other", () => {
  ofSubscription((catalog, id) => {
    const without = copy(catalog);
    delete without.subscriptions[id];
    const stack = stackOf(catalog, id);
    const plan = terraformName(`${id}/limits`);
    const own = [
      ...keysOf(catalog, id).flatMap((key) => {
        if (key.existingKeyId !== undefined) return [`${stack}/existing/${key.id}`];
        return [
          ...(addressOf(key.id) === key.id ? [] : [`${stack}/renamed/${addressOf(key.id)}`]),
          `${stack}/resource/aws_api_gateway_api_key/${addressOf(key.id)}`,
          ...handedOverBy(catalog, key).map((type) => `${stack}/resource/${type}/${addressOf(key.id)}`),
        ];
      }),
      ...planKeysOf(catalog, id).map((name) => `${stack}/resource/aws_api_gateway_usage_plan_key/${name}`),
      ...(hasOwnPlan(catalog, id)
        ? [`access/negotiated/${plan}`, `access/resource/aws_api_gateway_usage_plan/${plan}`]
        : []),
    ];
    // By an output of `access`, a cohort's stack finds the plan.
    const isByOutput = (path: string) => path === `access/output/aws_api_gateway_usage_plan-${plan}-id`;
    expect(changedPaths(blocksOf(without), blocksOf(catalog)).filter((path) => !isByOutput(path))).toEqual(own.sort());
  });
});

test("I4: a move to another tier changes the plan keys' plan and leaves the keys as they are", () => {
  ofSubscription((catalog, id) => {
    // Of negotiated limits the plan changes, and during a trial nothing does.
    fc.pre(catalog.subscriptions[id]?.limits === undefined && catalog.subscriptions[id]?.trial === undefined);
    const moved = copy(catalog);
    const subscription = moved.subscriptions[id] as { tier: string };
    const target = Object.keys(catalog.tiers).find((tier) => tier !== subscription.tier && tier !== "trial") as string;
    subscription.tier = target;
    const changed = keysOf(catalog, id).map(
      (key) => `${stackOf(catalog, id)}/resource/aws_api_gateway_usage_plan_key/${addressOf(key.id)}/usage_plan_id`,
    );
    const isByOutput = (path: string) => /^access\/output\/aws_api_gateway_usage_plan-/.test(path);
    expect(changedPaths(stacksOf(catalog), stacksOf(moved)).filter((path) => !isByOutput(path))).toEqual(
      changed.sort(),
    );
  });
});

test("I4: a move with negotiated limits changes the plan of these and touches no key", () => {
  ofSubscription((catalog, id) => {
    fc.pre(hasOwnPlan(catalog, id));
    const moved = copy(catalog);
    const subscription = moved.subscriptions[id] as { tier: string; limits: object };
    subscription.limits = { throttle: { rateLimit: 75, burstLimit: 150 } };
    const before = copy(moved);
    subscription.tier = Object.keys(catalog.tiers).find(
      (tier) => tier !== subscription.tier && tier !== "trial",
    ) as string;
    const changed = changedPaths(stacksOf(before), stacksOf(moved));
    const plan = terraformName(`${id}/limits`);
    const own = [
      `access/resource/aws_api_gateway_usage_plan/${plan}/`,
      `access/output/api_tiers/value/negotiated/${plan}`,
    ];
    expect(changed).not.toEqual([]);
    expect(changed.filter((path) => !own.some((each) => path.startsWith(each)))).toEqual([]);
  });
});

test("I4: suspending a customer changes `enabled` and nothing else", () => {
  ofSubscription((catalog, id) => {
    // Whether another's key works is said where it is managed.
    fc.pre(keysOf(catalog, id).length === ownKeysOf(catalog, id).length);
    fc.pre(catalog.subscriptions[id]?.startsOn === undefined);
    const [active, suspended] = [copy(catalog), copy(catalog)];
    Object.assign(active.subscriptions[id] as object, { enabled: true });
    Object.assign(suspended.subscriptions[id] as object, { enabled: false });
    const changed = keysOf(catalog, id)
      .filter(({ enabled = true }) => enabled)
      .map((key) => `${stackOf(catalog, id)}/resource/aws_api_gateway_api_key/${addressOf(key.id)}/enabled`);
    expect(changedPaths(stacksOf(active), stacksOf(suspended))).toEqual(changed.sort());
  });
});

describe("I5: a stage is redeployed for what a deployment contains, and for nothing else", () => {
  /** The triggers of all deployments, by `stage: part`. */
  const triggersOf = (written: WrittenCatalog): Record<string, string> => {
    const triggers = Object.entries(stacksOf(written)).flatMap(([stack, each]) =>
      Object.values(resources(each, "aws_api_gateway_deployment")).flatMap((deployment) =>
        Object.entries<string>(deployment.triggers).map(([part, hash]) => [`${stack}: ${part}`, hash]),
      ),
    );
    return Object.fromEntries(triggers);
  };
  /** Triggers that differ, come or go. */
  const triggered = (before: Record<string, string>, after: Record<string, string>) =>
    [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((each) => before[each] !== after[each]).sort();
  const inEachStage = (catalog: WrittenCatalog, api: string, part: string) =>
    liveStages(catalog, api)
      .map((stage) => `${api}-${stage}: ${part}`)
      .sort();

  const CHANGES: Record<string, (route: Record<string, unknown>) => Record<string, unknown>> = {
    "key requirement": (route) => ({ ...route, apiKeyRequired: route.apiKeyRequired === false }),
    integration: (route) => ({ ...callersOf(route), http: "https://elsewhere.example.com" }),
    "mock answer": (route) => ({ ...callersOf(route), mock: { status: 299, body: "new" } }),
  };
  /** What a route says of its callers. */
  const callersOf = ({ apiKeyRequired, authorizer, authorizationScopes }: Record<string, unknown>) => ({
    apiKeyRequired,
    authorizer,
    authorizationScopes,
  });
  test("a route's key requirement, integration and mock answer each change the trigger of that route", () => {
    ofRoute((catalog, api, route) => {
      const before = triggersOf(catalog);
      for (const [what, change] of Object.entries(CHANGES)) {
        const changed = copy(catalog);
        const routes = changed.apis[api]?.routes as Record<string, Record<string, unknown>>;
        routes[route] = change(routes[route] as Record<string, unknown>);
        expect([what, triggered(before, triggersOf(changed))]).toEqual([what, inEachStage(catalog, api, route)]);
      }
    });
  });

  test("a route that comes or goes changes the trigger of that route", () => {
    ofRoute((written, api, route) => {
      const catalog = copy(written);
      // What names the route would have to go with it.
      for (const tier of Object.values(catalog.tiers)) {
        delete tier.methodThrottle;
        delete (tier as { price?: object }).price;
      }
      for (const subscription of Object.values(catalog.subscriptions))
        delete (subscription as { limits?: object }).limits;
      for (const stage of Object.values(catalog.apis[api]?.stages ?? {}))
        delete (stage as { methodSettings?: object }).methodSettings;
      const without = copy(catalog);
      const routes = without.apis[api]?.routes as Record<string, unknown>;
      fc.pre(Object.keys(routes).length > 1);
      delete routes[route];
      const changed = triggered(triggersOf(catalog), triggersOf(without));
      const path = route.split(" ")[1];
      // With CORS, what answers the preflights of a path names the methods of the path.
      const preflights = ["OPTIONS", "ANY"].map((method) => `${method} ${path}`).filter((key) => key !== route);
      const others = preflights.flatMap((key) => inEachStage(catalog, api, key));
      expect(changed.filter((each) => !others.includes(each))).toEqual(inEachStage(catalog, api, route));
    });
  });

  test("the key source, a policy and an authorizer each change their own trigger", () => {
    const lambda = "arn:aws:lambda:us-east-1:123456789012:function:keys";
    const pool = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_example";
    const partners = { lambda, resultTtlSeconds: 60 };
    const first = {
      policy: { Version: "2008-10-17" },
      authorizer: { lambda, resultTtlSeconds: 60 },
      authorizers: { partners },
      disableExecuteApiEndpoint: true,
      keySource: "HEADER",
    };
    const changes: [string, Record<string, unknown>][] = [
      ["policy", { policy: { Version: "2012-10-17" } }],
      ["authorizer", { authorizer: { lambda, resultTtlSeconds: 61 } }],
      ["api_key_source", { keySource: "AUTHORIZER" }],
      ["disable_execute_api_endpoint", { disableExecuteApiEndpoint: false }],
      ["authorizer partners", { authorizers: { partners: { lambda, resultTtlSeconds: 61 } } }],
      ["authorizer staff", { authorizers: { partners, staff: { userPools: [pool] } } }],
    ];
    ofRoute((catalog, api) => {
      const withFields = (fields: Record<string, unknown>) => {
        const changed = copy(catalog);
        Object.assign(changed.apis[api] as object, first, fields);
        for (const route of Object.values(changed.apis[api]?.routes ?? {}) as Record<string, unknown>[])
          for (const field of ["authorizer", "authorizationScopes"]) delete route[field];
        return triggersOf(changed);
      };
      const before = withFields({});
      for (const [part, fields] of changes)
        expect(triggered(before, withFields(fields))).toEqual(inEachStage(catalog, api, part));
    });
  });

  test("how an integration is called changes the trigger of that route; what a deployment does not contain changes none", () => {
    const balancer = (id: number) =>
      `arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/pets/0a1b2c3d4e5f6a7${id}`;
    const links = (id: number, others: object = {}) => ({ internal: { loadBalancerArn: balancer(id), ...others } });
    const http = "http://pets.internal/pets";
    const lambda = "arn:aws:lambda:us-east-1:123456789012:function:pets";
    const vpcLink = "internal";
    const responses = { 200: {} };
    const sqs = (name: string) => ({ sqs: { queueArn: `arn:aws:sqs:us-east-1:123456789012:${name}` } });
    const sns = (resource: string) => ({
      service: "sns",
      region: "us-east-1",
      action: "Publish",
      statements: [{ actions: ["sns:Publish"], resources: [resource] }],
    });
    /** Each with what comes after it: another deployment, but where the third part says that nothing deployed differs. */
    const steps: [object, object, "same"?][] = [
      [{ http, integration: { vpcLink } }, links(1)],
      [{ http, integration: { vpcLink } }, links(1, { description: "Into the VPC", tags: { team: "a" } }), "same"],
      [{ http, integration: { vpcLink } }, links(2)],
      [{ http, integration: { vpcLink, timeoutMilliseconds: 5_000 } }, links(2)],
      [{ http, integration: { vpcLink, httpMethod: "POST" } }, links(2)],
      [{ http, integration: { vpcLink, headers: { "X-A": "'1'" } } }, links(2)],
      [{ http, integration: { vpcLink, headers: { "X-A": "'2'" } } }, links(2)],
      [{ http, integration: { vpcLink, query: { a: "method.request.querystring.b" } } }, links(2)],
      [{ http, integration: { vpcLink, contentHandling: "CONVERT_TO_TEXT" } }, links(2)],
      [{ http, integration: { vpcLink, cacheKeyParameters: ["method.request.querystring.b"] } }, links(2)],
      [{ http, integration: { vpcLink, insecureSkipVerification: true } }, links(2)],
      [{ http, integration: { vpcLink, responses } }, links(2)],
      [{ http, integration: { vpcLink, responses: { 200: { headers: { "X-A": "'1'" } } } } }, links(2)],
      [{ http, integration: { vpcLink, responses: { 200: { templates: { "text/plain": "a" } } } } }, links(2)],
      [{ http, integration: { vpcLink, responses: { ...responses, 404: { selectionPattern: "404" } } } }, links(2)],
      [{ http, integration: { vpcLink, responses, requestTemplates: { "text/plain": "a" } } }, links(2)],
      [{ http, integration: { vpcLink, responses, passthroughBehavior: "NEVER" } }, links(2)],
      [{ lambda, integration: { responses } }, {}],
      [{ lambda, integration: { credentials: "arn:aws:iam::123456789012:role/invoke" } }, {}],
      [{ aws: sqs("one") }, {}],
      [{ aws: sqs("two") }, {}],
      [{ aws: sns("one") }, {}],
      // What the role may do is not part of a deployment.
      [{ aws: sns("two") }, {}, "same"],
    ];
    ofRoute((catalog, api, route) => {
      const calling = ([integration, vpcLinks]: (typeof steps)[number]) => {
        const changed = copy(catalog);
        Object.assign(changed.apis[api] as object, { vpcLinks });
        const routes = changed.apis[api]?.routes as Record<string, Record<string, unknown>>;
        for (const [key, each] of Object.entries(routes))
          if (key !== route && JSON.stringify(each).includes('"vpcLink"')) delete each.integration;
        routes[route] = { ...callersOf(routes[route] as Record<string, unknown>), ...integration };
        return triggersOf(changed);
      };
      let before = calling(steps[0] as (typeof steps)[number]);
      for (const [index, step] of steps.slice(1).entries()) {
        const after = calling(step);
        const expected = step[2] === "same" ? [] : inEachStage(catalog, api, route);
        expect([index + 1, triggered(before, after)]).toEqual([index + 1, expected]);
        before = after;
      }
      // Many steps, which one catalog shows as well as six.
    }, RUNS / 6);
  });

  test("whom a route asks changes the trigger of that route", () => {
    const pools = ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_example"];
    const authorizers = { one: { userPools: pools }, two: { userPools: pools } };
    const asked = [
      { authorizer: false },
      { authorizer: "AWS_IAM" },
      { authorizer: "one" },
      { authorizer: "two" },
      { authorizer: "two", authorizationScopes: ["pets/read"] },
      { authorizer: "two", authorizationScopes: ["pets/write"] },
    ];
    ofRoute((catalog, api, route) => {
      const asking = (fields: object) => {
        const changed = copy(catalog);
        const own = changed.apis[api] as unknown as Record<string, Record<string, Record<string, unknown>>>;
        Object.assign(own, { authorizers, authorizer: undefined, keySource: "HEADER" });
        for (const each of Object.values(own.routes ?? {}))
          for (const field of ["authorizer", "authorizationScopes"]) delete each[field];
        Object.assign(own.routes?.[route] as object, fields);
        return triggersOf(changed);
      };
      const triggers = asked.map(asking);
      for (const [index, after] of triggers.entries())
        if (index > 0)
          expect([index, triggered(triggers[index - 1] ?? {}, after)]).toEqual([
            index,
            inEachStage(catalog, api, route),
          ]);
    });
  });

  test("names, tags, tiers, subscriptions and other stages change no trigger", () => {
    ofRoute((catalog, api) => {
      const changed = copy(catalog);
      Object.assign(changed.apis[api] as object, {
        name: "New",
        description: "New",
        endpointType: "EDGE",
        vpcEndpointIds: undefined,
        tags: { new: "1" },
      });
      for (const tier of Object.values(changed.tiers)) tier.throttle = { rateLimit: 7, burstLimit: 77 };
      changed.subscriptions = {};
      changed.apis.another = { stages: { prod: {} }, routes: { "GET /": { mock: 200 } } };
      const existing = triggered(triggersOf(catalog), triggersOf(changed)).filter(
        (trigger) => !trigger.startsWith("another-"),
      );
      expect(existing).toEqual([]);
    });
  });
});

test("I7: deployments and stages are created before they are destroyed; plan keys never", () => {
  fc.assert(
    fc.property(wholeCatalog, (catalog) => {
      for (const stack of Object.values(stacksOf(catalog))) {
        for (const type of ["aws_api_gateway_deployment", "aws_api_gateway_stage"])
          for (const each of Object.values(resources(stack, type)))
            expect(each.lifecycle).toMatchObject({ create_before_destroy: true });
        for (const each of Object.values(resources(stack, "aws_api_gateway_usage_plan_key")))
          expect(each).not.toHaveProperty("lifecycle");
      }
    }),
    { numRuns: RUNS },
  );
});

test("I8: a route needs a key unless the catalog says otherwise", () => {
  fc.assert(
    fc.property(wholeCatalog, (catalog) => {
      const stacks = stacksOf(catalog);
      for (const api of liveApis(catalog)) {
        const methods = Object.values(resources(stacks[api], "aws_api_gateway_method"));
        const isPreflight = (method: Json) => method.http_method === "OPTIONS";
        expect(methods.filter(isPreflight).filter((method) => method.api_key_required)).toEqual([]);
        const routes = Object.values(catalog.apis[api]?.routes ?? {});
        const open = routes.filter((route) => route.apiKeyRequired === false);
        const others = methods.filter((method) => !isPreflight(method) && !method.api_key_required);
        expect(others).toHaveLength(open.length);
      }
    }),
    { numRuns: RUNS },
  );
});
