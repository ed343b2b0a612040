import type { Limiter } from "../limiter/limiter";
import type { Verdict } from "../limiter/verdict";
import type { ApiModel, GatewayModel, KeyModel, RouteModel } from "../model/model";
import { contextVariables, type KnownRequest } from "./context-variables";
import { CustomDomains } from "./custom-domains";
import { type Difference, differencesOf } from "./differences";
import { answerOfOwn, type GatewayError, type Outcome } from "./gateway-responses";
import { LOCAL_AWS } from "./local-aws";
import { type Entered, type Entering, enter, identify, limitRefusal } from "./passage";
import type { Caller } from "./proxy-event";
import { type GatewayAnswer, type GatewayRequest, type Header, headerValue } from "./request";
import type { ReceivedRequest, RoutedRequest } from "./routed-request";
import { type Admission, KeyRing, type ServedStage, servedStages } from "./served-stage";
import type { Trace } from "./trace";

/** A fully resolved request. */
export interface DirectedRequest extends KnownRequest, RoutedRequest {
  readonly route: RouteModel;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly api: ApiModel;
}

/** What an authorizer said of who it lets through. */
export interface AuthorizedCaller extends Caller {
  /** The value of an API key, for an API whose key source is `AUTHORIZER`. */
  readonly usageIdentifierKey: string | undefined;
}

/** What stands behind the gateway. */
export interface Behind {
  /** Asks the authorizer of a route that has one. */
  authorize(request: DirectedRequest): Promise<AuthorizedCaller | GatewayError>;
  answer(request: DirectedRequest): Outcome | Promise<Outcome>;
  /** What of a route is not as on AWS because of what stands behind it; completes "<address> …". @default - nothing */
  differences?(route: RouteModel): readonly string[];
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly limiter: Limiter;
  readonly behind: Behind;
  /** The value by which a key is known here. */
  readonly keyValue: (key: KeyModel) => string;
  /** Ids for the next request. */
  readonly newIds: () => RequestIds;
  /** The next number from 0 to 1, below which a share of requests goes to a canary. */
  readonly draw: () => number;
  /** @default - no callback */
  readonly onAnswer?: (trace: Trace) => void;
}

export type RequestIds = Pick<ReceivedRequest, "requestId" | "extendedRequestId">;

/** Answers requests as API Gateway would, from what was synthesized. */
export class Gateway {
  /** What is not as on AWS, as far as it can be known before a request comes. */
  readonly differences: readonly Difference[];
  readonly domains: CustomDomains;
  private readonly stages: ReadonlyMap<string, ServedStage>;

  constructor(
    model: GatewayModel,
    private readonly options: GatewayOptions,
  ) {
    this.differences = differencesOf(model, (route) => options.behind.differences?.(route) ?? []);
    this.domains = new CustomDomains(model);
    this.stages = servedStages(model, new KeyRing(model, options.keyValue), this.differences);
  }

  /**
   * The answer is there at once unless something is waited for: most requests of a mock take no turn of the event loop.
   *
   * @param at milliseconds since the epoch
   */
  handle(request: GatewayRequest, at: number): GatewayAnswer | Promise<GatewayAnswer> {
    const way = this.begin(request, at);
    let outcome: Outcome | Promise<Outcome>;
    try {
      outcome = this.outcome(way);
    } catch (error) {
      outcome = failedHere(error);
    }
    if (!(outcome instanceof Promise)) return this.end(way, outcome);
    return outcome.catch(failedHere).then((settled) => this.end(way, settled));
  }

  /** Answers a request that cannot be read whole. */
  refuse(request: GatewayRequest, at: number, gatewayError: GatewayError): GatewayAnswer {
    return this.end(this.begin(request, at), gatewayError);
  }

  /** AWS's order: the route, the authorizer, key and plan, throttle and quota, then the integration. */
  private outcome(way: Way): Outcome | Promise<Outcome> {
    const entered = enter(way);
    if ("type" in entered) return entered;
    return entered.route.authorization === "NONE" ? this.metered(entered, undefined) : this.authorized(entered);
  }

