import { z } from "zod";
import { BODIES, type CommandName } from "./read-request";

type Node = Readonly<Record<string, unknown>>;

/** What each command is for. */
const SUMMARIES: Readonly<Record<CommandName, string>> = {
  start: "Starts a subscription, or answers again what the same request was answered.",
  verify: "Says that the customer is who they say; the subscription gets its key.",
  move: "Moves to another tier: up at once, down at the end of the month, or at a time.",
  suspend: "Disables the keys, whatever was paid.",
  resume: "Takes a suspension back.",
  "payment-failed": "Says that a payment failed: the keys work until the time of grace is over.",
  "payment-recovered": "Says that it is paid: the keys work, unless the subscription is suspended.",
  rotate: "Makes another key. The old one works for a time of grace, or stops before, where it has leaked.",
  end: "Ends the subscription, at once or at a time.",
};

const string = { type: "string" };
const boolean = { type: "boolean" };
const time = { type: "string", format: "date-time" };

const object = (properties: Node, required: readonly string[], description?: string): Node => ({
  type: "object",
  ...(description === undefined ? {} : { description }),
  properties,
  required,
  additionalProperties: false,
});

/** What `shown` gives. */
const subscription = object(
  {
    subscription: { ...string, description: "Its id." },
    customer: string,
    state: { type: "string", enum: ["pending", "active", "ended"], description: "Pending until it is verified." },
    tier: string,
    works: { ...boolean, description: "Whether its keys are to work now." },
    suspended: boolean,
    payment: { type: "string", enum: ["paid", "past-due", "unpaid"] },
    startedAt: time,
    verifyBy: time,
    paymentDueBy: { ...time, description: "When the keys stop, if it is not paid by then." },
    endsOn: time,
    endedAt: time,
    pendingTier: object({ tier: string, on: time }, ["tier", "on"]),
    keys: {
      type: "array",
      description: "The keys that are not retired.",
      items: object(
        {
          name: string,
          id: { ...string, description: "The id in AWS, by which access logs name it." },
          works: boolean,
          missing: { ...boolean, description: "Somebody deleted it in AWS: rotate." },
          from: time,
          worksUntil: { ...time, description: "When a key that was replaced stops." },
        },
        ["name", "works", "from"],
      ),
    },
    keyValue: {
      ...string,
      description: "The value of the key that this request asked for. It is in one answer only: keep it, or rotate.",
    },
  },
  ["subscription", "customer", "state", "tier", "works", "suspended", "payment", "startedAt", "keys"],
);

const json = (schema: string, description: string): Node => ({
  description,
  content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } },
});

const ANSWERS = {
  200: json("Subscription", "It is done."),
  202: json(
    "Subscription",
    "It is accepted, and done soon; the same request again says when, with the value if there is one.",
  ),
};
const REFUSALS = {
  400: json("Problem", "The request is wrong."),
  404: json("Problem", "There is no such subscription, or no such command."),
};
const CHANGES = {
  ...ANSWERS,
  ...REFUSALS,
  409: json("Problem", "The subscription is not in a state for it."),
  422: json("Problem", "The Idempotency-Key was used for another command."),
  503: json("Problem", "It could not be carried out to its end; send it again, with the same Idempotency-Key."),
};

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description: "The same for each repetition of a request, and another for each request. It is remembered for 30 days.",
  schema: { type: "string", minLength: 1, maxLength: 200 },
};
const SUBSCRIPTION = { name: "subscription", in: "path", required: true, schema: { type: "string", maxLength: 128 } };

/** The HTTP API of the self-service as an OpenAPI document. The bodies are those that the function itself checks. */
export function selfServiceOpenApi(): Node {
  const commands = (Object.keys(BODIES) as CommandName[]).filter((name) => name !== "start");
  const command = { name: "command", in: "path", required: true, schema: { type: "string", enum: commands } };
  const operation = (operationId: string, summary: string, bodies: readonly Node[]) => ({
    operationId,
    summary,
    parameters: [IDEMPOTENCY_KEY],
    requestBody: { content: { "application/json": { schema: bodies.length === 1 ? bodies[0] : { anyOf: bodies } } } },
    responses: CHANGES,
  });
  return {
    openapi: "3.0.3",
    info: { title: "Subscriptions", version: "1", description: "Customers who sign up without a deploy." },
    paths: {
      "/subscriptions/{subscription}": {
        parameters: [SUBSCRIPTION],
        get: {
          operationId: "findSubscription",
          summary: "Says what a subscription is now.",
          responses: { 200: ANSWERS[200], 404: REFUSALS[404] },
        },
        put: operation("startSubscription", SUMMARIES.start, [bodyOf("start")]),
      },
      "/subscriptions/{subscription}/{command}": {
        parameters: [SUBSCRIPTION, command],
        post: operation("changeSubscription", "Does what the command says.", commands.map(bodyOf)),
      },
    },
    components: {
      schemas: {
        Subscription: subscription,
        Problem: object({ code: string, message: { ...string, description: "What is wrong, and what to do." } }, [
          "message",
        ]),
      },
    },
  };
}

function bodyOf(name: CommandName): Node {
  const { $schema: _, ...schema } = z.toJSONSchema(BODIES[name], { target: "openapi-3.0", io: "input" });
  return { title: name, description: SUMMARIES[name], ...schema };
}
