import type { AddressInfo, Socket } from "node:net";
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { type Gateway, LARGEST_BODY_BYTES, TOO_LARGE } from "./gateway";
import { type GatewayAnswer, type GatewayRequest, type Header, headerValue, type PlainRequest } from "./request";

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
    this.http.addHook("onRequest", ({ headers }, _, done) => {
      if (headers["content-type"] !== undefined) delete headers["content-type"];
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
    const received = receivedRequest(request);
    send(reply, "stage" in received ? await gateway().handle(received, now()) : elsewhere(received));
  }

  private answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
    const received = receivedRequest(request);
    if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE" && "stage" in received) {
      // The rest of the body is not read, so nothing else can come on this connection.
      send(reply, this.options.gateway().refuse(received, this.options.now(), TOO_LARGE), "close");
    } else {
      const status = error.statusCode ?? 500;
      const message = status < 500 ? error.message : "Internal server error";
      send(reply, { status, headers: [JSON_TYPE], body: JSON.stringify({ message }) });
    }
  }
}

const JSON_TYPE: Header = ["Content-Type", "application/json"];

/** A path that begins with an API and a stage is a request to that stage. */
function receivedRequest({
  raw,
  originalUrl,
  body: read,
  ip: sourceIp,
}: FastifyRequest): PlainRequest | GatewayRequest {
  // A proxy's clients name the whole URL.
  const url = originalUrl.startsWith("/") ? originalUrl : originalUrl.replace(/^[a-z]+:\/\/[^/?#]*/i, "");
  const question = url.indexOf("?");
  const path = (question < 0 ? url : url.slice(0, question)) || "/";
  const query = question < 0 ? "" : url.slice(question + 1);
  const { method = "GET", rawHeaders } = raw;
  const headers: Header[] = [];
  for (let position = 0; position + 1 < rawHeaders.length; position += 2)
    headers.push([rawHeaders[position] ?? "", rawHeaders[position + 1] ?? ""]);
  const body = read instanceof Uint8Array ? read : NO_BODY;
  const protocol = `HTTP/${raw.httpVersion}`;

  const endOfApi = path.indexOf("/", 1);
  const api = path.slice(1, endOfApi);
  const nextSlash = path.indexOf("/", endOfApi + 1);
  const endOfStage = nextSlash < 0 ? path.length : nextSlash;
  const stage = path.slice(endOfApi + 1, endOfStage);
  if (endOfApi < 0 || stage === "" || !/^[A-Za-z0-9]/.test(api))
    return { method, path, query, headers, body, sourceIp, protocol };
  return { api, stage, method, path: path.slice(endOfStage) || "/", query, headers, body, sourceIp, protocol };
}

const NO_BODY = new Uint8Array();

function send(reply: FastifyReply, { status, headers, body }: GatewayAnswer, connection?: "close"): void {
  reply.hijack();
  const { raw } = reply;
  const hasBody = status !== 204 && status !== 304;
  const written: string[] = [];
  for (const [name, value] of headers) written.push(name, value);
  if (hasBody && headerValue(headers, "content-length") === undefined)
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
