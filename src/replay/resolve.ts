import { keyIdOf, readKeyId } from "../contract/key-id";
import type { LimitedRequest } from "../limiter/limiter";
import { methodThrottleOf } from "../model/method-throttle";
import type { ExternalKey, GatewayModel, KeyModel, UsagePlanModel } from "../model/model";
import type { LogIdentities } from "./log-identities";
import { type FoundRoute, RouteFinder } from "./route-finder";
import type { CallKind } from "./traffic";
import { NO_ACCESS_THEN, UNKNOWN_KEY, UNLOGGED_KEY, VALUE_OF_KEY } from "./unknown-calls";

/** A key in a usage plan, as far as it called. */
export interface ReplayClient {
  /** The subscription's id in the catalog; of another key, what it is called. */
  readonly subscription: string;
  readonly customer: string | null;
  readonly key: string;
  /** Ids in AWS by which the logs know the key. */
  readonly logged: Set<string>;
  readonly plan: UsagePlanModel;
}

/** How the calls of a kind meet limits. */
export interface ReplayLane {
  readonly request: LimitedRequest;
  /** Index in `Resolution.clients`; -1 for calls of an open route. */
  readonly client: number;
  /** The API's id in the model, and the stage. */
  readonly api: string;
  readonly stage: string;
  /** `GET /pets`. */
  readonly route: string;
}

/** What the kinds of calls in a log are in a model. */
export interface Resolution {
  readonly clients: readonly ReplayClient[];
  readonly lanes: readonly ReplayLane[];
  /** The lane of each kind; -1 for one that meets no limit. */
  readonly laneOf: Int32Array;
  /** Why a kind has no lane, as the end of a sentence that begins with `calls`. */
  readonly reasonOf: ReadonlyMap<number, string>;
  /** Ids in AWS of APIs that are taken for the model's only one. */
  readonly assumedApis: readonly string[];
}

const NO_KEY = "came without a key, or with one that is not known, to a route that needs one";

/** Of calls of routes that are open in the first candidate, for which AWS logs no key. */
const NEEDS_KEY = "need a key here, and came without one that is logged";

/** Reasons for which API Gateway itself refused a call, whatever the limits: nothing is missing without these calls. */
export const REFUSED_ANYWAY: ReadonlySet<string> = new Set([
  NO_ACCESS_THEN,
  "were refused before limits are looked at",
  NO_KEY,
  "found no route",
]);

/** Refusals that come before limits are looked at. */
export const BEFORE_LIMITS: ReadonlySet<string> = new Set([
  "ACCESS_DENIED",
  "AUTHORIZER_CONFIGURATION_ERROR",
  "AUTHORIZER_FAILURE",
  "EXPIRED_TOKEN",
  "INVALID_API_KEY",
  "INVALID_SIGNATURE",
  "MISSING_AUTHENTICATION_TOKEN",
  "REQUEST_TOO_LARGE",
  "UNAUTHORIZED",
  "WAF_FILTERED",
]);

/** Finds what the calls of a log are in a model: by ids of AWS where both have them, else by the catalog's ids. */
export function resolve(kinds: readonly CallKind[], model: GatewayModel, identities: LogIdentities): Resolution {
  const finder = new RouteFinder(model, identities, new Set(kinds.map(({ api }) => api)));
  const keys = new KeyFinder(model, identities);
  const clients = new Indexed<ReplayClient>();
  const lanes = new Indexed<ReplayLane>();
  const laneOf = new Int32Array(kinds.length).fill(-1);
  const reasonOf = new Map<number, string>();
  for (const [index, kind] of kinds.entries()) {
    const lane = laneFor(kind);
    if (typeof lane === "string") reasonOf.set(index, lane);
    else laneOf[index] = lane;
  }
  const assumedApis = [...new Set(kinds.map(({ api }) => api))].filter((api) => finder.isAssumed(api));
  return { clients: clients.values, lanes: lanes.values, laneOf, reasonOf, assumedApis };

  function laneFor(kind: CallKind): number | string {
    if (kind.errorType === "INVALID_API_KEY" && kind.key !== undefined) return NO_ACCESS_THEN;
    if (typeof kind.errorType === "string" && BEFORE_LIMITS.has(kind.errorType))
      return "were refused before limits are looked at";
    const found = finder.find(kind);
    if (typeof found === "string") return found;
    const { route, stage, api } = found;
    if (!route.apiKeyRequired) return laneOfRoute(found, -1, undefined);
    if (kind.hasKeyValue) return VALUE_OF_KEY;
    // API Gateway itself answers a call without a key, and never with success.
    if (kind.key === undefined) return kind.status < 400 ? UNLOGGED_KEY : NO_KEY;
    const admitted = keys.find(kind.key, api, stage.name);
    if (typeof admitted === "string") return admitted;
    const { key, plan } = admitted;
    const client = clients.of(JSON.stringify([plan.id, key.id]), () => ({
      subscription: key.subscription ?? key.id,
      customer: ("description" in key && key.description) || null,
      key: key.id,
      logged: new Set<string>(),
      plan,
    }));
    clients.values[client]?.logged.add(kind.key);
    return laneOfRoute(found, client, plan);
  }

  function laneOfRoute({ route, stage, api }: FoundRoute, client: number, plan: UsagePlanModel | undefined): number {
    const method = JSON.stringify([api, stage.name, route.key]);
    return lanes.of(`${client} ${method}`, () => {
      const stageThrottle = methodThrottleOf(route.key, stage.methodThrottles);
      const caller =
        plan && callerOf(clients.values[client] as ReplayClient, plan, { route: route.key, api, stage: stage.name });
      return {
        request: { method, ...(stageThrottle && { stageThrottle }), ...(caller && { client: caller }) },
        client,
        api,
        stage: stage.name,
        route: route.key,
      };
    });
  }
}

