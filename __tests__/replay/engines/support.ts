import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { EngineCandidate, EngineRow } from "../../../src/replay/engines/engine-candidate";

export interface Asked {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server at 127.0.0.1 that answers with a function, and keeps what it was asked. */
export class AnsweringServer {
  private constructor(
    private readonly server: Server,
    readonly url: string,
    readonly asked: readonly Asked[],
  ) {}

  static async start(answer: (asked: Asked) => Answer): Promise<AnsweringServer> {
    const asked: Asked[] = [];
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const one = {
          url: new URL(request.url ?? "/", "http://127.0.0.1"),
          headers: request.headers,
          body: Buffer.concat(parts).toString(),
        };
        asked.push(one);
        const { status = 200, headers = {}, body } = answer(one);
        response.writeHead(status, headers).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new AnsweringServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Two keys, each tried twice. */
export const CANDIDATES: readonly EngineCandidate[] = ["as it is", "gold.throttle.rateLimit=5"].map((name) => ({
  name,
  tiers: [{ tier: "gold", throttle: { rateLimit: 10, burstLimit: 20 } }],
  keys: ["joe-black", "acme"].map((subscription) => ({ key: `key-${subscription}`, subscription, tier: "gold" })),
}));

/** What an engine answers of them. */
export const ROWS: readonly EngineRow[] = CANDIDATES.flatMap(({ name, keys }, position) =>
  keys.map(({ key, subscription, tier }, index) => ({
    candidate: name,
    tier,
    subscription,
    apiKeyId: key,
    calls: 1_000 + index,
    throttledLow: 10 * position,
    quotaLow: 2,
    throttledHigh: 30 * position,
    quotaHigh: 4,
  })),
);
