import type { Agent } from "undici";
import type { HttpProxyIntegration } from "../../model/model";
import type { ContextVariables } from "../context-variables";
import type { Outcome } from "../gateway-responses";
import type { GatewayRequest, Header } from "../request";

/** Headers that concern one connection, and those that the gateway sets itself. */
const NOT_PASSED_ON: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** API Gateway keeps some headers of a backend under another name. */
const REMAPPED: ReadonlySet<string> = new Set(["connection", "content-length", "date", "server", "transfer-encoding"]);

const CONNECT_TIMEOUT_MILLISECONDS = 10_000;

/** Calls backends as API Gateway's HTTP_PROXY does: everything through, one way and the other. */
export class HttpProxy {
  private agent: Agent | undefined;

  /** @param backends other origins for some, by the origin that stands in the files: `https://backend.example.com` */
  constructor(private readonly backends: Readonly<Record<string, string>> = {}) {}

  async answer(
    integration: HttpProxyIntegration,
    request: GatewayRequest,
    variables: ContextVariables,
  ): Promise<Outcome> {
    const target = this.target(integration, request, variables);
    if (target === LEFT_PATH)
      return { type: "BAD_REQUEST_PARAMETERS", reason: `the request's path would leave ${integration.url}` };
    if (typeof target === "string") return { type: "API_CONFIGURATION_ERROR", reason: target };
    const { timeoutMilliseconds } = integration;
    const method = (integration.method ?? request.method) as "GET";
    try {
      // Loaded with the first call: who tests limits alone calls no backend.
      const { Agent, request: send } = await import("undici");
      this.agent ??= new Agent({ connect: { timeout: CONNECT_TIMEOUT_MILLISECONDS } });
      const answer = await send(target, {
        method,
        headers: this.headers(integration, request, variables).flat(),
        body: request.body.length > 0 ? request.body : null,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      const body = await bodyOf(answer.body);
      if (body === undefined) return { type: "DEFAULT_5XX", reason: `${target.origin} answered more than 10 MB` };
      return { status: answer.statusCode, headers: returned(answer.headers), body };
    } catch (error) {
      const { name, message } = error as Error;
      if (name === "TimeoutError" || name === "ConnectTimeoutError")
        return { type: "INTEGRATION_TIMEOUT", reason: `${target.origin} took longer than ${timeoutMilliseconds} ms` };
      const because = message || (error as NodeJS.ErrnoException).code || name;
      return {
        type: "INTEGRATION_FAILURE",
        message: "Network error communicating with endpoint",
        reason: `${target.origin} cannot be reached: ${because}; --backend ${target.origin}=http://… sends it elsewhere`,
      };
    }
  }

  /** Does not wait for backends that have not answered yet. */
  async close(): Promise<void> {
    await this.agent?.destroy();
  }

  private headers({ requestParameters }: HttpProxyIntegration, request: GatewayRequest, variables: ContextVariables) {
    const mapped = mappedTo("header", requestParameters, variables);
    const replaced = new Set(mapped.map(([name]) => name.toLowerCase()));
    const passed = request.headers.filter(([name]) => {
      const lowerCase = name.toLowerCase();
      return !NOT_PASSED_ON.has(lowerCase) && !replaced.has(lowerCase);
    });
    return [...passed, ...mapped, ["X-Forwarded-For", request.sourceIp] as const];
  }

  private target(
    { url, requestParameters }: HttpProxyIntegration,
    { query }: GatewayRequest,
    variables: ContextVariables,
  ): URL | string {
    const filled = url
      .replace(/\$\{(stageVariables\.[\w-]+)\}/g, (_, name: string) => variables(name) ?? "")
      .replace(/\{([\w.-]+)\+?\}/g, (_, name: string) => {
        const from = requestParameters[`integration.request.path.${name}`] ?? `method.request.path.${name}`;
        const value = mappedValue(from, variables) ?? "";
        // A part of the path is still encoded as it came.
        return from.startsWith("method.request.path.") ? value : encodeURIComponent(value);
      });
    let target: URL;
    try {
      target = new URL(filled);
      if (leavesPath(url, filled, variables)) return LEFT_PATH;
    } catch {
      return `"${filled}" is not the URL of a backend`;
    }
    for (const [name, value] of mappedTo("querystring", requestParameters, variables))
      target.searchParams.set(name, value);
    if (query !== "") target.search = target.search === "" ? `?${query}` : `${target.search}&${query}`;
    const other = this.backends[target.origin];
    return other === undefined ? target : new URL(target.pathname + target.search, other);
  }
}

/** API Gateway's largest answer. */
const LARGEST_ANSWER_BYTES = 10 * 1_024 * 1_024;

/** What a backend answers; `undefined` where that is too much. */
async function bodyOf(body: AsyncIterable<Uint8Array> & { destroy(): unknown }): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > LARGEST_ANSWER_BYTES) {
      body.destroy();
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

const LEFT_PATH = "left the path";

/**
 * Whether a parameter of the path leads out of the path that the integration names, by `..` in any spelling that a backend may
 * resolve: plain, encoded, or behind a backslash.
 */
function leavesPath(url: string, filled: string, variables: ContextVariables): boolean {
  const withStage = url.replace(/\$\{(stageVariables\.[\w-]+)\}/g, (_, name: string) => variables(name) ?? "");
  const own = segmentsOf(withStage);
  if (segmentsOf(filled).some((segment) => isDots(segment) && !own.includes(segment))) return true;
  const neutral = withStage.replace(/\{[\w.-]+\+?\}/g, "x");
  return !URL.canParse(neutral) || new URL(neutral).origin !== new URL(filled).origin;
}

const segmentsOf = (url: string) => (url.split(/[?#]/, 1)[0] ?? "").split(/[/\\]|%2f|%5c/i);
const isDots = (segment: string) => /^(\.|%2e|%252e){1,2}$/i.test(segment);

/** What a request's parameters are mapped to, by name. */
function mappedTo(
  kind: "header" | "querystring",
  requestParameters: Readonly<Record<string, string>>,
  variables: ContextVariables,
): Header[] {
  const prefix = `integration.request.${kind}.`;
  return Object.entries(requestParameters).flatMap(([to, from]): Header[] => {
    const value = mappedValue(from, variables);
    return to.startsWith(prefix) && value !== undefined ? [[to.slice(prefix.length), value]] : [];
  });
}

/** A fixed text stands between single quotes; anything else is a variable. */
const mappedValue = (from: string, variables: ContextVariables) => /^'(.*)'$/s.exec(from)?.[1] ?? variables(from);

function returned(headers: Readonly<Record<string, string | string[] | undefined>>): Header[] {
  return Object.entries(headers).flatMap(([name, values]) =>
    [values ?? []].flat().map((value): Header => {
      return REMAPPED.has(name.toLowerCase()) ? [`x-amzn-remapped-${name}`, value] : [name, value];
    }),
  );
}
