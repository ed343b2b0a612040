import type { AddressInfo, Socket } from "node:net";
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { type Gateway, LARGEST_BODY_BYTES, TOO_LARGE } from "./gateway";
import type { GatewayAnswer, GatewayRequest, Header, PlainRequest } from "./request";

export interface ServerOptions {
  /** What answers under `/<api>/<stage>/…`; asked anew for each request, so that it can be replaced. */
  readonly gateway: () => Gateway;
  /** What answers anywhere else; slugs of APIs begin with a letter or a digit, so `/_…` is free for it. */
  readonly elsewhere: (request: PlainRequest) => GatewayAnswer;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The gateway on a socket: the only file that knows HTTP's wire. */
export class GatewayServer {
  private readonly http: FastifyInstance;

  constructor(private readonly options: ServerOptions) {
    this.http = fastify({
      bodyLimit: LARGEST_BODY_BYTES,
      // Routes are the gateway's; here all paths are one, and none is refused for what it looks like.
      rewriteUrl: () => "/",
      clientErrorHandler: answerMalformed,
      forceCloseConnections: true,
      exposeHeadRoutes: false,
    });
    // A body is bytes, whatever its header says of it; the headers are read from the wire.
    this.http.removeAllContentTypeParsers();
    this.http.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) => done(null, body));
    this.http.addHook("onRequest", (request, _, done) => {
      delete request.headers["content-type"];
      done();
    });
    const answer = (request: FastifyRequest, reply: FastifyReply) => this.answer(request, reply);
    this.http.all("/", answer);
    this.http.setNotFoundHandler(answer);
    this.http.setErrorHandler((error: FastifyError, request, reply) => this.answerError(error, request, reply));
  }

  /**
   * @param port 0 for any that is free
   * @throws Error for a port that is in use, or a host that is not this machine's
   */
  async listen(port: number, host: string): Promise<string> {
    try {
      await this.http.listen({ port, host });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const reasons: Readonly<Record<string, string>> = {
        EADDRINUSE: `port ${port} of ${host} is in use; choose another by --port, or 0 for any that is free`,
        EACCES: `port ${port} is not for everybody; choose one above 1023 by --port`,
        EADDRNOTAVAIL: `${host} is no address of this machine; choose another by --host`,
      };
      throw new Error(reasons[code ?? ""] ?? `cannot listen on port ${port} of ${host}: ${message}`);
    }
    const { port: bound } = this.http.server.address() as AddressInfo;
    return `http://${host.includes(":") ? `[${host}]` : host}:${bound}`;
  }

  async close(): Promise<void> {
    await this.http.close();
  }

  private async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { elsewhere, gateway, now } = this.options;
    const plain = plainRequest(request);
    const toStage = stageRequest(plain);
    send(reply, toStage === undefined ? elsewhere(plain) : await gateway().handle(toStage, now()));
  }

  private answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
    const toStage = stageRequest(plainRequest(request));
    if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE" && toStage !== undefined) {
      // The rest of the body is not read, so nothing else can come on this connection.
      send(reply, this.options.gateway().refuse(toStage, this.options.now(), TOO_LARGE), "close");
    } else {
      const status = error.statusCode ?? 500;
      const message = status < 500 ? error.message : "Internal server error";
      send(reply, { status, headers: [JSON_TYPE], body: JSON.stringify({ message }) });
    }
  }
}

const JSON_TYPE: Header = ["Content-Type", "application/json"];

function plainRequest({ raw, originalUrl, body, ip }: FastifyRequest): PlainRequest {
  // A proxy's clients name the whole URL.
  const relative = originalUrl.startsWith("/") ? originalUrl : originalUrl.replace(/^[a-z]+:\/\/[^/?#]*/i, "");
  const at = relative.indexOf("?");
  const headers: Header[] = [];
  for (let position = 0; position + 1 < raw.rawHeaders.length; position += 2)
    headers.push([raw.rawHeaders[position] ?? "", raw.rawHeaders[position + 1] ?? ""]);
  return {
    method: raw.method ?? "GET",
    path: (at < 0 ? relative : relative.slice(0, at)) || "/",
    query: at < 0 ? "" : relative.slice(at + 1),
    headers,
    body: body instanceof Uint8Array ? body : NO_BODY,
    sourceIp: ip,
    protocol: `HTTP/${raw.httpVersion}`,
  };
}

/** `undefined` where the path begins with no API and stage. */
function stageRequest(plain: PlainRequest): GatewayRequest | undefined {
  const [, api, stage, path = "/"] = /^\/([A-Za-z0-9][^/]*)\/([^/]+)(\/.*)?$/s.exec(plain.path) ?? [];
  return api === undefined || stage === undefined ? undefined : { ...plain, api, stage, path };
}

const NO_BODY = new Uint8Array();

function send(reply: FastifyReply, { status, headers, body }: GatewayAnswer, connection?: "close"): void {
  reply.hijack();
  const { raw } = reply;
  const hasBody = status !== 204 && status !== 304;
  const written = headers.flat();
  if (hasBody && !headers.some(([name]) => name.toLowerCase() === "content-length"))
    written.push("Content-Length", String(Buffer.byteLength(body)));
  if (connection) written.push("Connection", connection);
  try {
    raw.writeHead(status, written);
  } catch {
    // What a backend or a function wrote is no header, or no status, that HTTP can carry.
    raw.writeHead(502, ["Content-Type", "application/json", "x-amzn-ErrorType", "InternalServerErrorException"]);
    raw.end(JSON.stringify({ message: "Internal server error" }));
    return;
  }
  // A text goes out in one piece with the headers.
  raw.end(hasBody ? body : undefined);
}

/** Bytes that are no HTTP. */
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
