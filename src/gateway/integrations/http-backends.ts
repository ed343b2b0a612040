import type { Agent } from "undici";
import type { HttpIntegration, Mapping } from "../../model/model";
import { FIXED_LIMITS } from "../../vocabulary/aws-limits";
import { contextVariables } from "../context-variables";
import type { GatewayError, Outcome } from "../gateway-responses";
import { answeredHeaders, illegalHeader, isDroppedFromRequest } from "../passed-headers";
import { type Header, headerValue } from "../request";
import type { RoutedRequest } from "../routed-request";
import { rootOf, traceIdOf } from "../trace-id";
import { Exchange, mappedTo, misconfigured } from "./exchange";
import { targetOf } from "./http-target";
import type { ServiceCall } from "./services";

/** Headers of the request that a proxy does not pass on, unless they are mapped. */
const NOT_PASSED_ON: ReadonlySet<string> = new Set([
  "content-encoding",
  "host",
  "keep-alive",
  "proxy-authorization",
  "via",
]);
/** Headers that never reach a backend, mapped or not. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "te",
  "upgrade",
]);

const CONNECT_TIMEOUT_MILLISECONDS = 10_000;

interface BackendAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

interface BackendCall {
  readonly target: URL;
  readonly method: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array | string;
}

/** Calls backends as API Gateway's HTTP and HTTP_PROXY integrations do. */
export class HttpBackends {
  private agent: Agent | undefined;

  /** @param backends other origins for some, by the origin that stands in the files: `https://backend.example.com` */
  constructor(private readonly backends: Readonly<Record<string, string>> = {}) {}

  answer(integration: HttpIntegration, routed: RoutedRequest): Promise<Outcome> {
    const { mapping } = integration;
    return mapping === undefined
      ? this.proxied(integration, routed)
      : Exchange.run(() => this.mapped(integration, mapping, routed));
  }

  /** Calls an AWS service at an emulator. */
  answerOfService({ integration, headers }: ServiceCall, mapping: Mapping, routed: RoutedRequest): Promise<Outcome> {
    return Exchange.run(() => this.mapped(integration, mapping, routed, headers));
  }

  /** Does not wait for backends that have not answered yet. */
  async close(): Promise<void> {
    await this.agent?.destroy();
  }

  /** Everything through, one way and the other. */
  private async proxied(integration: HttpIntegration, routed: RoutedRequest): Promise<Outcome> {
    const { request } = routed;
    const { requestParameters } = integration;
    const variables = contextVariables(routed);
    const mapped = mappedTo("header", requestParameters, variables);
    const names = new Set(mapped.map(([name]) => name.toLowerCase()));
    const passed = request.headers.filter(([name]) => {
      const lowerCase = name.toLowerCase();
      return !isDroppedFromRequest(lowerCase) && !NOT_PASSED_ON.has(lowerCase) && !names.has(lowerCase);
    });
    const parts = {
      path: mappedTo("path", requestParameters, variables),
      query: request.query,
      mappedQuery: mappedTo("querystring", requestParameters, variables),
    };
    const answer = await this.call(integration, routed, mapped, () => {
      const target = targetOf(integration, parts, variables);
      if ("type" in target) return target;
      const method = integration.method ?? request.method;
      return { target, method, headers: [...passed, ...mapped], body: request.body };
    });
    if ("type" in answer) return answer;
    return { status: answer.status, headers: answeredHeaders(answer.headers), body: answer.body };
  }

  private async mapped(
    integration: HttpIntegration,
    mapping: Mapping,
    routed: RoutedRequest,
    added: readonly Header[] = [],
  ): Promise<Outcome> {
    const { request } = routed;
    const { requestParameters } = integration;
    const exchange = new Exchange(routed);
    const body = exchange.requestBody(mapping);
    if (typeof body !== "string") return body;
    const mapped = exchange.parameters("header", requestParameters);
    const headers = [...added.filter(([name]) => headerValue(mapped, name) === undefined), ...mapped];
    const parts = {
      path: exchange.parameters("path", requestParameters),
      query: "",
      mappedQuery: exchange.parameters("querystring", requestParameters),
    };
    const answer = await this.call(integration, routed, mapped, () => {
      const target = targetOf(integration, parts, exchange.variables);
      if ("type" in target) return target;
      const method = integration.method ?? request.method;
      return { target, method, headers, body: /^(GET|HEAD|OPTIONS)$/.test(method) ? "" : body };
    });
    if ("type" in answer) return answer;
    return exchange.answer(mapping.responses, { ...answer, selection: String(answer.status) });
  }

