import { z } from "zod";
import { problemOfSubscriptionId } from "../../vocabulary/identifier";
import { isObject } from "../../vocabulary/objects";
import type { Command, Request } from "../machine/command";

/** What API Gateway's REST proxy event has of a request, as far as it is read here. */
export interface ProxyEvent {
  readonly httpMethod: string;
  readonly path?: string;
  readonly pathParameters?: Readonly<Record<string, string | undefined>> | null;
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

/** A request that cannot be carried out, and all that is wrong with it. */
export interface WrongRequest {
  readonly status: 400 | 404;
  readonly problems: readonly string[];
}

/** Times are written as in `2026-11-30T12:00:00Z`. */
const time = z.iso.datetime({ error: 'must be a time in UTC such as "2026-11-30T12:00:00Z"' }).transform(Date.parse);
const tier = z.string({ error: "must be the id of a tier" }).min(1).max(64);
const noFields = z.strictObject({});
const report = z.strictObject({ occurredAt: time.optional() });

/** The bodies of the commands, by name. `openapi.ts` describes the same, and a test compares them. */
export const BODIES = {
  start: z.strictObject({
    tier,
    customer: z.string({ error: "must be what the customer is called" }).min(1).max(256),
  }),
  verify: noFields,
  move: z.strictObject({ tier, on: time.optional() }),
  suspend: report,
  resume: report,
  "payment-failed": report,
  "payment-recovered": report,
  rotate: z.strictObject({
    graceSeconds: z
      .int({ error: "must be a whole number of seconds" })
      .min(0)
      .max(90 * 86_400)
      .optional(),
    leaked: z.boolean({ error: "must be true or false" }).optional(),
  }),
  end: z.strictObject({ on: time.optional() }),
} as const;

export type CommandName = keyof typeof BODIES;

const isCommand = (name: string): name is CommandName => Object.hasOwn(BODIES, name);

/** The longest request id: AWS's and Stripe's are shorter. */
const LONGEST_REQUEST_ID = 200;

/** The command that a request is: `PUT …/{subscription}` starts, `POST …/{subscription}/{command}` is any other. */
export function readRequest(event: ProxyEvent): Request | WrongRequest {
  const { subscription = "", command: named = "" } = event.pathParameters ?? {};
  const name = event.httpMethod === "PUT" ? "start" : named;
  if (!isCommand(name) || (event.httpMethod === "POST" && name === "start"))
    return { status: 404, problems: [`unknown command; there are ${Object.keys(BODIES).slice(1).join(", ")}`] };
  const id = header(event, "idempotency-key");
  const body = jsonOf(event);
  const read = readWritten({ id, subscription, command: name, body: body === NOT_JSON ? {} : body });
  const problems = [
    ...("problems" in read ? read.problems : []),
    ...(body === NOT_JSON ? ["body: is not valid JSON"] : []),
  ].map((problem) => problem.replace(/^id:/, "header Idempotency-Key:"));
  if (problems.length > 0 || "problems" in read) return { status: 400, problems };
  return { ...read, id: `http:${read.id}` };
}

/** A request as the team's own code writes it, with the fields of the HTTP API's bodies. */
export interface WrittenRequest {
  /** The same for each repetition: `stripe:evt_…`. */
  readonly id: string;
  readonly subscription: string;
  readonly command: CommandName;
  /** @default - no fields */
  readonly body?: unknown;
}

/** Reads a request, or says all that is wrong with it. */
export function readWritten(written: unknown): Request | { readonly problems: readonly string[] } {
  const { id, subscription, command, body = {} } = isObject(written) ? written : {};
  const problems: string[] = [];
  const problem = problemOfSubscriptionId(typeof subscription === "string" ? subscription : "");
  if (problem !== undefined) problems.push(`subscription: ${problem}`);
  const isId = typeof id === "string" && /^[\x21-\x7e]+$/.test(id) && id.length <= LONGEST_REQUEST_ID;
  if (!isId)
    problems.push(
      `id: must be 1 to ${LONGEST_REQUEST_ID} visible characters, the same for each repetition of a request`,
    );
  if (typeof command !== "string" || !isCommand(command))
    return { problems: [...problems, `command: must be one of ${Object.keys(BODIES).join(", ")}`] };
  const read = BODIES[command].safeParse(body);
  for (const { path, message } of read.error?.issues ?? []) problems.push(`body${["", ...path].join(".")}: ${message}`);
  if (problems.length > 0 || !isId || !read.success) return { problems };
  return { id, subscription: String(subscription), command: commandOf(command, read.data) };
}

function commandOf(name: CommandName, fields: Readonly<Record<string, unknown>>): Command {
  const { graceSeconds, ...rest } = fields;
  const grace = typeof graceSeconds === "number" ? { grace: graceSeconds * 1_000 } : {};
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return { name, ...Object.fromEntries(given), ...grace } as unknown as Command;
}

const NOT_JSON = Symbol("not JSON");

function jsonOf({ body, isBase64Encoded }: ProxyEvent): unknown {
  if (!body) return {};
  try {
    return JSON.parse(isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body);
  } catch {
    return NOT_JSON;
  }
}

/** Names of headers come as the client wrote them. */
function header({ headers }: ProxyEvent, name: string): string | undefined {
  const entry = Object.entries(headers ?? {}).find(([each]) => each.toLowerCase() === name);
  return entry?.[1]?.trim() || undefined;
}
