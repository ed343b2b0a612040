import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineCatalog } from "../../../src/catalog/define-catalog";
import { standardOutput } from "../../../src/cli/line-printer";
import { describeRequest } from "../../../src/cli/serve-report";
import { Integrations } from "../../../src/gateway/integrations";
import { LocalGateway } from "../../../src/gateway/local-gateway";
import { ownPage } from "../../../src/gateway/own-pages";
import { GatewayServer } from "../../../src/gateway/server";
import { readGateway } from "../../../src/model/read-gateway";
import { synthesizeCatalog } from "../../../src/terraform/stacks/synthesize-catalog";
import { BODY, HANDLER, type Listen } from "../contestant";

const PLENTY = { rateLimit: 1_000_000_000, burstLimit: 1_000_000_000 };

/** A route that needs a key, whose plan has a throttle and a quota that nobody reaches. */
export const listen: Listen = async (kind, folder) => {
  const catalog = defineCatalog({
    apis: {
      pets: {
        stages: { prod: {} },
        routes: { "GET /pets": kind === "mock" ? { mock: { body: JSON.parse(BODY) } } : { handler: "pets" } },
      },
    },
    tiers: { gold: { access: { pets: ["prod"] }, throttle: PLENTY, quota: { limit: 1_000_000_000, period: "MONTH" } } },
    subscriptions: { acme: { customer: "Acme", tier: "gold" } },
  });
  const handlers = join(folder, "handlers");
  mkdirSync(handlers, { recursive: true });
  writeFileSync(join(handlers, "pets.ts"), HANDLER);
  const out = join(folder, "cdktf.out");
  synthesizeCatalog(catalog, out, { handlersFolder: handlers });

  const { print } = standardOutput();
  const local: LocalGateway = new LocalGateway(readGateway(out), {
    behind: new Integrations(),
    limits: { accountThrottle: PLENTY },
    // As "api-tiers serve" does, and as serverless-offline does; Fastify alone logs nothing.
    ...(kind === "function" && { onAnswer: (trace) => print(describeRequest(trace)) }),
  });
  const server = new GatewayServer({
    gateway: () => local.gateway,
    elsewhere: (request) => ownPage(local, request, Date.now()),
    now: Date.now,
  });
  return { url: `${await server.listen(0, "127.0.0.1")}/pets/prod/pets`, key: local.keyValue({ id: "acme" }) };
};
