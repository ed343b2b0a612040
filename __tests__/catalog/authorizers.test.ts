import { isOwnApi } from "../../src";
import { defineUnchecked, petShop, problemsOf } from "../support/catalogs";

const LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:keys";
const POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_staff";
const partners = { lambda: LAMBDA };
const staff = { userPools: [POOL] };

const written = (api: object, route: object = {}) =>
  petShop({ apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200, ...route } }, ...api } } });
/** Whom the one route asks. */
function asked(api: object, route: object = {}): unknown {
  const [pets] = defineUnchecked(written(api, route)).apis.filter(isOwnApi);
  return pets?.routes[0]?.authorization;
}
/** Warnings and notices about the catalog. */
const remarks = (api: object) =>
  defineUnchecked(written(api)).findings.map(({ place, message }) => `${place}: ${message}`);

describe("a route asks", () => {
  const authorizers = { partners, staff };
  const open = { apiKeyRequired: false };
  test.each<[string, object, object, object]>([
    ["nobody, where its API has no authorizer", {}, {}, { type: "NONE" }],
    ["the API's authorizer", { authorizer: partners }, {}, { type: "CUSTOM", authorizer: "authorizer" }],
    [
      "the API's authorizer, by name",
      { authorizer: "partners", authorizers },
      {},
      { type: "CUSTOM", authorizer: "partners" },
    ],
    ["nobody, where it needs no key and does not say", { authorizer: "partners", authorizers }, open, { type: "NONE" }],
    [
      "the API's authorizer without a key, where it says so",
      { authorizer: partners },
      { ...open, authorizer: "authorizer" },
      { type: "CUSTOM", authorizer: "authorizer" },
    ],
    ["nobody but the key, where it says false", { authorizer: partners }, { authorizer: false }, { type: "NONE" }],
    ["for AWS credentials, by the API", { authorizer: "AWS_IAM" }, {}, { type: "AWS_IAM" }],
    ["for AWS credentials, by itself", {}, { authorizer: "AWS_IAM" }, { type: "AWS_IAM" }],
    [
      "Cognito, for ID tokens",
      { authorizers },
      { authorizer: "staff" },
      { type: "COGNITO_USER_POOLS", authorizer: "staff", scopes: [] },
    ],
    [
      "Cognito, for scopes",
      { authorizers, authorizer: "staff" },
      { authorizationScopes: ["pets/read"] },
      { type: "COGNITO_USER_POOLS", authorizer: "staff", scopes: ["pets/read"] },
    ],
  ])("%s", (_, api, route, expected) => {
    expect(asked(api, route)).toEqual(expected);
  });
});

describe("is refused", () => {
  test.each<[string, object, object, RegExp]>([
    [
      "a misspelt authorizer",
      { authorizers: { partners } },
      { authorizer: "partner" },
      /route "GET \/pets": unknown authorizer "partner"; did you mean "partners"\?/,
    ],
    [
      "a misspelt authorizer of the API",
      { authorizer: "partnes", authorizers: { partners } },
      {},
      /authorizer: unknown authorizer "partnes"/,
    ],
    ["a name where there is none", {}, { authorizer: "staff" }, /unknown authorizer "staff"; there are "AWS_IAM"/],
    [
      "scopes of a function",
      { authorizers: { partners } },
      { authorizer: "partners", authorizationScopes: ["a"] },
      /authorizationScopes are Cognito's/,
    ],
    ["scopes of nobody", {}, { authorizationScopes: ["a"] }, /authorizationScopes are Cognito's/],
    ["no scopes", { authorizer: staff }, { authorizationScopes: [] }, /must name at least one scope/],
    ["a reserved name", { authorizers: { authorizer: partners } }, {}, /must not be called AWS_IAM or authorizer/],
    [
      "a name that AWS has twice",
      { authorizers: { one: { ...partners, name: "x" }, two: { ...partners, name: "x" } } },
      {},
      /authorizer "two": is called "x" in AWS, as authorizer "one" is/,
    ],
    [
      "a user pool by its id",
      { authorizers: { staff: { userPools: ["us-east-1_staff"] } } },
      {},
      /must be the ARN of a user pool, got "us-east-1_staff"/,
    ],
    [
      "no user pool",
      { authorizers: { staff: { userPools: [] } } },
      {},
      /must be a list of user pools' ARNs, at least one/,
    ],
    [
      "a function and a user pool",
      { authorizers: { both: { ...partners, ...staff } } },
      {},
      /must name either a handler, a lambda or userPools/,
    ],
    [
      "a type of a user pool",
      { authorizers: { staff: { ...staff, type: "TOKEN" } } },
      {},
      /must not be given beside userPools/,
    ],
    [
      "an expression for a whole request",
      { authorizer: { ...partners, type: "REQUEST", identityValidationExpression: "^a$" } },
      {},
      /must not be given where the type is REQUEST/,
    ],
    [
      "a broken expression",
      { authorizer: { ...partners, identityValidationExpression: "(" } },
      {},
      /must be a regular expression, got "\("/,
    ],
    [
      "a key from nobody",
      { keySource: "AUTHORIZER", authorizer: "staff", authorizers: { staff } },
      {},
      /route "GET \/pets": needs a key, which the keySource AUTHORIZER takes from a Lambda authorizer's answer/,
    ],
  ])("%s", (_, api, route, problem) => {
    expect(problemsOf(written(api, route))).toContainEqual(expect.stringMatching(problem));
  });

  test("an authorizer of a preflight, for which a browser sends no credentials", () => {
    const routes = { "OPTIONS /pets": { mock: 200, authorizer: "partners" } };
    expect(
      problemsOf(petShop({ apis: { pets: { stages: { prod: {} }, authorizers: { partners }, routes } } })),
    ).toEqual([
      expect.stringMatching(/authorizer must not be given: a browser sends no credentials with a CORS preflight/),
    ]);
  });
});

test("an authorizer that no route asks is a warning", () => {
  expect(remarks({ authorizer: "partners", authorizers: { partners, staff } })).toEqual([
    'api "pets": authorizer "staff": is asked by no route; name it at a route, or drop it',
  ]);
});
