import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { printable } from "../text/printable";
import { isAllowedHost } from "./allowed-host";
import type { Gateway } from "./gateway";
import { TOO_LARGE } from "./passage";
import { type GatewayAnswer, type Header, headerValue, type PlainRequest, type StreamedAnswer } from "./request";
import { bodyOf, headOf, isForStage, NO_BODY, plainRequest, stageRequest } from "./wire-request";

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

/** The gateway on a socket: with `wire-request.ts`, all that knows HTTP's wire. */
export class GatewayServer {
  private readonly http: Server;
  /** A `Host` that was found to be allowed, which most requests repeat. */
  private lastAllowed: string | undefined;

  constructor(private readonly options: ServerOptions) {
    this.http = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLISECONDS }, (request, response) => {
      const failed = () => {
        if (response.headersSent) response.destroy();
        else send(response, INTERNAL_ERROR, "close");
      };
      try {
        this.receive(request, response)?.catch(failed);
      } catch {
        failed();
      }
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

  /** What needs no wait is answered in the same turn, without a promise: most requests of a mock. */
  private receive(request: IncomingMessage, response: ServerResponse): Promise<void> | undefined {
    const head = headOf(request);
    const { host } = head;
    if (head.hasSeveralHosts) {
      send(response, SEVERAL_HOSTS, "close");
      return undefined;
    }
    const { domains } = this.options.gateway();
    const domain = host !== undefined && domains.has(host) ? host : undefined;
    // A custom domain name leads to its stages alone, never to pages of our own.
    if (domain === undefined && !this.isAllowed(host)) {
      send(response, foreignHost(host ?? ""), "close");
      return undefined;
    }
    if (!head.hasBody) return this.answer(plainRequest(request, head, NO_BODY), domain, response);
    return bodyOf(request).then((body) => {
      if (body === "aborted") return;
      if (body === "too large") this.refuseBody(plainRequest(request, head, NO_BODY), domain, response);
      else return this.answer(plainRequest(request, head, body), domain, response);
    });
  }

  private answer(plain: PlainRequest, domain: string | undefined, response: ServerResponse): Promise<void> | undefined {
    const { elsewhere, now } = this.options;
    const gateway = this.options.gateway();
    const received = receivedBy(gateway, plain, domain);
    if (received === undefined) {
      send(response, FORBIDDEN, "close");
      return undefined;
    }
    const answer = isForStage(received) ? gateway.handle(received, now()) : elsewhere(received);
    if (answer instanceof Promise) return answer.then((settled) => give(response, settled));
    give(response, answer);
    return undefined;
  }

  /** The rest of the body is not read, so nothing else can come on this connection. */
  private refuseBody(plain: PlainRequest, domain: string | undefined, response: ServerResponse): void {
    const gateway = this.options.gateway();
    const received = receivedBy(gateway, plain, domain);
    if (received === undefined) send(response, FORBIDDEN, "close");
    else if (isForStage(received)) send(response, gateway.refuse(received, this.options.now(), TOO_LARGE), "close");
    else send(response, BODY_TOO_LARGE, "close");
  }

  private isAllowed(host: string | undefined): boolean {
    if (host !== undefined && host === this.lastAllowed) return true;
    const isAllowed = isAllowedHost(host, this.options.allowedHosts ?? []);
    if (isAllowed) this.lastAllowed = host;
    return isAllowed;
  }
}

const receivedBy = ({ domains }: Gateway, plain: PlainRequest, domain: string | undefined) =>
  domain === undefined ? stageRequest(plain, domains) : domains.directed(domain, plain);

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
const SEVERAL_HOSTS = plainError(400, "Bad Request");
const BODY_TOO_LARGE = plainError(413, "Request body is too large");
const INTERNAL_ERROR = plainError(500, "Internal server error");

function give(response: ServerResponse, answer: OwnAnswer): void {
  if ("begin" in answer) stream(response, answer);
  else send(response, answer);
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