/** A resolution of another candidate than the first: a route that is open in that one and needs a key here is said to be one. */
export function comparedWith(first: Resolution, kinds: readonly CallKind[], resolution: Resolution): Resolution {
  const isKeyed = (kind: number) => kinds[kind]?.key === undefined && first.laneOf[kind] !== -1;
  const reasons = [...resolution.reasonOf].map(([kind, reason]) => {
    const isOfKey = reason === UNLOGGED_KEY || reason === NO_KEY;
    return [kind, isOfKey && isKeyed(kind) ? NEEDS_KEY : reason] as const;
  });
  return { ...resolution, reasonOf: new Map(reasons) };
}

/** A client on a plan, which need not be its own. */
export function callerOf(
  { key }: Pick<ReplayClient, "key">,
  plan: UsagePlanModel,
  { route, api, stage }: Pick<ReplayLane, "route" | "api" | "stage">,
): NonNullable<LimitedRequest["client"]> {
  const covered = plan.stages.find((each) => each.api === api && each.stage === stage);
  const methodThrottle = covered && methodThrottleOf(route, covered.methodThrottles);
  const { id, throttle, quota } = plan;
  return {
    key,
    plan: { id, ...(throttle && { throttle }), ...(quota && { quota }) },
    ...(methodThrottle && { methodThrottle }),
  };
}

interface Admitted {
  readonly key: KeyModel | ExternalKey;
  readonly plan: UsagePlanModel;
}

/** Finds keys by their ids in AWS, or by whose they are. */
class KeyFinder {
  private readonly byAwsId = new Map<string, Admitted[]>();
  private readonly byName = new Map<string, Admitted[]>();
  private readonly bySubscription = new Map<string, Admitted[]>();

  constructor(
    { plans }: GatewayModel,
    private readonly identities: LogIdentities,
  ) {
    const add = (map: Map<string, Admitted[]>, name: string | undefined, admitted: Admitted) => {
      if (name !== undefined) map.set(name, [...(map.get(name) ?? []), admitted]);
    };
    for (const plan of plans)
      for (const key of [...plan.keys, ...plan.externalKeys]) {
        add(this.byAwsId, key.awsId, { key, plan });
        add(this.byName, keyIdOf(key) ?? key.id, { key, plan });
        add(this.bySubscription, key.subscription, { key, plan });
      }
  }

  find(awsId: string, api: string, stage: string): Admitted | string {
    const name = this.identities.keys.get(awsId);
    const known = this.byAwsId.get(awsId) ?? (name === undefined ? undefined : this.named(name));
    if (!known) return name === undefined ? UNKNOWN_KEY : "are of subscriptions that are not in the stacks";
    const covering = known.filter(({ plan }) => plan.stages.some((each) => each.api === api && each.stage === stage));
    const enabled = covering.filter(({ key }) => !("enabled" in key) || key.enabled);
    const [admitted, ...others] = enabled;
    if (covering.length === 0) return "are of subscriptions whose tier does not cover the stage";
    if (!admitted) return "are of subscriptions that are suspended";
    return others.length === 0 ? admitted : "have a key that could be one of several";
  }

  /** A key by its id in the catalog; where its subscription has others instead, these, as after a rotation. */
  private named(name: string): readonly Admitted[] | undefined {
    return this.byName.get(name) ?? this.bySubscription.get(readKeyId(name).subscription);
  }
}

/** Values that are made once for each name. */
class Indexed<Value> {
  readonly values: Value[] = [];
  private readonly indices = new Map<string, number>();

  of(name: string, make: () => Value): number {
    const known = this.indices.get(name);
    if (known !== undefined) return known;
    this.indices.set(name, this.values.length);
    this.values.push(make());
    return this.values.length - 1;
  }
}