  private async authorized(way: DirectedWay): Promise<Outcome> {
    const caller = await this.options.behind.authorize(way);
    if ("type" in caller) return caller;
    way.caller = caller;
    return this.metered(way, caller.usageIdentifierKey);
  }

  /** @param usageIdentifierKey the value of a key that the authorizer gave */
  private metered(way: DirectedWay, usageIdentifierKey: string | undefined): Outcome | Promise<Outcome> {
    const { request, route, served } = way;
    const identified = identify(served, route, request, usageIdentifierKey);
    if (identified) {
      if ("type" in identified) return identified;
      way.admission = identified.admission;
      way.key = { id: identified.admission.key.id, value: identified.value };
    }

    way.verdict = this.options.limiter.decide(served.limited(route, way.admission), way.at);
    if (!way.verdict.allowed) return limitRefusal(way.verdict);

    const known = served.routeOf(route);
    const invalid = known?.check?.refusal(way, contextVariables(way));
    return invalid ?? known?.fault ?? this.options.behind.answer(way);
  }

  private begin(request: GatewayRequest, at: number): Way {
    const served = this.stages.get(`${request.api}/${request.stage}`);
    const { requestId, extendedRequestId } = this.options.newIds();
    const canary = served?.stage.canary;
    const isCanary = canary !== undefined && this.options.draw() * 100 < canary.percentTraffic;
    return {
      request,
      at,
      requestId,
      extendedRequestId,
      stageVariables: (isCanary ? canary : served?.stage)?.variables ?? NO_VARIABLES,
      domainName: request.domain?.name ?? served?.domainName ?? "",
      isEdge: served?.isEdge ?? false,
      isCanary,
      aws: LOCAL_AWS,
      served,
      // All that comes later has its place from the start, so that all requests have one shape.
      route: undefined,
      pathParameters: undefined,
      api: undefined,
      caller: undefined,
      key: undefined,
      admission: undefined,
      verdict: undefined,
    };
  }

  private end(way: Way, outcome: Outcome): GatewayAnswer {
    const gatewayError = "type" in outcome ? outcome : undefined;
    const answer = "type" in outcome ? answerOfOwn(outcome, way.served?.api, contextVariables(way)) : outcome;
    this.options.onAnswer?.({
      at: way.at,
      request: way.request,
      status: answer.status,
      route: way.route?.key,
      key: way.admission?.key.id,
      plan: way.admission?.plan.id,
      verdict: way.verdict,
      gatewayError,
      differences: way.served?.differencesFor(way.route) ?? [],
    });
    return withIds(answer, way);
  }
}

/** A request on its way: what is not known yet is `undefined`. */
interface Way extends KnownRequest, Entering {
  route: Entering["route"];
  pathParameters: Entering["pathParameters"];
  caller: KnownRequest["caller"];
  key: KnownRequest["key"];
  admission: Admission | undefined;
  verdict: Verdict | undefined;
}

/** The same, once its route is found. */
type DirectedWay = Entered<Way>;

/** What nothing else has caught: the gateway goes on, and says what it was. */
const failedHere = (error: unknown): GatewayError => ({
  type: "API_CONFIGURATION_ERROR",
  reason: `the local gateway failed: ${(error as Error).message}`,
});

function withIds(
  { status, headers, body }: GatewayAnswer,
  { requestId, extendedRequestId }: RequestIds,
): GatewayAnswer {
  const all: Header[] = [
    ["x-amzn-RequestId", requestId],
    ["x-amz-apigw-id", extendedRequestId],
  ];
  if (headerValue(headers, "content-type") === undefined) all.push(JSON_TYPE);
  for (const header of headers) all.push(header);
  return { status, headers: all, body };
}

const NO_VARIABLES: Readonly<Record<string, string>> = {};
const JSON_TYPE: Header = ["Content-Type", "application/json"];
