import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import Stripe from "stripe";
import type { CommandName, WrittenRequest } from "../../../src/self-service";
import { callSelfService, isUnknown } from "./lib/call-self-service";

/** What an event of Stripe means to a subscription. A paused collection suspends it; what is not paid is not suspended, but unpaid. */
const COMMANDS: Readonly<Record<string, CommandName>> = {
  "invoice.payment_failed": "payment-failed",
  "invoice.paid": "payment-recovered",
  "customer.subscription.paused": "suspend",
  "customer.subscription.resumed": "resume",
  "customer.subscription.deleted": "end",
};

/**
 * Webhooks of Stripe. The team writes the subscription's id into the metadata of Stripe's subscription:
 * `metadata: { subscription: "acme" }`. Each event is one request, so a webhook that comes twice changes nothing, and its time is
 * compared with others', so one that comes late changes nothing either.
 *
 * @see https://docs.stripe.com/webhooks
 */
export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const signature =
    Object.entries(event.headers).find(([name]) => name.toLowerCase() === "stripe-signature")?.[1] ?? "";
  const body = event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString("utf8") : (event.body ?? "");
  let webhook: Stripe.Event;
  try {
    webhook = Stripe.webhooks.constructEvent(body, signature, process.env.STRIPE_WEBHOOK_SECRET ?? "");
  } catch {
    return { statusCode: 400, body: "the signature is not Stripe's" };
  }
  const request = requestOf(webhook);
  if (request === undefined) return { statusCode: 200, body: "not for the self-service" };
  // Anything but 2xx has Stripe send it again.
  if (isUnknown(await callSelfService(request))) return { statusCode: 404, body: "there is no such subscription yet" };
  return { statusCode: 200, body: "done" };
}

/** The request that a webhook is; `undefined` for one that is not about a subscription of the self-service. */
export function requestOf(webhook: Pick<Stripe.Event, "id" | "type" | "created" | "data">): WrittenRequest | undefined {
  const command = COMMANDS[webhook.type];
  const object = webhook.data.object as unknown as {
    readonly metadata?: Stripe.Metadata | null;
    readonly parent?: { readonly subscription_details?: { readonly metadata?: Stripe.Metadata | null } | null } | null;
  };
  const subscription = (object.parent?.subscription_details?.metadata ?? object.metadata)?.subscription;
  if (command === undefined || subscription === undefined) return undefined;
  const occurredAt = new Date(webhook.created * 1_000).toISOString();
  return { id: `stripe:${webhook.id}`, subscription, command, ...(command === "end" ? {} : { body: { occurredAt } }) };
}
