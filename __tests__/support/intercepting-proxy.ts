import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What becomes of a request: it is passed on, answered with an AWS error, or its connection is cut. */
export type Interception =
  | "pass"
  | "cut"
  | { readonly status: number; readonly type: string; readonly message: string };

/** Stands before an emulator, and answers for it where a test says so. */
export class InterceptingProxy {
  /** `GET /apikeys?limit=500` and so on, in the order in which they came. */
  readonly requests: string[] = [];
  intercept: (request: string, number: number) => Interception = () => "pass";

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async before(target: string): Promise<InterceptingProxy> {
    const server = createServer();
    const proxy = new InterceptingProxy(server, new URL(target));
    server.on("request", (incoming, outgoing) => {
      const line = `${incoming.method} ${incoming.url}`;
      const decision = proxy.intercept(line, proxy.requests.push(line));
      if (decision === "cut") incoming.socket.destroy();
      else if (decision === "pass")
        proxy.pass(incoming).on("response", (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        });
      else {
        outgoing.writeHead(decision.status, { "x-amzn-errortype": decision.type, "content-type": "application/json" });
        outgoing.end(JSON.stringify({ message: decision.message }));
      }
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  private pass(incoming: IncomingMessage) {
    const { hostname, port } = this.target;
    const passed = request({ hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers });
    incoming.pipe(passed);
    return passed;
  }
}