  private async call(
    { timeoutMilliseconds, needsBackend }: HttpIntegration,
    routed: RoutedRequest,
    mapped: readonly Header[],
    prepare: () => BackendCall | GatewayError,
  ): Promise<BackendAnswer | GatewayError> {
    const illegal = illegalHeader(mapped, "http");
    if (illegal !== undefined) return misconfigured(`a mapping sets ${illegal}, which API Gateway sets itself`);
    const call = prepare();
    if ("type" in call) return call;
    const { target, method, headers, body } = call;
    const other = this.backends[target.origin];
    if (needsBackend && other === undefined)
      return misconfigured(
        `${target.origin} is behind a VPC link, or known only after a deploy; --backend ${target.origin}=http://… sends it to another backend`,
      );
    try {
      // Loaded with the first call: who tests limits alone calls no backend.
      const { Agent, request: send } = await import("undici");
      this.agent ??= new Agent({ connect: { timeout: CONNECT_TIMEOUT_MILLISECONDS } });
      const answer = await send(other === undefined ? target : new URL(target.pathname + target.search, other), {
        method: method as "GET",
        headers: sentHeaders(headers, routed).flat(),
        body: body.length > 0 ? body : null,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
      const received = await bodyOf(answer.body);
      if (received === undefined) return { type: "DEFAULT_5XX", reason: `${target.origin} answered more than 10 MB` };
      return { status: answer.statusCode, headers: headersOf(answer.headers), body: received };
    } catch (error) {
      return failureOf(error as Error, target, timeoutMilliseconds);
    }
  }
}

/** The headers of a call, with those that API Gateway adds. */
function sentHeaders(headers: readonly Header[], routed: RoutedRequest): Header[] {
  const { request } = routed;
  const sent = headers.filter(([name]) => {
    const lowerCase = name.toLowerCase();
    return !NEVER_SENT.has(lowerCase) && !SET.has(lowerCase);
  });
  const has = (name: string) => headerValue(sent, name) !== undefined;
  const type = headerValue(request.headers, "content-type");
  return [
    ...sent,
    ...(has("accept") ? [] : [["Accept", "application/json"] as const]),
    ...(has("user-agent") ? [] : [["User-Agent", `AmazonAPIGateway_${request.api}`] as const]),
    ...(has("content-type") || type === undefined || /^(GET|HEAD|OPTIONS)$/.test(request.method)
      ? []
      : [["Content-Type", type] as const]),
    ["X-Amzn-Apigateway-Api-Id", request.api],
    ["X-Amzn-Trace-Id", rootOf(traceIdOf(routed))],
    ["X-Forwarded-For", request.sourceIp],
  ];
}

/** API Gateway sets them itself. */
const SET: ReadonlySet<string> = new Set(["x-amzn-apigateway-api-id", "x-amzn-trace-id"]);

/** What a backend answers; `undefined` where that is too much. */
async function bodyOf(body: AsyncIterable<Uint8Array> & { destroy(): unknown }): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > FIXED_LIMITS.payloadBytes) {
      body.destroy();
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

const headersOf = (headers: Readonly<Record<string, string | string[] | undefined>>): Header[] =>
  Object.entries(headers).flatMap(([name, values]) => [values ?? []].flat().map((value): Header => [name, value]));

function failureOf(error: Error, { origin }: URL, timeoutMilliseconds: number): GatewayError {
  const { name, message } = error;
  if (name === "TimeoutError" || name === "ConnectTimeoutError")
    return { type: "INTEGRATION_TIMEOUT", reason: `${origin} took longer than ${timeoutMilliseconds} ms` };
  const because = message || (error as NodeJS.ErrnoException).code || name;
  return {
    type: "INTEGRATION_FAILURE",
    message: "Network error communicating with endpoint",
    reason: `${origin} cannot be reached: ${because}; --backend ${origin}=http://… sends it to another backend`,
  };
}
