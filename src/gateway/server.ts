import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { printable } from "../text/printable";
import { FIXED_LIMITS } from "../vocabulary/aws-limits";
import { isAllowedHost } from "./allowed-host";
import type { CustomDomains } from "./custom-domains";
import { type Gateway, TOO_LARGE } from "./gateway";
import {
  type GatewayAnswer,
  type GatewayRequest,
  type Header,
  headerValue,
  type PlainRequest,
  type StreamedAnswer,
} from "./request";

type OwnAnswer = GatewayAnswer | StreamedAnswer;

export interface ServerOptions {
  /** What answers under `/<api>/<stage>/…`; asked for each request, so that it can be replaced. */
  readonly gateway: () => Gateway;
  /** What answers anywhere else; slugs of APIs begin with a letter or a digit, so `/_…` is free for it. */
  readonly elsewhere: (request: PlainRequest) => OwnAnswer | Promise<OwnAnswer>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /**
   * Names by which the server may be called, besides localhost and IP addresses.
   * @default - none
   */
  readonly allowedHosts?: readonly string[];
}

/**
 * How long a connection stays open without a request, in milliseconds. Node's own 5 seconds end before those of common
 * clients and proxies, which would then send a request on a connection that is being closed.
 */
const KEEP_ALIVE_MILLISECONDS = 72_000;

/** The gateway on a socket: the only file that knows HTTP's wire. */
export class GatewayServer {
  private readonly http: Server;

  constructor(private readonly options: ServerOptions) {
    this.http = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLISECONDS }, (request, response) => {
      this.answer(request, response).catch(() => {
        if (response.headersSent) response.destroy();
        else send(response, INTERNAL_ERROR, "close");
      });
    });
    this.http.on("clientError", answerMalformed);
    // After it listens, an error concerns one connection, which is closed.
    this.http.on("error", () => {});
  }

  /**
   * @param port 0 for any that is free
   * @throws Error for a port that is in use, or a host that is not this machine's
   */
  async listen(port: number, host: string): Promise<string> {
    try {
      this.http.listen({ port, host });
      await once(this.http, "listening");
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const reasons: Readonly<Record<string, string>> = {
        EADDRINUSE: `port ${port} of ${host} is in use; choose another by --port, or 0 for any that is free`,
        EACCES: `port ${port} is not for everybody; choose one above 1023 by --port`,
        EADDRNOTAVAIL: `${host} is not an address of this machine; choose another by --host`,
      };
      throw new Error(reasons[code ?? ""] ?? `cannot listen on port ${port} of ${host}: ${message}`);
    }
    const { port: bound } = this.http.address() as AddressInfo;
    return `http://${host.includes(":") ? `[${host}]` : host}:${bound}`;
  }

  /** Ends all connections, those with an unanswered request too. */
  async close(): Promise<void> {
    if (!this.http.listening) return;
    const closed = once(this.http, "close");
    this.http.close();
    this.http.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { elsewhere, gateway, now, allowedHosts = [] } = this.options;
    const { host } = request.headers;
    const { domains } = gateway();
    const domain = host !== undefined && domains.has(host) ? host : undefined;
    // A custom domain name leads to its stages alone, never to pages of our own.
    if (domain === undefined && !isAllowedHost(host, allowedHosts)) {
      send(response, foreignHost(host ?? ""), "close");
      return;
    }
    const body = await bodyOf(request);
    if (body === "aborted") return;
    const plain = plainRequest(request, body === "too large" ? NO_BODY : body);
    const received = domain === undefined ? stageRequest(plain, domains) : domains.directed(domain, plain);
    if (received === undefined) {
      send(response, FORBIDDEN, "close");
      return;
    }
    if (body !== "too large") {
      const answer = isForStage(received) ? await gateway().handle(received, now()) : await elsewhere(received);
      if ("begin" in answer) stream(response, answer);
      else send(response, answer);
    }
    // The rest of the body is not read, so nothing else can come on this connection.
    else if (isForStage(received)) send(response, gateway().refuse(received, now(), TOO_LARGE), "close");
    else send(response, BODY_TOO_LARGE, "close");
  }
}

