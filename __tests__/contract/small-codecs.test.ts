import fc from "fast-check";
import { decodeFunctionUri, encodeFunctionUri, functionNameIn } from "../../src/contract/function-uri";
import { INTEGRATION } from "../../src/contract/integration-resource";
import { decodeMappings, encodeSettings } from "../../src/contract/integration-settings";
import { decodeMethodPath, encodeMethodPath, encodeSettingsPath } from "../../src/contract/method-path";
import { decodeOrigins, encodeOrigins } from "../../src/contract/origin-template";
import { STAGE } from "../../src/contract/stage";
import { decodePlanTags, encodePlanTags, isReservedTag } from "../../src/contract/tags";
import { HTTP_METHODS } from "../../src/vocabulary/http-method";
import type { RouteKey } from "../../src/vocabulary/route";

const part = fc.stringMatching(/^([A-Za-z0-9._:-]{1,8}|\{[A-Za-z0-9._-]{1,8}\+?\})$/);
const route = fc
  .tuple(fc.constantFrom(...HTTP_METHODS), fc.array(part, { maxLength: 4 }))
  .map(([method, parts]): RouteKey => `${method} /${parts.join("/")}`);

test("a route is read from its method path, in a usage plan and in method settings", () => {
  fc.assert(
    fc.property(route, (key) => {
      expect(decodeMethodPath(encodeMethodPath(key))).toBe(key);
      expect(decodeMethodPath(encodeSettingsPath(key))).toBe(key);
    }),
  );
  expect(decodeMethodPath(encodeSettingsPath("*"))).toBe("*");
});

test.each([
  ["GET /", "//GET", "~1/GET"],
  ["GET /pets/{id}", "/pets/{id}/GET", "~1pets~1{id}/GET"],
] as const)("AWS's method paths of %s are %s and %s", (key, inPlan, inSettings) => {
  expect(encodeMethodPath(key)).toBe(inPlan);
  expect(encodeSettingsPath(key)).toBe(inSettings);
});

test.each(["pets", "/pets/get", "", "/pets/"])("%j is not a method path", (text) => {
  expect(decodeMethodPath(text)).toBeUndefined();
});

test("method settings of others may have plain slashes, which AWS takes for paths of one part", () => {
  expect(decodeMethodPath("pets/{id}/GET")).toBe("GET /pets/{id}");
});

const functionArn = fc
  .tuple(
    fc.constantFrom("aws", "aws-cn", "aws-us-gov"),
    fc.constantFrom("us-east-1", "cn-north-1"),
    fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/),
    fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/), { nil: undefined }),
  )
  .map(([partition, region, name, alias]) => ({
    arn: `arn:${partition}:lambda:${region}:123456789012:function:${name}${alias === undefined ? "" : `:${alias}`}`,
    name,
  }));

test("a function is read from the URI by which API Gateway calls it", () => {
  fc.assert(
    fc.property(functionArn, ({ arn, name }) => {
      expect(decodeFunctionUri(encodeFunctionUri(arn))).toBe(arn);
      expect(functionNameIn(arn)).toBe(name);
      expect(functionNameIn(encodeFunctionUri(arn))).toBe(name);
    }),
  );
});

test.each([
  "arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue",
  "https://example.com/functions/a/invocations",
  "",
])("%j calls no function", (uri) => {
  expect(decodeFunctionUri(uri)).toBeUndefined();
});

test("what the tags of a usage plan say of its tier is read from them", () => {
  const tags = fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => !isReservedTag(name) && name !== "__proto__"),
    fc.string(),
  );
  const entry = fc.record({ tier: fc.option(fc.string(), { nil: undefined }), closed: fc.boolean(), tags });
  fc.assert(fc.property(entry, (each) => expect(decodePlanTags(encodePlanTags(each))).toEqual(each)));
});

test("the origins of a template are read from it, with what follows", () => {
  const origin = fc.stringMatching(/^https:\/\/[a-z]{1,6}\.example(:[0-9]{4})?$/);
  const origins = fc.array(origin, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(origins, fc.constantFrom("", "{}"), (written, rest) => {
      const template = encodeOrigins("Access-Control-Allow-Origin", written) + rest;
      expect(decodeOrigins(template)).toEqual({ header: "Access-Control-Allow-Origin", origins: written, rest });
    }),
  );
});

test.each([
  ["under its own name", {}, { "integration.request.path.id": "method.request.path.id" }],
  ["as another value", { path: { id: "'7'" } }, { "integration.request.path.id": "'7'" }],
  ["not at all", { path: { id: false } }, undefined],
] as const)("a backend gets a path parameter %s", (_, settings, expected) => {
  expect(encodeSettings(settings, ["id"]).request_parameters).toEqual(expected);
});

test("of what sets parts of an answer, headers alone are read as headers", () => {
  const response_parameters = { "method.response.header.Location": "'/a'", "method.response.trailer.Sum": "'1'" };
  const { responses } = decodeMappings(INTEGRATION.read({}), [{ status_code: "200", response_parameters }]);
  expect(responses).toEqual({ 200: { headers: { Location: "'/a'" } } });
});

test.each([
  ["an attribute", { description: "a" }, { description: "b" }, ["description"]],
  ["one that is left out, whose default it has", {}, { cache_cluster_enabled: false, variables: null }, []],
  [
    "entries of a map",
    { variables: { a: "1", b: "2" } },
    { variables: { b: "3", a: "1", c: "4" } },
    ['variables["b"]', 'variables["c"]'],
  ],
  ["tags as a whole", { tags: { a: "1", b: "2" } }, { tags: { a: "1" } }, ["tags"]],
  [
    "a block",
    { access_log_settings: { destination_arn: "a", format: "f" } },
    { access_log_settings: [{ destination_arn: "a", format: "g" }] },
    ["access_log_settings"],
  ],
  ["a block that is there", {}, { canary_settings: [{ percent_traffic: 5 }] }, ["canary_settings"]],
])("what Terraform would change is named: %s", (_, written, there, expected) => {
  expect(STAGE.differing(written as never, there)).toEqual(expected);
});
