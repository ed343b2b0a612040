import type { LimitedRequest } from "../limiter/limiter";
import type {
  ApiModel,
  GatewayModel,
  KeyModel,
  RouteModel,
  StageModel,
  UsagePlanModel,
  UsagePlanStage,
} from "../model/model";
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

/** One stage of an API, ready to answer. */
export class ServedStage {
  readonly router: Router;
  readonly entrance: Entrance;
  /** The API's own domain name. */
  readonly domainName: string;
  readonly isEdge: boolean;
  private readonly ofStage: readonly string[];
  private readonly ofRoutes: ReadonlyMap<RouteModel, readonly string[]>;
  private readonly faults: ReadonlyMap<RouteModel, GatewayError>;
  private readonly authorizerFaults: ReadonlyMap<RouteModel, GatewayError>;
  private readonly checks = new Map<RouteModel, RequestCheck>();
  private readonly admissions = new Map<KeyModel, Admission | undefined>();

  constructor(
    readonly api: ApiModel,
    readonly stage: StageModel,
    private readonly keys: KeyRing,
    differences: readonly Difference[],
  ) {
    const checks = requestChecksOf(api);
    const routes = api.routes.map((route) => {
      const own = routeOnStage(route, stage);
      const check = checks.get(route);
      if (check) this.checks.set(own, check);
      return own;
    });
    this.router = new Router(routes);
    this.entrance = new Entrance(api, stage);
    this.domainName = `${api.slug}.execute-api.${LOCAL_AWS.region}.amazonaws.com`;
    this.isEdge = api.endpointTypes.includes("EDGE");
    const own = differences.filter((each) => concerns(each, { api: api.id, stage: stage.name, route: each.route }));
    const messages = (route: RouteModel | undefined) =>
      own.filter((each) => each.route === undefined || each.route === route?.key).map(({ message }) => message);
    this.ofStage = messages(undefined);
    this.ofRoutes = new Map(routes.map((route) => [route, messages(route)]));
    this.faults = faultsOf(routes, (route) => faultOf(route, stage));
    this.authorizerFaults = faultsOf(routes, (route) => authorizerFaultOf(route, stage));
  }

  /** What is not as on AWS for requests of a route, or of none. */
  differencesFor(route: RouteModel | undefined): readonly string[] {
    return (route && this.ofRoutes.get(route)) ?? this.ofStage;
  }

  /** What makes every call of a route fail. */
  faultOf(route: RouteModel): GatewayError | undefined {
    return this.faults.get(route);
  }

  /** What makes every call of a route's authorizer fail. */
  authorizerFaultOf(route: RouteModel): GatewayError | undefined {
    return this.authorizerFaults.get(route);
  }

  /** What a route checks of requests; `undefined` for nothing. */
  checkOf(route: RouteModel): RequestCheck | undefined {
    return this.checks.get(route);
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
    const { methodThrottles } = this.stage;
    return {
      client: admission && {
        key: admission.key.id,
        plan: admission.plan,
        methodThrottle: throttleFor(route, admission.planStage.methodThrottles),
      },
      method: `${this.api.slug}/${this.stage.name}/${route.key}`,
      stageThrottle: throttleFor(route, methodThrottles),
    };
  }
}

function faultsOf(
  routes: readonly RouteModel[],
  find: (route: RouteModel) => GatewayError | undefined,
): ReadonlyMap<RouteModel, GatewayError> {
  return new Map(
    routes.flatMap((route) => {
      const fault = find(route);
      return fault ? [[route, fault]] : [];
    }),
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

/** That of the method, or else that of all methods. */
const throttleFor = ({ key }: RouteModel, throttles: UsagePlanStage["methodThrottles"]) =>
  throttles.size === 0 ? undefined : (throttles.get(key) ?? throttles.get("*"));
