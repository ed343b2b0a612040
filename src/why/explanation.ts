import type { Layer } from "../limiter/verdict";
import type { GatewayResponseType } from "../vocabulary/gateway-response";
import type { Quota } from "../vocabulary/quota";
import type { Throttle } from "../vocabulary/throttle";

/**
 * Whether the tier lets a call in: `depends` where others decide beside it (an authorizer, a policy), `not-known` where the files do
 * not say what the answer depends on.
 */
export type CallVerdict = "let-in" | "refused" | "depends" | "not-known";

/** Why a call is let in or refused, and by which limits. */
export interface Explanation {
  /** The subscription's id; of a key that this project did not create, its name or address. */
  readonly subscription: string | undefined;
  /** Method and path, as they were asked for. */
  readonly request: string;
  readonly api: string;
  readonly stage: string;
  /** The instant for which it holds. */
  readonly at: string;
  readonly verdict: CallVerdict;
  /** The verdict in one sentence. */
  readonly answer: string;
  /** What the caller gets; `undefined` where the call is not refused. */
  readonly refusal: RefusedAnswer | undefined;
  /** The route that takes the call; `undefined` where none does. */
  readonly route: { readonly key: string; readonly apiKeyRequired: boolean; readonly written: WrittenAt } | undefined;
  /** The usage plan by which the call is let in. */
  readonly plan:
    | {
        readonly id: string;
        readonly tier: string | undefined;
        readonly written: WrittenAt;
        readonly member: WrittenAt;
      }
    | undefined;
  /** Other keys of the subscription that work in this plan: each has these limits for itself. Sorted. */
  readonly otherKeys: readonly string[];
  /** What may refuse the call although the tier lets it in, one sentence each. */
  readonly decidedByOthers: readonly string[];
  /** What the files do not say and what would have to be known, one sentence each. */
  readonly notKnown: readonly string[];
  /** Where AWS has something else than the files, whose values do not hold then; empty where AWS was not asked. */
  readonly differsInAws: readonly string[];
  /** In the order in which they are checked. */
  readonly limits: readonly ExplainedLimit[];
  /** `undefined` where the call does not come to its limits, or not all of them are known. */
  readonly governs: Governing | undefined;
  /** Why a customer may get the status that was asked for, the likeliest first. */
  readonly reasons: readonly Reason[] | undefined;
}

/** Where something is written. */
export interface WrittenAt {
  /** Terraform's address, with the stack: `access: aws_api_gateway_usage_plan.gold`. */
  readonly address: string | undefined;
  /** The line of the catalog or of a data file: `catalog.ts:36`; `undefined` where it was not found. */
  readonly line: string | undefined;
}

/** A limit that the call meets. */
export interface ExplainedLimit {
  readonly layer: Layer;
  readonly throttle: Throttle | undefined;
  readonly quota: Quota | undefined;
  readonly written: WrittenAt;
  /** Requests that are left: of a throttle at rest, of a quota as far as is known. */
  readonly left: number;
  /** From where it is known what is left, and how old that is. */
  readonly leftFrom: string;
  /** Of a quota, the instant at which it starts again; of a throttle, the seconds in which an empty bucket is full again. */
  readonly startsAgain: string | undefined;
  readonly fullAfterSeconds: number | undefined;
}

/** Which limit a customer meets first. */
export interface Governing {
  /** Of calls in one instant: how many pass, and which limit refuses the next one. */
  readonly burst: { readonly passes: number; readonly refusedBy: Layer };
  /** Of calls that go on: the rate that lasts, and which limit sets it. */
  readonly pace: { readonly callsPerSecond: number; readonly setBy: Layer };
  /** After how many seconds at this pace the quota is used up; `undefined` where it is not, or where there is none. */
  readonly quotaLastsSeconds: number | undefined;
}

/** What a caller sees of a refusal, and what the access log has of it. */
export interface RefusedAnswer {
  readonly status: number;
  /** The header `x-amzn-ErrorType`. */
  readonly errorType: string;
  readonly body: string;
  /** `$context.error.responseType` of the access log. */
  readonly responseType: GatewayResponseType;
  /** Why, as the log of the local gateway says it too. */
  readonly reason: string;
}

/** Why a customer may get a status. */
export interface Reason {
  /** `certain` where every such call gets it, by what is in the files. */
  readonly likelihood: "certain" | "possible";
  readonly because: string;
  /** `undefined` for an answer of the integration. */
  readonly answer: RefusedAnswer | undefined;
  /** What to do, or how to tell it from the others. */
  readonly next: string;
}
