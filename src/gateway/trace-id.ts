import { hash } from "node:crypto";
import { headerValue } from "./request";
import type { ReceivedRequest } from "./routed-request";

/** `X-Amzn-Trace-Id` of a request: what came is kept, and what is missing is added from the request's id. */
export function traceIdOf(received: ReceivedRequest): string {
  let traceId = known.get(received);
  if (traceId === undefined) {
    traceId = newTraceId(received);
    known.set(received, traceId);
  }
  return traceId;
}

/** An event, a call and an answer say the same. */
const known = new WeakMap<ReceivedRequest, string>();

function newTraceId({ request, at, requestId }: ReceivedRequest): string {
  const came = headerValue(request.headers, "x-amzn-trace-id");
  const parts = came === undefined ? NO_PARTS : partsOf(came);
  const random = hash("sha256", requestId);
  const root = parts.get("root") ?? `1-${seconds(at)}-${random.slice(0, 24)}`;
  const parent = parts.get("parent");
  return `Root=${root};Parent=${parent ?? random.slice(-16)};Sampled=${parts.get("sampled") ?? (parent ? "1" : "0")}`;
}

const NO_PARTS: ReadonlyMap<string, string> = new Map();

const partsOf = (traceId: string): ReadonlyMap<string, string> =>
  new Map(
    traceId.split(";").map((part): [string, string] => {
      const [name = "", value = ""] = part.split("=");
      return [name.trim().toLowerCase(), value.trim()];
    }),
  );

const seconds = (at: number) =>
  Math.floor(at / 1000)
    .toString(16)
    .padStart(8, "0");

/** The part that goes to functions and backends where the client sent none. */
export const rootOf = (traceId: string): string => traceId.slice(0, traceId.indexOf(";"));
