import type { Left, MetLimit } from "./forecast";
import type { TokenBucket } from "./token-bucket";
import type { ThrottleLayer } from "./verdict";

/** The buckets of the throttles that apply to one request. */
export interface Layers {
  readonly planMethod: TokenBucket | undefined;
  readonly plan: TokenBucket | undefined;
  readonly stageMethod: TokenBucket | undefined;
  /** `undefined` only where it is known to refuse nothing. */
  readonly account: TokenBucket | undefined;
}

/** What the order of the layers is about. */
type Tokens = { readonly [Name in keyof Layers]: { readonly tokens: number } | undefined };

/** The first layer, in AWS's order, that has no token for a request. */
export function emptyLayer({ planMethod, plan, stageMethod, account }: Tokens): ThrottleLayer | undefined {
  if (planMethod?.tokens === 0) return "plan method";
  if (plan?.tokens === 0) return "plan";
  if (stageMethod?.tokens === 0) return "stage method";
  return account?.tokens === 0 ? "account" : undefined;
}

/** The limits of the layers, in AWS's order, with what each has left. */
export function limitsIn({ planMethod, plan, stageMethod, account }: Layers): MetLimit[] {
  const limit = (layer: ThrottleLayer, bucket: TokenBucket | undefined): MetLimit[] =>
    bucket ? [{ layer, left: bucket.tokens, throttle: bucket.throttle }] : [];
  return [
    ...limit("plan method", planMethod),
    ...limit("plan", plan),
    ...limit("stage method", stageMethod),
    ...limit("account", account),
  ];
}

/** Takes a token of each layer. */
export function takeTokens({ planMethod, plan, stageMethod, account }: Layers): void {
  planMethod?.take();
  plan?.take();
  stageMethod?.take();
  account?.take();
}

/** Takes a token of each layer that comes before the one that refuses. */
export function takeTokensBefore(refusing: ThrottleLayer, { planMethod, plan, stageMethod }: Layers): void {
  if (refusing === "plan method") return;
  planMethod?.take();
  if (refusing === "plan") return;
  plan?.take();
  if (refusing === "stage method") return;
  stageMethod?.take();
}

/** Tokens that a client has left: the fewer of its plan's. */
export function clientTokens({ planMethod, plan }: Layers): number | undefined {
  if (planMethod === undefined) return plan?.tokens;
  return plan === undefined ? planMethod.tokens : Math.min(planMethod.tokens, plan.tokens);
}

/** Layers that have so many tokens left. */
export function layersWith(left: Left): Tokens {
  const tokens = (layer: ThrottleLayer) => {
    const count = left[layer];
    return count === undefined ? undefined : { tokens: count };
  };
  return {
    planMethod: tokens("plan method"),
    plan: tokens("plan"),
    stageMethod: tokens("stage method"),
    account: tokens("account"),
  };
}
