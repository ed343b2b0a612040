import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalog } from "../../../catalog";
import { Integrations } from "../../../src/gateway/integrations";
import { LocalGateway } from "../../../src/gateway/local-gateway";
import type { GatewayModel } from "../../../src/model/model";
import { readGateway } from "../../../src/model/read-gateway";
import type { ContractAnswer } from "../../support/contract";
import { synthesizeInto } from "../../support/read-synthesized";

/** The sample, as it is synthesized, for the tests of a block. */
export class SampleGateways {
  private folder = "";
  private behind = new Integrations();
  private read: GatewayModel | undefined;

  constructor() {
    beforeAll(() => {
      this.folder = mkdtempSync(join(tmpdir(), "api-tiers-"));
      synthesizeInto(this.folder, catalog);
      this.read = readGateway(this.folder);
    });
    afterAll(async () => {
      await this.behind.close();
      rmSync(this.folder, { recursive: true });
    });
  }

  get model(): GatewayModel {
    if (!this.read) throw new Error("the sample is there once the tests run");
    return this.read;
  }

  /** Each test has limits of its own; the processes of functions stay for all. */
  fresh(): LocalGateway {
    const { behind } = this;
    const bound = {
      authorize: behind.authorize.bind(behind),
      answer: behind.answer.bind(behind),
      close: async () => {},
    };
    return new LocalGateway(this.model, { behind: bound, seed: "contract" });
  }
}

/** Sends a request of the contract to a stage of the sample's API, without a socket. */
export async function sendTo(
  local: LocalGateway,
  stage: string,
  what: string,
  headers: Readonly<Record<string, string>>,
  at: number,
): Promise<ContractAnswer> {
  const [method = "", path = ""] = what.split(" ");
  const request = { method, path, query: "", headers: Object.entries(headers), body: new Uint8Array() };
  const to = { sourceIp: "127.0.0.1", api: "meditations", stage, protocol: "HTTP/1.1" };
  const answer = await local.gateway.handle({ ...request, ...to }, at);
  const named = answer.headers.map(([name, value]) => [name.toLowerCase(), value]);
  return { status: answer.status, headers: Object.fromEntries(named), body: Buffer.from(answer.body).toString() };
}
