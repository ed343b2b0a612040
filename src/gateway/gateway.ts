import type { Limiter } from "../limits/limiter";
import type { Verdict } from "../limits/verdict";
import type { SynthesizedGateway, SynthesizedKey } from "../synthesized/model";
import { contextVariables, type RequestContext } from "./context-variables";
import { answerOfOwn, type Trouble } from "./gateway-responses";
import type { Behind } from "./integrations";
import { type GatewayAnswer, type GatewayRequest, type Header, headerValue } from "./request";
import { type Admission, KeyRing, ServedStage } from "./served-stage";

/** API Gateway takes no larger body. */
export const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

export const TOO_LARGE: Trouble = { type: "REQUEST_TOO_LARGE", reason: "API Gateway takes bodies of up to 10 MB" };

export interface GatewayOptions {
  readonly limiter: Limiter;
  readonly integrations: Behind;
  /** The value by which a key is known here. */
  readonly keyValue: (key: SynthesizedKey) => string;
  /** Ids for the next request. */
  readonly newIds: () => RequestIds;
  /** @default - nobody is told */
  readonly onAnswer?: (trace: Trace) => void;
}

export interface RequestIds {
  /** `x-amzn-RequestId`. */
  readonly requestId: string;
  /** `x-amz-apigw-id`. */
  readonly extendedRequestId: string;
}

/** What became of a request, for whoever watches. */
export interface Trace {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly request: GatewayRequest;
  readonly status: number;
  /** `GET /pets/{id}`; `undefined` where no route is. */
  readonly route: string | undefined;
  /** Ids of the key that was let in and of its plan. */
  readonly key: string | undefined;
  readonly plan: string | undefined;
  /** What the limits said, and what they have left; `undefined` for a request that did not come so far. */
  readonly verdict: Verdict | undefined;
  /** Why API Gateway itself answered; `undefined` where the integration did. */
  readonly trouble: Trouble | undefined;
}

/** Answers requests as API Gateway would, from what was synthesized. */
export class Gateway {
  private readonly stages: ReadonlyMap<string, ServedStage>;

  constructor(
    model: SynthesizedGateway,
    private readonly options: GatewayOptions,
  ) {
    const keys = new KeyRing(model, options.keyValue);
    this.stages = new Map(
      model.apis.flatMap((api) =>
        api.stages.map((stage) => [`${api.slug}/${stage.name}`, new ServedStage(api, stage, keys)] as const),
      ),
    );
  }

  /** @param at milliseconds since the epoch */
  async handle(request: GatewayRequest, at: number): Promise<GatewayAnswer> {
    const way = this.begin(request, at);
    return this.end(way, await this.outcome(way));
  }

  /** Answers a request that cannot be read whole. */
  refuse(request: GatewayRequest, at: number, trouble: Trouble): GatewayAnswer {
    return this.end(this.begin(request, at), trouble);
  }

  private begin(request: GatewayRequest, at: number): Way {
    return { request, at, ids: this.options.newIds(), served: this.stages.get(`${request.api}/${request.stage}`) };
  }

  private end(way: Way, outcome: GatewayAnswer | Trouble): GatewayAnswer {
    const { request, at, ids, served } = way;
    const answer = "type" in outcome ? answerOfOwn(outcome, served?.api, contextVariables(contextOf(way))) : outcome;
    this.options.onAnswer?.({
      at,
      request,
      status: answer.status,
      route: way.matched?.route.key,
      key: way.admission?.key.id,
      plan: way.admission?.plan.id,
      verdict: way.verdict,
      trouble: "type" in outcome ? outcome : undefined,
    });
    return withIds(answer, ids);
  }

  /** AWS's order: the route, the authorizer, key and plan, throttle and quota, and only then whoever answers. */
  private async outcome(way: Way): Promise<GatewayAnswer | Trouble> {
    const { request, at, served } = way;
    if (!served) return { type: "INVALID_API_KEY", reason: `there is no stage ${request.api}/${request.stage}` };
    if (request.body.length > LARGEST_BODY_BYTES) return TOO_LARGE;

    way.matched = served.router.match(request.method, request.path);
    if (!way.matched)
      return { type: "MISSING_AUTHENTICATION_TOKEN", reason: `there is no route ${request.method} ${request.path}` };
    const { route } = way.matched;

    if (route.authorization !== "NONE") {
      const authorized = await this.options.integrations.authorize(route, contextOf(way));
      if ("type" in authorized) return authorized;
      way.authorized = authorized;
    }

    if (route.apiKeyRequired) {
      const fromHeader = served.api.keySource === "HEADER";
      const value = fromHeader ? headerValue(request.headers, "x-api-key") : way.authorized?.usageIdentifierKey;
      const admission = served.admit(value);
      if ("type" in admission) return admission;
      way.admission = admission;
    }

    way.verdict = this.options.limiter.decide(served.limited(route, way.admission), at);
    if (!way.verdict.allowed) return refusal(way.verdict);

    return this.options.integrations.answer(route, contextOf(way));
  }
}

/** How far a request has come. */
interface Way {
  readonly request: GatewayRequest;
  readonly at: number;
  readonly ids: RequestIds;
  readonly served: ServedStage | undefined;
  matched?: RequestContext["matched"];
  authorized?: RequestContext["authorized"];
  admission?: Admission;
  verdict?: Verdict;
}

function contextOf({ request, at, ids, served, matched, authorized, admission }: Way): RequestContext {
  return {
    ...ids,
    request,
    at,
    matched,
    authorized,
    api: served?.api,
    stageVariables: served?.stage.variables ?? {},
    key: admission?.key,
  };
}

function refusal(verdict: Exclude<Verdict, { readonly allowed: true }>): Trouble {
  return verdict.reason === "quota"
    ? { type: "QUOTA_EXCEEDED", reason: "the quota is used up" }
    : { type: "THROTTLED", reason: `throttled by the limit of the ${verdict.layer}` };
}

function withIds(
  { status, headers, body }: GatewayAnswer,
  { requestId, extendedRequestId }: RequestIds,
): GatewayAnswer {
  const typed = headers.some(([name]) => name.toLowerCase() === "content-type");
  const own: Header[] = [
    ["x-amzn-RequestId", requestId],
    ["x-amz-apigw-id", extendedRequestId],
  ];
  return { status, headers: [...own, ...(typed ? headers : [JSON_TYPE, ...headers])], body };
}

const JSON_TYPE: Header = ["Content-Type", "application/json"];
