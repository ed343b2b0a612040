import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalog } from "../../catalog";
import { describeRequest, describeServing } from "../../src/cli/serve-report";
import { LocalGateway } from "../../src/gateway/local-gateway";
import { ownPage } from "../../src/gateway/own-pages";
import { GatewayServer } from "../../src/gateway/server";
import type { Trace } from "../../src/gateway/trace";
import { readGateway } from "../../src/model/read-gateway";
import { TestGateway } from "../../src/testing";
import { PretendedIntegrations } from "../../src/testing/pretended-integrations";
import { mock } from "./conformance/case";
import { resourcesOf } from "./conformance/served-cases";

const folder = mkdtempSync(join(tmpdir(), "differences-"));
const stack = join(folder, "stacks", "pets");
mkdirSync(stack, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

/** One route for signed callers, one for everyone, and a custom domain name. */
const resource = resourcesOf(
  {
    title: "",
    source: "",
    routes: { "GET /signed": mock("{}", undefined, { method: { authorization: "AWS_IAM" } }), "GET /open": mock("{}") },
    resources: {
      aws_api_gateway_base_path_mapping: {
        v1: { api_id: "API", stage_name: "prod", domain_name: "api.example.com", base_path: "v1" },
      },
    },
    request: { line: "GET /" },
    answer: { status: 200 },
  },
  0,
  stack,
  "",
);
writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ resource }));

const NOTICE = /^pets: aws_api_gateway_method\.case-0-r0 is for signed callers \(AWS_IAM\)/;

test("TestGateway lists what is not as on AWS, and refuses it with strict", async () => {
  const gateway = TestGateway.from(folder);
  expect(gateway.differences).toEqual([
    { message: expect.stringMatching(NOTICE), api: "case-0", route: "GET /signed" },
  ]);
  await gateway.close();
  expect(() => TestGateway.from(folder, { strict: true })).toThrow(/not as on AWS.*\n {2}- pets: .* \(AWS_IAM\)/);
});

test("the sample is as on AWS", async () => {
  const gateway = TestGateway.of(catalog, { strict: true });
  expect(gateway.differences).toEqual([]);
  await gateway.close();
});

test("serve lists it at the start, and in the log lines of the requests that it concerns alone", async () => {
  const traces: Trace[] = [];
  const local = new LocalGateway(readGateway(folder), {
    behind: new PretendedIntegrations(),
    onAnswer: (trace) => traces.push(trace),
  });
  expect(describeServing(local, { url: "http://localhost", path: "." })).toMatch(
    /Not as on AWS:\n {2}- pets: aws_api_gateway_method\.case-0-r0 is for signed callers/,
  );
  const send = (path: string) =>
    local.gateway.handle(
      {
        method: "GET",
        path,
        query: "",
        headers: [],
        body: new Uint8Array(),
        sourceIp: "127.0.0.1",
        protocol: "HTTP/1.1",
        api: "case-0",
        stage: "prod",
      },
      0,
    );
  await send("/signed");
  await send("/open");
  expect(traces.map(describeRequest)).toEqual([
    expect.stringMatching(/not as on AWS: pets: .* \(AWS_IAM\)/),
    expect.not.stringContaining("not as on AWS"),
  ]);
  await local.close();
});

test("a custom domain name is served by its Host and under /_domains, and leads to no page of our own", async () => {
  const local = new LocalGateway(readGateway(folder), { behind: new PretendedIntegrations() });
  const server = new GatewayServer({
    gateway: () => local.gateway,
    elsewhere: (request) => ownPage(local, request, 0),
    now: () => 0,
  });
  const url = await server.listen(0, "127.0.0.1");
  const status = async (path: string) => (await fetch(url + path)).status;
  expect(await status("/_domains/api.example.com/v1/open")).toBe(200);
  expect(await status("/_domains/api.example.com/v2/open")).toBe(403);
  expect(await status("/_domains/other.example.com/v1/open")).toBe(403);
  expect(local.gateway.domains.directed("api.example.com:8080", { path: "/_tiers/keys" } as never)).toBeUndefined();
  await server.close();
  await local.close();
});

test("an AWS service without an emulator is listed, and answers 500", async () => {
  const folder = mkdtempSync(join(tmpdir(), "service-"));
  const stacks = join(folder, "stacks", "queue");
  mkdirSync(stacks, { recursive: true });
  const integration = { type: "AWS", uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/pets" };
  const queue = resourcesOf(
    { title: "", source: "", routes: { "GET /pets": { integration } }, request: { line: "" }, answer: { status: 500 } },
    0,
    stacks,
    "",
  );
  writeFileSync(join(stacks, "cdk.tf.json"), JSON.stringify({ resource: queue }));
  const gateway = TestGateway.from(folder, { integrations: true });
  expect(gateway.differences.map(({ message }) => message)).toEqual([
    expect.stringMatching(/calls sqs, which is not here: the route answers 500 without AWS_ENDPOINT_URL/),
  ]);
  expect((await gateway.anyone.at("case-0", "prod").send("GET /pets")).status).toBe(500);
  await gateway.close();
  rmSync(folder, { recursive: true });
});
