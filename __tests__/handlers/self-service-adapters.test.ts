import type { APIGatewayProxyEvent, EventBridgeEvent } from "aws-lambda";
import Stripe from "stripe";
import { requestsOf } from "../../examples/self-service/handlers/marketplace-events";
import { handler, requestOf } from "../../examples/self-service/handlers/stripe-webhooks";

const SECRET = "whsec_test";
const CREATED = Date.parse("2026-11-10T12:00:00Z") / 1_000;
const webhook = (type: string, object: object) => ({ id: "evt_1", type, created: CREATED, data: { object } }) as never;
const ofInvoice = { parent: { subscription_details: { metadata: { subscription: "acme" } } } };
const ofSubscription = { metadata: { subscription: "acme" } };
const occurredAt = "2026-11-10T12:00:00.000Z";

describe("a webhook of Stripe", () => {
  test.each([
    ["invoice.payment_failed", ofInvoice, { command: "payment-failed", body: { occurredAt } }],
    ["invoice.paid", ofInvoice, { command: "payment-recovered", body: { occurredAt } }],
    ["customer.subscription.paused", ofSubscription, { command: "suspend", body: { occurredAt } }],
    ["customer.subscription.resumed", ofSubscription, { command: "resume", body: { occurredAt } }],
    ["customer.subscription.deleted", ofSubscription, { command: "end" }],
  ])("%s is a request that is the same whenever it comes", (type, object, expected) => {
    expect(requestOf(webhook(type, object))).toEqual({ id: "stripe:evt_1", subscription: "acme", ...expected });
  });

  test.each([
    ["of another type", "invoice.created", ofInvoice],
    ["of a subscription that the self-service does not know", "invoice.paid", {}],
  ])("%s is none", (_, type, object) => {
    expect(requestOf(webhook(type, object))).toBeUndefined();
  });

  const environment = process.env;
  beforeAll(() => {
    process.env = { ...environment, STRIPE_WEBHOOK_SECRET: SECRET };
  });
  afterAll(() => {
    process.env = environment;
  });
  const sent = (body: string, signature: string) =>
    handler({
      headers: { "Stripe-Signature": signature },
      body,
      isBase64Encoded: false,
    } as never as APIGatewayProxyEvent);
  const body = JSON.stringify(webhook("invoice.created", ofInvoice));

  test("is taken with Stripe's signature", async () => {
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: SECRET });
    expect(await sent(body, signature)).toEqual({ statusCode: 200, body: "not for the self-service" });
  });

  test.each([
    ["without a signature", () => ""],
    ["with another secret's", () => Stripe.webhooks.generateTestHeaderString({ payload: body, secret: "whsec_other" })],
    ["with that of another body", () => Stripe.webhooks.generateTestHeaderString({ payload: "{}", secret: SECRET })],
    [
      "with an old one",
      () => Stripe.webhooks.generateTestHeaderString({ payload: body, secret: SECRET, timestamp: 1 }),
    ],
  ])("is refused %s", async (_, signature) => {
    expect((await sent(body, signature())).statusCode).toBe(400);
  });
});

describe("an event of AWS Marketplace", () => {
  const event = (type: string, agreement: object, source = "aws.agreement-marketplace") =>
    ({
      id: "e-1",
      source,
      "detail-type": type,
      detail: { agreement: { id: "agmt-9", ...agreement }, acceptor: { accountId: "123456789012" } },
    }) as never as EventBridgeEvent<string, object>;
  const subscription = "marketplace-123456789012";

  test.each(["Proposer", "Manufacturer"])(
    "starts and verifies a subscription when an agreement is made, as %s too",
    (role) => {
      expect(requestsOf(event(`Purchase Agreement Created - ${role}`, { intent: "NEW" }))).toEqual([
        {
          id: "marketplace:agmt-9:start",
          subscription,
          command: "start",
          body: { tier: "startup", customer: "AWS account 123456789012" },
        },
        { id: "marketplace:agmt-9:verify", subscription, command: "verify", body: {} },
      ]);
    },
  );

  test("ends it with the agreement", () => {
    expect(requestsOf(event("Purchase Agreement Ended - Proposer", { status: "CANCELLED" }))).toEqual([
      { id: "marketplace:agmt-9:end", subscription, command: "end", body: {} },
    ]);
  });

  test.each([
    ["an agreement that is renewed", "Purchase Agreement Created - Proposer", { intent: "RENEW" }, undefined],
    ["an agreement that was renewed", "Purchase Agreement Ended - Proposer", { status: "RENEWED" }, undefined],
    ["an agreement that is amended", "Purchase Agreement Amended - Proposer", {}, undefined],
    ["another source", "Purchase Agreement Created - Proposer", { intent: "NEW" }, "aws.ec2"],
  ])("of %s changes nothing", (_, type, agreement, source) => {
    expect(requestsOf(event(type, agreement, source))).toEqual([]);
  });
});