const JSON_TYPE: Header = ["Content-Type", "application/json"];
const plainError = (status: number, message: string): GatewayAnswer => ({
  status,
  headers: [JSON_TYPE],
  body: JSON.stringify({ message }),
});
const foreignHost = (host: string) =>
  plainError(
    403,
    `This gateway is not called ${printable(host)}; call it by localhost or an IP address, or start it with --allowed-host ${printable(host)}`,
  );
/** What AWS answers where a base path leads nowhere. */
const FORBIDDEN: GatewayAnswer = {
  ...plainError(403, "Forbidden"),
  headers: [JSON_TYPE, ["x-amzn-ErrorType", "ForbiddenException"]],
};
const BODY_TOO_LARGE = plainError(413, "Request body is too large");
const INTERNAL_ERROR = plainError(500, "Internal server error");
const NO_BODY = new Uint8Array();

/** The bytes of a body, whatever the headers say of their type. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | "too large" | "aborted"> {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  if (length === undefined && encoding === undefined) return NO_BODY;
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

function plainRequest(request: IncomingMessage, body: Uint8Array): PlainRequest {
  const { method = "GET", url: target = "/", rawHeaders } = request;
  const sourceIp = request.socket.remoteAddress ?? "";
  // A proxy's clients name the whole URL.
  const url = target.startsWith("/") ? target : target.replace(/^[a-z]+:\/\/[^/?#]*/i, "");
  const question = url.indexOf("?");
  const path = (question < 0 ? url : url.slice(0, question)) || "/";
  const query = question < 0 ? "" : url.slice(question + 1);
  const headers: Header[] = [];
  for (let position = 0; position + 1 < rawHeaders.length; position += 2)
    headers.push([rawHeaders[position] ?? "", rawHeaders[position + 1] ?? ""]);
  return { method, path, query, headers, body, sourceIp, protocol: `HTTP/${request.httpVersion}` };
}

const isForStage = (request: PlainRequest | GatewayRequest): request is GatewayRequest => "stage" in request;

/** Under it the stages of a custom domain name answer to any Host: `/_domains/api.example.com/v1/pets`. */
const DOMAINS_PATH = "/_domains/";

/** A path that begins with an API and a stage is a request to that stage. */
function stageRequest(plain: PlainRequest, domains: CustomDomains): PlainRequest | GatewayRequest | undefined {
  const { path } = plain;
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
  return { ...plain, api, stage, path: path.slice(endOfStage) || "/" };
}

function send(response: ServerResponse, { status, headers, body }: GatewayAnswer, connection?: "close"): void {
  const hasBody = status !== 204 && status !== 304;
  const written: string[] = [];
  for (const [name, value] of headers) written.push(name, value);
  if (hasBody && headerValue(headers, "content-length") === undefined)
    written.push("Content-Length", String(Buffer.byteLength(body)));
  if (connection) written.push("Connection", connection);
  try {
    response.writeHead(status, written);
  } catch {
    // What a backend or a function wrote is not a header or a status that HTTP can carry.
    response.writeHead(502, ["Content-Type", "application/json", "x-amzn-ErrorType", "InternalServerErrorException"]);
    response.end(JSON.stringify({ message: "Internal server error" }));
    return;
  }
  // A text goes out in one piece with the headers.
  response.end(hasBody ? body : undefined);
}

/** How much is kept for a client that does not read, in bytes. */
const MOST_UNREAD = 1024 * 1024;

function stream(response: ServerResponse, { headers, begin }: StreamedAnswer): void {
  if (response.destroyed) return;
  response.writeHead(200, headers.flat());
  response.flushHeaders();
  const end = begin((text) => {
    response.write(text);
    if (response.writableLength > MOST_UNREAD) response.destroy();
  });
  response.once("close", end);
}

/** Bytes that are not HTTP. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    { HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large", ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout" }[
      error.code ?? ""
    ] ?? "400 Bad Request";
  const body = JSON.stringify({ message: status.slice(4) });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
