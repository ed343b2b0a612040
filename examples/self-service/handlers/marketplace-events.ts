import type { EventBridgeEvent } from "aws-lambda";
import type { WrittenRequest } from "../../../src/self-service";
import { callSelfService } from "./lib/call-self-service";

/** The tier of a subscription that begins in AWS Marketplace. */
const FIRST_TIER = process.env.MARKETPLACE_TIER ?? "startup";

interface Agreement {
  readonly agreement?: { readonly id?: string; readonly intent?: string; readonly status?: string };
  readonly acceptor?: { readonly accountId?: string };
}

/** Refusals by which a request that came before is repeated. */
const DONE = ["subscription-exists", "already-verified", "ended"];

/**
 * AWS Marketplace's events of agreements, by a rule of EventBridge on the source `aws.agreement-marketplace`. A subscription is named
 * after the buyer's account, since an agreement that is renewed or replaced has another id.
 *
 * @see https://docs.aws.amazon.com/marketplace/latest/userguide/saas-eventbridge-integration.html
 * @throws Error for a request that is refused, so that EventBridge repeats it and then puts it into the rule's dead-letter queue
 */
export async function handler(event: EventBridgeEvent<string, Agreement>): Promise<void> {
  for (const request of requestsOf(event)) {
    const { refusal } = (await callSelfService(request)) as { refusal?: { code: string; message: string } };
    if (refusal !== undefined && !DONE.includes(refusal.code)) throw new Error(refusal.message);
  }
}

/** The requests that an event is, in their order; none for an event about anything else. */
export function requestsOf({
  source,
  "detail-type": type,
  detail,
}: EventBridgeEvent<string, Agreement>): WrittenRequest[] {
  const { id, intent, status } = detail.agreement ?? {};
  const account = detail.acceptor?.accountId;
  if (source !== "aws.agreement-marketplace" || id === undefined || account === undefined) return [];
  // A seller who also makes the product gets each event twice, so the agreement says what is the same.
  const request = (command: "start" | "verify" | "end", body: object): WrittenRequest => ({
    id: `marketplace:${id}:${command}`,
    subscription: `marketplace-${account}`,
    command,
    body,
  });
  // AWS knows the buyer, so nothing else verifies it.
  if (/^Purchase Agreement Created/.test(type) && intent === "NEW")
    return [request("start", { tier: FIRST_TIER, customer: `AWS account ${account}` }), request("verify", {})];
  const goesOn = status === "RENEWED" || status === "REPLACED";
  return /^Purchase Agreement Ended/.test(type) && !goesOn ? [request("end", {})] : [];
}
