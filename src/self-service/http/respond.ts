import type { Refusal } from "../machine/command";
import { keyWorks, type RuntimeSubscription, tierOf, worksOf } from "../machine/subscription";
import { NotDone } from "../service/ports";
import type { Answer, SubscriptionService } from "../service/service";
import { type ProxyEvent, readRequest } from "./read-request";

/** What API Gateway takes from a function. */
export interface ProxyResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** When a caller may try again. */
const RETRY_SECONDS = "5";

const STATUS: Readonly<Record<Refusal["code"], number>> = {
  "unknown-subscription": 404,
  "unknown-tier": 400,
  "tier-closed": 409,
  "tier-withdrawn": 409,
  "subscription-exists": 409,
  "not-verified": 409,
  "already-verified": 409,
  ended: 409,
  rotating: 409,
  "request-reused": 422,
};

/** Answers a request of the HTTP API. */
export async function respond(event: ProxyEvent, service: SubscriptionService): Promise<ProxyResult> {
  if (event.httpMethod === "GET") return show(event, service);
  const request = readRequest(event);
  if ("problems" in request) return json(request.status, { message: request.problems.join("; ") });
  let answer: Answer;
  try {
    answer = await service.handle(request);
  } catch (error) {
    // The request is saved, or did nothing: the same one again is right in both cases.
    const message =
      error instanceof NotDone && !error.retry
        ? `the request is accepted, and AWS refused a part of it: ${error.message}; see the log of the function`
        : "the request could not be carried out to its end; send it again, with the same Idempotency-Key";
    return json(503, { message }, { "Retry-After": RETRY_SECONDS });
  }
  const { refusal, subscription, finished, keyValue } = answer;
  if (refusal !== undefined) return json(STATUS[refusal.code], { code: refusal.code, message: refusal.message });
  if (subscription === undefined) return json(404, { code: "unknown-subscription", message: "there is none" });
  const body = { ...shown(subscription), ...(keyValue === undefined ? {} : { keyValue }) };
  return finished ? json(200, body) : json(202, body, { "Retry-After": RETRY_SECONDS });
}

async function show({ pathParameters }: ProxyEvent, service: SubscriptionService): Promise<ProxyResult> {
  const subscription = await service.find(pathParameters?.subscription ?? "");
  if (subscription !== undefined) return json(200, shown(subscription));
  return json(404, { code: "unknown-subscription", message: "there is no such subscription" });
}

/** A subscription as the HTTP API shows it. */
export function shown(subscription: RuntimeSubscription) {
  const { id, customer, state, startedAt, suspension, payment, pendingTier, endsOn, endedAt, verifyBy } = subscription;
  return {
    subscription: id,
    customer,
    state,
    tier: tierOf(subscription),
    works: worksOf(subscription),
    suspended: suspension.suspended,
    payment: payment.state,
    startedAt: iso(startedAt),
    ...dates({ verifyBy, paymentDueBy: payment.cutOff, endsOn, endedAt }),
    ...(pendingTier === undefined ? {} : { pendingTier: { tier: pendingTier.tier, on: iso(pendingTier.on) } }),
    keys: subscription.keys
      .filter((key) => key.retiredAt === undefined)
      .map((key) => ({
        name: key.name,
        ...(key.aws.id === undefined ? {} : { id: key.aws.id }),
        works: keyWorks(subscription, key) && key.aws.enabled === true,
        ...(key.aws.missing ? { missing: true } : {}),
        ...dates({ from: key.from, worksUntil: key.graceUntil }),
      })),
  };
}

const iso = (at: number): string => new Date(at).toISOString();

const dates = (times: Readonly<Record<string, number | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(times).flatMap(([name, at]) => (at === undefined ? [] : [[name, iso(at)]])));

function json(statusCode: number, body: unknown, headers: Readonly<Record<string, string>> = {}): ProxyResult {
  // A value may be in it, so nothing on the way keeps it.
  const all = { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers };
  return { statusCode, headers: all, body: JSON.stringify(body) };
}
