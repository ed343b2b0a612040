import type { LimitedRequest } from "../limiter/limiter";
import { methodThrottleOf } from "../model/method-throttle";
import type {
  ApiModel,
  GatewayModel,
  KeyModel,
  RouteModel,
  StageModel,
  UsagePlanModel,
  UsagePlanStage,
} from "../model/model";
import type { Throttle } from "../vocabulary/throttle";
import { concerns, type Difference } from "./differences";
import { Entrance } from "./entrance";
import type { GatewayError } from "./gateway-responses";
import { LOCAL_AWS } from "./local-aws";
import { type RequestCheck, requestChecksOf } from "./request-check";
import { authorizerFaultOf, faultOf } from "./route-faults";
import { Router } from "./router";

/** A key that may call a stage, and by which plan. */
export interface Admission {
  readonly key: KeyModel;
  readonly plan: UsagePlanModel;
  readonly planStage: UsagePlanStage;
}

/** The keys of all stages by their values. */
export class KeyRing {
  private readonly byValue: ReadonlyMap<string, KeyModel>;
  readonly plansOf = new Map<KeyModel, UsagePlanModel[]>();

  constructor({ keys, plans }: GatewayModel, keyValue: (key: KeyModel) => string) {
    this.byValue = new Map(keys.map((key) => [keyValue(key), key]));
    for (const plan of plans)
      for (const key of plan.keys) this.plansOf.set(key, [...(this.plansOf.get(key) ?? []), plan]);
  }

  find(value: string): KeyModel | undefined {
    return this.byValue.get(value);
  }
}

/** What is known of a route of a stage before a request comes. */
export interface ServedRoute {
  /** The method on its stage, as the limiter knows it. */
  readonly method: string;
  readonly stageThrottle: Throttle | undefined;
  /** What is not as on AWS for its requests. */
  readonly differences: readonly string[];
  /** What makes every call of it fail. */
  readonly fault: GatewayError | undefined;
  /** What makes every call of its authorizer fail. */
  readonly authorizerFault: GatewayError | undefined;
  /** What it checks of requests; `undefined` for nothing. */
  readonly check: RequestCheck | undefined;
}

/** One stage of an API, ready to answer. */
export class ServedStage {
  readonly router: Router;
  readonly entrance: Entrance;
  /** The API's own domain name. */
  readonly domainName: string;
  readonly isEdge: boolean;
  private readonly ofStage: readonly string[];
  private readonly routes: ReadonlyMap<RouteModel, ServedRoute>;
  private readonly admissions = new Map<KeyModel, Admission | undefined>();

  constructor(
    readonly api: ApiModel,
    readonly stage: StageModel,
    private readonly keys: KeyRing,
    differences: readonly Difference[],
  ) {
    this.entrance = new Entrance(api, stage);
    this.domainName = `${api.slug}.execute-api.${LOCAL_AWS.region}.amazonaws.com`;
    this.isEdge = api.endpointTypes.includes("EDGE");
    const own = differences.filter((each) => concerns(each, { api: api.id, stage: stage.name, route: each.route }));
    const messages = (key: string | undefined) =>
      own.filter((each) => each.route === undefined || each.route === key).map(({ message }) => message);
    this.ofStage = messages(undefined);
    const checks = requestChecksOf(api);
    this.routes = new Map(
      api.routes.map((written) => {
        const route = routeOnStage(written, stage);
        const served: ServedRoute = {
          method: `${api.slug}/${stage.name}/${route.key}`,
          stageThrottle: methodThrottleOf(route.key, stage.methodThrottles),
          differences: messages(route.key),
          fault: faultOf(route, stage),
          authorizerFault: authorizerFaultOf(route, stage),
          check: checks.get(written),
        };
        return [route, served];
      }),
    );
    this.router = new Router([...this.routes.keys()]);
  }

  /** What is not as on AWS for requests of a route, or of none. */
  differencesFor(route: RouteModel | undefined): readonly string[] {
    return (route && this.routes.get(route)?.differences) ?? this.ofStage;
  }

  /** What is known of a route of this stage. */
  routeOf(route: RouteModel): ServedRoute | undefined {
    return this.routes.get(route);
  }

  /** The client that a key's value identifies here, or why it identifies none. The caller sees `Forbidden` in all of these cases. */
  admit(value: string | undefined): Admission | GatewayError {
    if (value === undefined || value === "") return forbidden("no key came with the request");
    const key = this.keys.find(value);
    if (!key) return forbidden("no such key");
    if (!key.enabled) return forbidden(`the key of ${key.id} is disabled`);
    const known = this.admissions.get(key);
    if (known) return known;
    for (const plan of this.keys.plansOf.get(key) ?? []) {
      const planStage = plan.stages.find(({ api, stage }) => api === this.api.id && stage === this.stage.name);
      if (!planStage) continue;
      const admission = { key, plan, planStage };
      this.admissions.set(key, admission);
      return admission;
    }
    return forbidden(`the key of ${key.id} is in no plan that covers ${this.api.id}/${this.stage.name}`);
  }

  /** A request as the limiter knows it. */
  limited(route: RouteModel, admission: Admission | undefined): LimitedRequest {
    const known = this.routes.get(route);
    return {
      client: admission && {
        key: admission.key.id,
        plan: admission.plan,
        methodThrottle: methodThrottleOf(route.key, admission.planStage.methodThrottles),
      },
      method: known?.method ?? route.key,
      stageThrottle: known?.stageThrottle,
    };
  }
}

/** All stages by `<slug of the API>/<stage>`. */
export function servedStages(
  { apis }: GatewayModel,
  keys: KeyRing,
  differences: readonly Difference[],
): ReadonlyMap<string, ServedStage> {
  return new Map(
    apis.flatMap((api) =>
      api.stages.map((stage) => [`${api.slug}/${stage.name}`, new ServedStage(api, stage, keys, differences)] as const),
    ),
  );
}

/** A route with the integration that the stage's variables name. */
function routeOnStage(route: RouteModel, { name }: StageModel): RouteModel {
  const { integration } = route;
  if (integration.type !== "by-stage") return route;
  const own = integration.stages.get(name) ?? { type: "other", because: { kind: "no-integration" } };
  return { ...route, integration: own };
}

const forbidden = (reason: string): GatewayError => ({ type: "INVALID_API_KEY", reason });
