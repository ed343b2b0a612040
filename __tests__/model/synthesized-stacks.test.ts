import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { catalog as sample } from "../../catalog";
import { readGateway } from "../../src/model/read-gateway";
import type { UnsupportedCall } from "../../src/model/unsupported";
import { canonicalJson } from "../../src/text/canonical-json";
import { arbitraryCatalog } from "../support/arbitrary-catalog";
import { defineUnchecked, petShop, withRoutes } from "../support/catalogs";
import { everything } from "../support/everything";
import { readSynthesized } from "../support/read-synthesized";
import { withFolder } from "../support/synthesize";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);

describe("what is read of synthesized stacks", () => {
  test("the sample: routes, stages, plans and keys, though they stand in six stacks", () => {
    const { apis, plans, keys, unsupported } = readSynthesized(sample);

    expect(apis.map(({ slug, stack, keySource }) => [slug, stack, keySource])).toEqual([
      ["journal", "journal", "AUTHORIZER"],
      ["meditations", "meditations", "HEADER"],
    ]);
    expect(
      apis[1]?.routes.map(({ key, apiKeyRequired, integration }) => [key, apiKeyRequired, integration.type]),
    ).toEqual([
      ["GET /health", false, "mock"],
      ["GET /meditations", true, "lambda"],
      ["POST /meditations", true, "lambda"],
      ["GET /meditations/{id}", true, "lambda"],
    ]);
    expect(apis[1]?.stages.map(({ name, stack, variables }) => [name, stack, variables])).toEqual([
      ["prod", "meditations-prod", { release: "prod" }],
      ["test", "meditations-test", { release: "test" }],
    ]);
    const gold = plans.find(({ id }) => id === "gold");
    expect(gold).toMatchObject({
      throttle: { rateLimit: 100, burstLimit: 250 },
      quota: { limit: 10_000, period: "DAY" },
    });
    expect(gold?.keys.map(({ id, enabled }) => [id, enabled])).toEqual([
      ["globex", true],
      ["initech", false],
    ]);
    const limited = new Map([["POST /meditations", { rateLimit: 5, burstLimit: 10 }]]);
    expect(gold?.stages).toEqual([
      { api: "journal", stage: "prod", methodThrottles: new Map() },
      { api: "meditations", stage: "prod", methodThrottles: limited },
      { api: "meditations", stage: "test", methodThrottles: limited },
    ]);
    expect(keys.map(({ id, description, handedOver }) => [id, description, handedOver?.name])).toEqual([
      ["globex", "Globex Corporation", "/api-tiers/keys/globex"],
      ["initech", "Initech", "/api-tiers/keys/initech"],
      ["joe-black", "Joe Black", "/api-tiers/keys/joe-black"],
      ["umbrella-corp", "Umbrella Corporation", "/api-tiers/keys/umbrella-corp"],
    ]);
    expect(unsupported).toEqual([]);
  });

  test("any catalog: what is read is what was written", () => {
    fc.assert(
      fc.property(arbitraryCatalog, (written) => {
        const catalog = defineUnchecked(written);
        const { apis, plans, keys } = readSynthesized(catalog);

        const read = apis.map(({ slug, stages, routes }) => ({
          slug,
          stages: stages.map(({ name }) => name),
          routes: routes.map(({ key, apiKeyRequired }) => `${key} ${apiKeyRequired}`).sort(),
        }));
        expect(read).toEqual(
          catalog.apis.map((api) => ({
            slug: api.id,
            stages: api.stages.map(({ name }) => name),
            routes:
              "routes" in api ? api.routes.map(({ key, apiKeyRequired }) => `${key} ${apiKeyRequired}`).sort() : [],
          })),
        );
        expect(plans.map(({ id, throttle, quota }) => ({ id, throttle, quota }))).toEqual(
          catalog.tiers.map(({ id, throttle, quota }) => ({ id, throttle, quota: quota && { offset: 0, ...quota } })),
        );
        for (const tier of catalog.tiers) {
          const plan = plans.find(({ id }) => id === tier.id);
          const covered = tier.access.flatMap(({ api, stages }) => stages.map((stage) => `${api}/${stage}`)).sort();
          expect(plan?.stages.map(({ api, stage }) => `${api}/${stage}`).sort()).toEqual(covered);
          const members = catalog.subscriptions.filter((each) => each.tier === tier.id).map(({ id }) => id);
          expect(plan?.keys.map(({ id }) => id)).toEqual(members);
        }
        expect(keys.map(({ id, enabled }) => [id, enabled])).toEqual(
          catalog.subscriptions.map(({ id, enabled }) => [id, enabled]),
        );
      }),
      { numRuns: RUNS },
    );
  });

  test("every word of the vocabulary is read, or named as left out", () => {
    const { apis, plans, keys, unsupported } = readSynthesized(defineUnchecked(everything));

    const pets = apis.find(({ name }) => name === "Pet shop");
    expect(pets?.slug).toBe("pets");
    expect(pets?.gatewayResponses.get("THROTTLED")).toMatchObject({
      statusCode: 429,
      headers: { "Retry-After": "1", "X-Note": 'a "quoted" ${word} %{and} more' },
      templates: {
        "application/json":
          '{"message":$context.error.messageString,"id":"$context.requestId","note":"${word} %{and}"}',
      },
    });
    expect(pets?.stages.find(({ name }) => name === "test")?.methodThrottles).toEqual(
      new Map([
        ["*", { rateLimit: 0.5, burstLimit: 20 }],
        ["ANY /files/{proxy+}", { rateLimit: 0.2, burstLimit: 2 }],
        ["OPTIONS /pets", { rateLimit: 0.5, burstLimit: 20 }],
        ["GET /pets", { rateLimit: 0.5, burstLimit: 20 }],
        ["PATCH /v3/events:batchGet", { rateLimit: 0.5, burstLimit: 20 }],
      ]),
    );
    expect(pets?.routes.find(({ key }) => key === "GET /pets/{pet-id}/toys/{toy.id}")?.integration).toMatchObject({
      url: "https://backend.example.com/{pet-id}/{toy.id}",
      requestParameters: { "integration.request.path.pet-id": "method.request.path.pet-id" },
    });
    expect(plans.find(({ id }) => id === "free")?.quota).toEqual({ limit: 100, period: "MONTH", offset: 27 });
    expect(keys.map(({ id, handedOver }) => [id, handedOver?.store])).toEqual([
      ["acme.inc", "secretsmanager"],
      ["hooli", undefined],
      ["joe-black", "ssm"],
      ["stark", "ssm"],
      ["umbrella", "ssm"],
      ["umbrella/2026-11", "ssm"],
      ["umbrella/ci", "ssm"],
      ["zoe@example.com", "ssm"],
    ]);
    const calls = (name: string) => ({
      kind: "external-function",
      uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${name}/invocations`,
    });
    expect(distinct(unsupported)).toEqual(
      distinct([
        { kind: "authorizer", because: calls("keys:live") },
        { kind: "plan-key", missing: "key", id: "i1n2i3t4e5", isExternal: true },
        { kind: "authorizer", because: calls("partners") },
        { kind: "mutual-tls", domainName: "*.toys.example.com" },
        { kind: "compression" },
        { kind: "caching" },
        { kind: "content-handling", strategy: "CONVERT_TO_TEXT" },
        { kind: "integration", because: calls("pets") },
        { kind: "integration", because: calls("reports") },
        { kind: "integration", because: calls("reports:${stageVariables.alias}") },
        { kind: "plan-stage", api: "a1b2c3d4e5", stage: "live", isExternal: true },
        { kind: "plan-stage", api: "a1b2c3d4e5", stage: "next", isExternal: true },
      ]),
    );
  });

  test("a key's value that stands in a file is not read", () => {
    const value = "PlantedKeyValue0000000000000001";
    const model = readStack({
      resource: {
        aws_api_gateway_api_key: { joe: { name: "joe", value } },
        aws_lambda_function: {
          hello: {
            function_name: "hello",
            filename: "a.zip",
            environment: { variables: { KEY: value, IN: `a ${value} b` } },
          },
        },
        ...apiWith({ type: "AWS_PROXY", uri: "${aws_lambda_function.hello.invoke_arn}" }),
      },
    });

    expect(JSON.stringify(model)).not.toContain(value);
    expect(model.keys.map(({ id }) => id)).toEqual(["joe"]);
  });
});

describe("what is not supported is named, never guessed", () => {
  test.each<[string, Record<string, unknown>, UnsupportedCall]>([
    ["an integration of another type", { type: "OTHER" }, { kind: "integration-type", type: "OTHER" }],
    ["another AWS service", { type: "AWS", uri: "arn:…" }, { kind: "aws-service", uri: "arn:…" }],
    [
      "a backend from a variable",
      { type: "HTTP_PROXY", uri: "http://${var.host}/" },
      { kind: "unknown-url", url: "http://${var.host}/" },
    ],
    [
      "a backend by a function that is not known",
      { type: "HTTP_PROXY", uri: '${format("http://%s", "a")}' },
      { kind: "unknown-url", url: '${format("http://%s", "a")}' },
    ],
    [
      "a function elsewhere",
      { type: "AWS_PROXY", uri: "arn:aws:…:function:other/invocations" },
      { kind: "external-function", uri: "arn:aws:…:function:other/invocations" },
    ],
  ])("%s", (_, integration, because) => {
    const model = readStack({ resource: apiWith(integration) });

    expect(model.apis[0]?.routes.map(({ integration: { type } }) => type)).toEqual(["other"]);
    expect(distinct(model.unsupported)).toEqual(distinct([{ kind: "integration", because }]));
  });

  test.each([
    ["a backend that AWS will name", { uri: "http://${aws_lb.main.dns_name}/pets" }, "http://aws_lb.main/pets"],
    ["a backend behind a VPC link", { uri: "http://a/", connection_type: "VPC_LINK" }, "http://a/"],
  ])("%s is reached by another backend alone", (_, integration, url) => {
    const resource = { aws_lb: { main: { name: "main" } }, ...apiWith({ type: "HTTP_PROXY", ...integration }) };
    const model = readStack({ resource });

    expect(model.apis[0]?.routes[0]?.integration).toMatchObject({ type: "http", url, needsBackend: true });
  });

  test("resources that are written once for many", () => {
    const model = readStack({
      resource: { aws_api_gateway_api_key: { all: { for_each: '${toset(["a"])}', name: "${each.key}" } } },
    });

    expect(model.keys).toEqual([]);
    expect(model.unsupported).toEqual([
      { stack: "one", address: "aws_api_gateway_api_key.all", kind: "repeated", by: "for_each" },
    ]);
  });

  test("a body of OpenAPI, a validator of requests, a stage of an API elsewhere", () => {
    const model = readStack({
      resource: {
        aws_api_gateway_rest_api: { api: { name: "api", body: '{"swagger":"1.2"}' } },
        aws_api_gateway_stage: { prod: { rest_api_id: "a1b2c3", stage_name: "prod" } },
      },
    });

    const SWAGGER = { kind: "body", problem: { kind: "version", version: "Swagger 1.2" } };
    expect(model.unsupported).toEqual([
      { stack: "one", address: "aws_api_gateway_rest_api.api", ...SWAGGER },
      { stack: "one", address: "aws_api_gateway_stage.prod", kind: "external-api", api: "a1b2c3", isExternal: true },
    ]);
  });

  test("references that go round in a circle come to an end", () => {
    const model = readStack({
      locals: { a: "${local.b}", b: "${local.a}" },
      resource: apiWith({ type: "HTTP_PROXY", uri: "${local.a}" }),
    });

    expect(model.apis[0]?.routes[0]?.integration.type).toBe("other");
  });
});

describe("names that are not unique", () => {
  test("APIs with one name get slugs of their addresses, whatever their names are", () => {
    const names = ["Pet Shop", "pet/shop", "Pet Shop", "_tiers", "…"];
    const resource = { aws_api_gateway_rest_api: Object.fromEntries(names.map((name, at) => [`a${at}`, { name }])) };

    expect(readStack({ resource }).apis.map(({ slug }) => slug)).toEqual([
      "tiers",
      "aws_api_gateway_rest_api.a0",
      "aws_api_gateway_rest_api.a2",
      "pet-shop",
      "api",
    ]);
  });
});

describe("files that are none", () => {
  test.each([
    ["a folder without stacks", {}, /holds no synthesized stack; run "npm start" there first/],
    [
      "broken JSON",
      { "stacks/a/cdk.tf.json": '{"resource":' },
      /stacks.a.cdk\.tf\.json is not valid JSON; synthesize it again/,
    ],
    [
      "JSON that is not a Terraform configuration",
      { "stacks/a/cdk.tf.json": "[]" },
      /is JSON, but not a Terraform configuration/,
    ],
  ])("%s", (_, files, message) => {
    withFolder((folder) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(join(folder, name, ".."), { recursive: true });
        writeFileSync(join(folder, name), text as string);
      }
      expect(() => readGateway(folder)).toThrow(message);
    });
  });
});

/** What is left out, whatever resource it is of; each once, sorted. */
const distinct = (parts: readonly object[]): string[] =>
  [...new Set(parts.map((part) => canonicalJson({ ...part, stack: undefined, address: undefined })))].sort();

/** The model of one synthesized stack. */
function readStack(json: Record<string, unknown>) {
  return withFolder((folder) => {
    mkdirSync(join(folder, "stacks/one"), { recursive: true });
    writeFileSync(join(folder, "stacks/one/cdk.tf.json"), JSON.stringify(json));
    return readGateway(folder);
  });
}

/** An API with one route. */
function apiWith(integration: Record<string, unknown>) {
  const rest_api_id = "${aws_api_gateway_rest_api.api.id}";
  const resource_id = "${aws_api_gateway_rest_api.api.root_resource_id}";
  return {
    aws_api_gateway_rest_api: { api: { name: "api" } },
    aws_api_gateway_method: { get: { rest_api_id, resource_id, http_method: "GET", authorization: "NONE" } },
    aws_api_gateway_integration: { get: { rest_api_id, resource_id, http_method: "GET", ...integration } },
  };
}

test("a catalog's texts are read as they were written, though Terraform reads some of them otherwise", () => {
  const { keys } = readSynthesized(
    defineUnchecked(petShop({ subscriptions: { joe: { tier: "gold", customer: 'Joe "${x}" %{y} $${z}' } } })),
  );
  expect(keys[0]?.description).toBe('Joe "${x}" %{y} $${z}');
  const { apis } = readSynthesized(
    defineUnchecked(withRoutes({ "GET /": { mock: { status: 200, body: "$5 %{a}" } } })),
  );
  const [route] = apis[0]?.routes ?? [];
  expect(route?.integration).toMatchObject({
    responses: [{ templates: { "application/json": '"\\u00245 \\u0025{a}"' } }],
  });
});
