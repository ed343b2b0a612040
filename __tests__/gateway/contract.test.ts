import type { LocalGateway } from "../../src/gateway/local-gateway";
import { ownPage } from "../../src/gateway/own-pages";
import { GatewayServer } from "../../src/gateway/server";
import { type ContractAnswer, type ContractTarget, describeContract } from "../support/contract";
import { SampleGateways, sendTo } from "./support/sample-gateway";

// A day of requests goes through the real function.
jest.setTimeout(30_000);

const NOON = Date.parse("2026-11-22T12:00:00Z");

const sample = new SampleGateways();
const keyOf = (local: LocalGateway) => (id: string) => local.keyValue({ id });

describe("handle() answers as API Gateway does", () => {
  describeContract(async (): Promise<ContractTarget> => {
    const local = sample.fresh();
    let now = NOON;
    return {
      key: keyOf(local),
      advance: (seconds) => {
        now += seconds * 1_000;
      },
      close: () => local.close(),
      send: (stage, what, headers = {}) => sendTo(local, stage, what, headers, now),
    };
  });
});

describe("the socket answers as API Gateway does", () => {
  describeContract(async (): Promise<ContractTarget> => {
    const local = sample.fresh();
    let at = NOON;
    const now = () => at;
    const server = new GatewayServer({
      gateway: () => local.gateway,
      elsewhere: (plain) => ownPage(local, plain, now()),
      now,
    });
    const url = await server.listen(0, "127.0.0.1");
    return {
      key: keyOf(local),
      advance: (seconds) => {
        at += seconds * 1_000;
      },
      close: async () => {
        await server.close();
        await local.close();
      },
      send: (stage, what, headers) => overHttp(`${url}/meditations/${stage}`, what, headers),
    };
  });
});

// With the sample catalog deployed: CONTRACT_PROD_URL and CONTRACT_TEST_URL are the outputs invoke_url of its stages, and
// CONTRACT_KEYS is {"joe-black": "…", "umbrella-corp": "…", "initech": "…"}.
const { CONTRACT_PROD_URL, CONTRACT_TEST_URL, CONTRACT_KEYS } = process.env;
if (CONTRACT_PROD_URL && CONTRACT_TEST_URL && CONTRACT_KEYS) {
  const urls = { prod: CONTRACT_PROD_URL, test: CONTRACT_TEST_URL };
  const keys: Record<string, string> = JSON.parse(CONTRACT_KEYS);
  describe("a deployed stage answers as API Gateway does", () => {
    describeContract(async () => ({
      key: (subscription) => keys[subscription] ?? "",
      advance: undefined,
      close: async () => {},
      send: (stage, what, headers) => overHttp(urls[stage], what, headers),
    }));
  });
}

async function overHttp(
  base: string,
  what: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ContractAnswer> {
  const [method = "", path = ""] = what.split(" ");
  const answer = await fetch(base + path, { method, headers });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
}
