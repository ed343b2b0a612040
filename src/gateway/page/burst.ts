import { z } from "zod";
import type { ApiModel, KeyModel, RouteModel } from "../../model/model";
import { printable } from "../../text/printable";
import type { LocalGateway } from "../local-gateway";
import type { GatewayRequest, Header } from "../request";

const LARGEST = 1_000;
/** Requests of a burst that wait for their answers together. */
const TOGETHER = 50;

const burst = z.strictObject({
  /** The key's id; `null` for requests without a key. */
  key: z.string().nullable(),
  /** The API's slug. */
  api: z.string(),
  stage: z.string(),
  /** `GET /pets`. */
  route: z.string(),
  count: z.number().int().min(1).max(LARGEST),
  /** Value of the `Authorization` header. @default - none */
  authorization: z.string().max(8_192).optional(),
});

export type Burst = z.infer<typeof burst>;

/** @throws Error for what is not a burst */
export function burstOf(body: Uint8Array): Burst {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(body).toString());
  } catch {
    throw new Error("the body is not valid JSON");
  }
  const { data, error } = burst.safeParse(json);
  if (data) return data;
  throw new Error(error.issues.map(({ path, message }) => `${path.join(".") || "the burst"}: ${message}`).join("; "));
}

/**
 * Sends a request many times, with the local key of a customer, which never leaves the server.
 *
 * @param now milliseconds since the epoch
 * @returns how many had each status
 * @throws Error for a customer, a route or a stage that is not served
 */
export async function sendBurst(
  local: LocalGateway,
  { key: id, api: slug, stage, route: routeKey, count, authorization }: Burst,
  now: () => number,
): Promise<Readonly<Record<string, number>>> {
  const key = local.model.keys.find((each) => each.id === id);
  if (id !== null && !key) throw new Error(`there is no customer ${printable(id)}`);
  const api = local.model.apis.find((each) => each.slug === slug);
  const route = api?.routes.find((each) => each.key === routeKey);
  if (!api || !route || !api.stages.some(({ name }) => name === stage))
    throw new Error(`there is no route ${printable(`${routeKey} on ${slug}/${stage}`)}`);
  const request = requestTo(api, stage, route, headersFor(local, key, authorization));
  const statuses: Record<string, number> = {};
  for (let sent = 0; sent < count; sent += TOGETHER) {
    const together = Array.from({ length: Math.min(TOGETHER, count - sent) }, () =>
      local.gateway.handle(request, now()),
    );
    for (const { status } of await Promise.all(together)) statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return statuses;
}

function headersFor(local: LocalGateway, key: KeyModel | undefined, authorization: string | undefined): Header[] {
  return [
    ["Host", "localhost"],
    ["Accept", "*/*"],
    ["User-Agent", "api-tiers"],
    ...(key ? [["x-api-key", local.keyValue(key)] as const] : []),
    ...(authorization ? [["Authorization", authorization] as const] : []),
  ];
}

/** A request that a route takes as far as its declaration says what it needs. */
function requestTo(api: ApiModel, stage: string, route: RouteModel, given: readonly Header[]): GatewayRequest {
  const headers = [...given];
  const method = route.method === "ANY" ? "GET" : route.method;
  const hasBody = method === "POST" || method === "PUT" || method === "PATCH";
  if (hasBody) headers.push(["Content-Type", "application/json"]);
  const query = new URLSearchParams();
  for (const [name, isRequired] of Object.entries(route.requestParameters)) {
    const [, place, parameter] = /^method\.request\.(querystring|header)\.(.+)$/.exec(name) ?? [];
    if (!isRequired || parameter === undefined) continue;
    if (place === "querystring") query.set(parameter, "1");
    else if (parameter.toLowerCase() !== "authorization") headers.push([parameter, "1"]);
  }
  return {
    api: api.slug,
    stage,
    method,
    path: route.path.replace(/\{[^}]*\}/g, "1"),
    query: query.toString(),
    headers,
    body: Buffer.from(hasBody ? "{}" : ""),
    sourceIp: "127.0.0.1",
    protocol: "HTTP/1.1",
  };
}
