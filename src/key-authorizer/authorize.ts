import { ExpiringCache } from "../memory/expiring-cache";

/** Tells whose token this is, or why it is not valid. Throws if that cannot be found out. */
export type VerifyToken = (token: string) => Promise<{ readonly subscription: string } | { readonly invalid: string }>;

/** A subscription's key; `undefined` if there is none. Throws if that cannot be found out. */
export type LookUpKey = (subscription: string) => Promise<string | undefined>;

/** What a call came to. It holds neither token nor key. */
export interface LogLine {
  readonly outcome: "allow" | "deny" | "unauthorized" | "error";
  readonly subscription?: string;
  readonly reason?: string;
}

/** What the authorizer works with. */
export interface Dependencies {
  readonly verify: VerifyToken;
  readonly lookUp: LookUpKey;
  readonly keyCacheSeconds: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly log: (line: LogLine) => void;
}

/**
 * What API Gateway asks a TOKEN authorizer.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export interface TokenEvent {
  /** The header of the request; missing only in a test call. */
  readonly authorizationToken?: string;
  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>` */
  readonly methodArn: string;
}

/**
 * What API Gateway takes as an answer.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */
export interface AuthorizerResult {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: "2012-10-17";
    readonly Statement: readonly {
      readonly Action: string;
      readonly Effect: "Allow" | "Deny";
      readonly Resource: string;
    }[];
  };
  /** Seen by integrations and in the access log. */
  readonly context: { readonly subscription: string };
  /** The value of the key that the caller is metered by. */
  readonly usageIdentifierKey?: string;
}

export type Authorizer = (event: TokenEvent) => Promise<AuthorizerResult>;

/** New customers wait no longer than this, however long keys are cached. */
const UNKNOWN_CACHE_SECONDS = 30;

const CACHED_KEYS = 10_000;

/** An authorizer that turns a token into the key of the subscription that it names. */
export function keyAuthorizer({ verify, lookUp, keyCacheSeconds, clock, log }: Dependencies): Authorizer {
  const keys = new ExpiringCache<string | undefined>(CACHED_KEYS);

  async function keyOf(subscription: string): Promise<string | undefined> {
    const cached = keys.get(subscription, clock());
    if (cached !== undefined) return cached.value;
    const key = await lookUp(subscription);
    const seconds = key === undefined ? Math.min(UNKNOWN_CACHE_SECONDS, keyCacheSeconds) : keyCacheSeconds;
    keys.set(subscription, key, clock() + seconds * 1_000);
    return key;
  }

  async function answerTo(event: TokenEvent): Promise<AuthorizerResult> {
    const stage = everyMethodOfStage(event.methodArn);
    const verdict = await verify(tokenIn(event.authorizationToken));
    if ("invalid" in verdict) throw new Unauthorized(verdict.invalid);
    const { subscription } = verdict;
    const key = await keyOf(subscription);
    if (key === undefined) {
      log({ outcome: "deny", subscription, reason: "no key is handed over for this subscription" });
      return policy("Deny", stage, subscription);
    }
    log({ outcome: "allow", subscription });
    return { ...policy("Allow", stage, subscription), usageIdentifierKey: key };
  }

  return async (event) => {
    try {
      return await answerTo(event);
    } catch (error) {
      if (error instanceof Unauthorized) log({ outcome: "unauthorized", reason: error.reason });
      else log({ outcome: "error", reason: error instanceof Error ? error.message : "unknown error" });
      throw error;
    }
  };
}

/** API Gateway answers 401 to this very message, and 500 to any other. */
class Unauthorized extends Error {
  constructor(readonly reason: string) {
    super("Unauthorized");
  }
}

const tokenIn = (header: string | undefined): string => (header ?? "").trim().replace(/^Bearer\s+/i, "");

/** API Gateway caches the answer for the token, so it has to fit the other methods of the stage as well. */
function everyMethodOfStage(methodArn: string): string {
  const [api, stage] = methodArn.split("/");
  return `${api}/${stage}/*`;
}

function policy(Effect: "Allow" | "Deny", Resource: string, subscription: string): AuthorizerResult {
  return {
    principalId: subscription,
    policyDocument: { Version: "2012-10-17", Statement: [{ Action: "execute-api:Invoke", Effect, Resource }] },
    context: { subscription },
  };
}
