import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { jsonAnswer, Refusal } from "./lib/json-answer";
import { jsonBody } from "./lib/json-body";

interface Meditation {
  readonly id: string;
  readonly text: string;
  readonly author?: string;
}

const MAX_TEXT = 500;
const MAX_AUTHOR = 100;
/** Room for the longest text and author with every character written as a pair of `\uXXXX`. */
const MAX_BODY_BYTES = 8_192;
const MAX_KEPT = 1_000;
const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 50;

const MARCUS_AURELIUS = "Marcus Aurelius";

/** Newest first. Each execution environment has its own, and forgets it: a sample needs no table. */
const meditations: Meditation[] = [
  { id: "10.16", text: "Stop debating what a good person is like. Be one.", author: MARCUS_AURELIUS },
  {
    id: "6.21",
    text: "Show me that I am wrong and I will gladly change; I am after the truth.",
    author: MARCUS_AURELIUS,
  },
  { id: "5.20", text: "What stands in the way of the work becomes part of the work.", author: MARCUS_AURELIUS },
  { id: "4.3", text: "Look within for the quiet place to which you would retreat.", author: MARCUS_AURELIUS },
  { id: "2.1", text: "This morning, expect to meet the ungrateful and the rude.", author: MARCUS_AURELIUS },
];

type Route = (event: APIGatewayProxyEvent) => APIGatewayProxyResult;

/** By resource, as API Gateway names it, and method. */
const ROUTES: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  "/meditations": { GET: list, POST: create },
  "/meditations/{id}": { GET: get },
};

/** The sample's API: lists meditations, gets one, and takes new ones. */
export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const answer = answerTo(event);
  return event.httpMethod === "HEAD" ? { ...answer, body: "" } : answer;
}

function answerTo(event: APIGatewayProxyEvent): APIGatewayProxyResult {
  try {
    return routeOf(event.resource, event.httpMethod === "HEAD" ? "GET" : event.httpMethod)(event);
  } catch (error) {
    if (error instanceof Refusal) return error.toAnswer();
    throw error;
  }
}

function routeOf(resource: string, method: string): Route {
  const routes = ROUTES[resource];
  if (routes === undefined) throw new Refusal(404, `There is no ${resource}`);
  const route = routes[method];
  if (route !== undefined) return route;
  const allowed = Object.keys(routes).flatMap((name) => (name === "GET" ? ["GET", "HEAD"] : [name]));
  throw new Refusal(405, `${resource} knows ${allowed.join(", ")}, not ${method}`, { Allow: allowed.join(", ") });
}

function list({ queryStringParameters }: APIGatewayProxyEvent): APIGatewayProxyResult {
  const written = queryStringParameters?.limit ?? String(DEFAULT_LIMIT);
  const limit = /^\d+$/.test(written) ? Number(written) : Number.NaN;
  if (!(limit >= 1 && limit <= MAX_LIMIT))
    throw new Refusal(400, `limit must be a whole number from 1 to ${MAX_LIMIT}, not ${JSON.stringify(written)}`);
  return jsonAnswer(200, { items: meditations.slice(0, limit) });
}

function get({ pathParameters }: APIGatewayProxyEvent): APIGatewayProxyResult {
  const meditation = meditations.find(({ id }) => id === pathParameters?.id);
  if (meditation === undefined) throw new Refusal(404, `There is no meditation ${JSON.stringify(pathParameters?.id)}`);
  return jsonAnswer(200, meditation);
}

function create(event: APIGatewayProxyEvent): APIGatewayProxyResult {
  const meditation = { id: randomUUID(), ...checked(jsonBody(event, MAX_BODY_BYTES)) };
  meditations.unshift(meditation);
  meditations.length = Math.min(meditations.length, MAX_KEPT);
  // The path as the caller wrote it, with the stage or the domain's base path in front.
  const path = (event.requestContext?.path ?? event.path).replace(/\/+$/, "");
  return jsonAnswer(201, meditation, { Location: `${path}/${meditation.id}` });
}

function checked(body: unknown): Omit<Meditation, "id"> {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new Refusal(400, 'The body must be an object such as {"text":"…","author":"…"}');
  const { text, author, ...others } = body as Readonly<Record<string, unknown>>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new Refusal(400, `There is no field ${JSON.stringify(unknown)}; write text and author`);
  return {
    text: checkedText("text", text, MAX_TEXT),
    ...(author === undefined ? {} : { author: checkedText("author", author, MAX_AUTHOR) }),
  };
}

function checkedText(field: string, written: unknown, maxLength: number): string {
  const text = typeof written === "string" ? written.trim() : "";
  // By code points: a caller counts an emoji as one character.
  const length = [...text].length;
  if (length >= 1 && length <= maxLength) return text;
  throw new Refusal(400, `${field} must be a string of 1 to ${maxLength} characters`);
}
