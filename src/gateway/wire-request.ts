import type { IncomingMessage } from "node:http";
import { FIXED_LIMITS } from "../vocabulary/aws-limits";
import type { CustomDomains } from "./custom-domains";
import type { GatewayRequest, Header, PlainRequest } from "./request";

export const NO_BODY = new Uint8Array();

/** The headers of a request, and what the server itself asks of them. */
export interface Head {
  /** As they came, in their order, repeated ones too. */
  readonly headers: readonly Header[];
  readonly host: string | undefined;
  /** Two names of one server: who is asked for the first one could take the second one for granted. */
  readonly hasSeveralHosts: boolean;
  readonly hasBody: boolean;
}

/** Reads the headers in one pass. Node's own `headers` would be a second one, for each request. */
export function headOf({ rawHeaders }: IncomingMessage): Head {
  const headers: Header[] = [];
  let host: string | undefined;
  let hasSeveralHosts = false;
  let hasBody = false;
  for (let position = 0; position + 1 < rawHeaders.length; position += 2) {
    const name = rawHeaders[position] as string;
    const value = rawHeaders[position + 1] as string;
    headers.push([name, value]);
    switch (name.length) {
      case "host".length:
        if (name.toLowerCase() !== "host") break;
        hasSeveralHosts ||= host !== undefined;
        host ??= value;
        break;
      case "content-length".length:
      case "transfer-encoding".length:
        hasBody ||= /^(content-length|transfer-encoding)$/i.test(name);
    }
  }
  return { headers, host, hasSeveralHosts, hasBody };
}

/** The bytes of a body, whatever the headers say of their type. */
export async function bodyOf(request: IncomingMessage): Promise<Uint8Array | "too large" | "aborted"> {
  const { "content-length": length } = request.headers;
  if (Number(length ?? 0) > FIXED_LIMITS.payloadBytes) return "too large";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    // Ending the loop early must not destroy the connection, which still carries the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > FIXED_LIMITS.payloadBytes) return "too large";
      chunks.push(chunk);
    }
  } catch {
    return "aborted";
  }
  return Buffer.concat(chunks, bytes);
}

export function plainRequest(request: IncomingMessage, { headers }: Head, body: Uint8Array): PlainRequest {
  const { method = "GET", url: target = "/" } = request;
  const sourceIp = request.socket.remoteAddress ?? "";
  // A proxy's clients name the whole URL.
  const url = target.startsWith("/") ? target : target.replace(/^[a-z]+:\/\/[^/?#]*/i, "");
  const question = url.indexOf("?");
  const path = (question < 0 ? url : url.slice(0, question)) || "/";
  const query = question < 0 ? "" : url.slice(question + 1);
  return { method, path, query, headers, body, sourceIp, protocol: `HTTP/${request.httpVersion}` };
}

export const isForStage = (request: PlainRequest | GatewayRequest): request is GatewayRequest => "stage" in request;

/** Under it the stages of a custom domain name answer to any Host: `/_domains/api.example.com/v1/pets`. */
const DOMAINS_PATH = "/_domains/";

/** A path that begins with an API and a stage is a request to that stage. */
export function stageRequest(plain: PlainRequest, domains: CustomDomains): PlainRequest | GatewayRequest | undefined {
  const { method, path, query, headers, body, sourceIp, protocol } = plain;
  if (path.startsWith(DOMAINS_PATH)) {
    const [name = "", ...rest] = path.slice(DOMAINS_PATH.length).split("/");
    return domains.directed(name, { ...plain, path: `/${rest.join("/")}` });
  }
  const endOfApi = path.indexOf("/", 1);
  const api = path.slice(1, endOfApi);
  const nextSlash = path.indexOf("/", endOfApi + 1);
  const endOfStage = nextSlash < 0 ? path.length : nextSlash;
  const stage = path.slice(endOfApi + 1, endOfStage);
  if (endOfApi < 0 || stage === "" || !/^[A-Za-z0-9]/.test(api)) return plain;
  // Not by "...plain", which takes longer than all else here.
  return { method, path: path.slice(endOfStage) || "/", query, headers, body, sourceIp, protocol, api, stage };
}
