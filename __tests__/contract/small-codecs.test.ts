import fc from "fast-check";
import { decodeFunctionUri, encodeFunctionUri, functionNameIn } from "../../src/contract/function-uri";
import { decodeMethodPath, encodeMethodPath, encodeSettingsPath } from "../../src/contract/method-path";
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
