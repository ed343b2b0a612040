import type { Behind } from "../../src/gateway/gateway";
import { LocalGateway } from "../../src/gateway/local-gateway";
import { LocalPages } from "../../src/gateway/page/local-pages";
import { GatewayServer } from "../../src/gateway/server";
import { PretendedIntegrations } from "../../src/testing/pretended-integrations";
import { defineUnchecked } from "./catalogs";
import { readSynthesized } from "./read-synthesized";

/** A catalog on a socket; what the limits let through is answered without a backend, unless one is given. */
export class Served {
  /** Milliseconds since the epoch. */
  now = Date.parse("2026-11-22T12:00:00Z");

  private constructor(
    readonly local: LocalGateway,
    private readonly server: GatewayServer,
    readonly port: number,
  ) {}

  static async start(catalog: unknown, behind: Behind = new PretendedIntegrations()): Promise<Served> {
    const now = (): number => served.now;
    const pages = new LocalPages({ local: (): LocalGateway => local, now });
    const local: LocalGateway = new LocalGateway(readSynthesized(defineUnchecked(catalog)), {
      behind,
      seed: "served",
      onAnswer: (trace) => pages.record(trace),
    });
    const server: GatewayServer = new GatewayServer({
      gateway: () => local.gateway,
      elsewhere: (request) => pages.answer(request),
      now,
    });
    const url = await server.listen(0, "127.0.0.1");
    const served: Served = new Served(local, server, Number(new URL(url).port));
    return served;
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  key(id: string): string {
    return this.local.keyValue({ id });
  }

  async stop(): Promise<void> {
    await this.server.close();
    await this.local.close();
  }
}
