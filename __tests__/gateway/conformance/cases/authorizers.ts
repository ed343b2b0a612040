import { signedToken, signingKey } from "../../../handlers/support/issuer";
import { type CaseRequest, type ConformanceCase, DOCUMENTED, echo, mock } from "../case";

const COGNITO = DOCUMENTED("apigateway-integrate-with-cognito");
const NOON_SECONDS = Date.parse("2026-11-22T12:00:00Z") / 1_000;

const POOL_KEY = signingKey("pool", "RS256");
const OTHER_KEY = signingKey("pool", "RS256");
export const SIGNING_KEYS = {
  keys: [{ ...POOL_KEY.publicKey.export({ format: "jwk" }), kid: POOL_KEY.id, alg: "RS256", use: "sig" }],
};

const CLAIMS = {
  iss: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool",
  sub: "joe",
  token_use: "id",
  exp: NOON_SECONDS + 3_600,
  iat: NOON_SECONDS,
  "cognito:groups": ["admins", "users"],
};
const withToken = (token: string | undefined): CaseRequest => ({
  line: "GET /pets",
  ...(token === undefined ? {} : { headers: [["Authorization", token]] as const }),
});
const signed = (claims: object = {}, key = POOL_KEY) => signedToken(key, { ...CLAIMS, ...claims });
const UNAUTHORIZED = {
  status: 401,
  body: { message: "Unauthorized" },
  headers: { "x-amzn-errortype": "UnauthorizedException" },
};

let count = 0;
function cognito(
  title: string,
  request: CaseRequest,
  answer: ConformanceCase["answer"],
  { scopes, ...more }: Partial<ConformanceCase> & { readonly scopes?: readonly string[] } = {},
): ConformanceCase {
  const id = `cognito-${++count}`;
  const method = {
    authorization: "COGNITO_USER_POOLS",
    authorizer_id: `\${aws_api_gateway_authorizer.${id}.id}`,
    ...(scopes && { authorization_scopes: scopes }),
  };
  return {
    title,
    source: COGNITO,
    routes: { "GET /pets": echo({}, { method }) },
    resources: {
      aws_api_gateway_authorizer: {
        [id]: {
          rest_api_id: "API",
          name: id,
          type: "COGNITO_USER_POOLS",
          provider_arns: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_pool"],
        },
      },
    },
    request,
    answer,
    ...more,
  };
}

export const AUTHORIZERS: readonly ConformanceCase[] = [
  cognito("Cognito: a valid identity token", withToken(signed()), {
    status: 200,
    body: {
      requestContext: {
        authorizer: {
          claims: {
            sub: "joe",
            "cognito:groups": "admins,users",
            exp: "Sun Nov 22 13:00:00 UTC 2026",
            token_use: "id",
          },
        },
      },
    },
  }),
  cognito("Cognito: a valid token after Bearer", withToken(`Bearer ${signed()}`), { status: 200 }),
  cognito("Cognito: no token", withToken(undefined), UNAUTHORIZED),
  cognito("Cognito: what is not a token", withToken("secret"), UNAUTHORIZED),
  cognito("Cognito: a token that is signed by another key", withToken(signed({}, OTHER_KEY)), UNAUTHORIZED),
  cognito(
    "Cognito: a token of another user pool",
    withToken(signed({ iss: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_other" })),
    UNAUTHORIZED,
  ),
  cognito("Cognito: a token that has expired", withToken(signed({ exp: NOON_SECONDS - 1 })), {
    status: 401,
    body: { message: "The incoming token has expired" },
  }),
  cognito(
    "Cognito: an access token where no scope is asked for",
    withToken(signed({ token_use: "access" })),
    UNAUTHORIZED,
  ),
  cognito(
    "Cognito: an access token with one of the scopes",
    withToken(signed({ token_use: "access", scope: "pets/read pets/write" })),
    { status: 200 },
    { scopes: ["pets/write"] },
  ),
  cognito(
    "Cognito: an access token with other scopes",
    withToken(signed({ token_use: "access", scope: "pets/read" })),
    UNAUTHORIZED,
    { scopes: ["pets/write"] },
  ),
  cognito("Cognito: an identity token where a scope is asked for", withToken(signed()), UNAUTHORIZED, {
    scopes: ["pets/write"],
  }),
  {
    ...cognito("Cognito: claims in a template", withToken(signed()), { status: 200, body: "joe" }),
    routes: {
      "GET /pets": mock("$context.authorizer.claims.sub", undefined, {
        method: { authorization: "COGNITO_USER_POOLS", authorizer_id: "${aws_api_gateway_authorizer.cognito-12.id}" },
      }),
    },
  },
  ...(
    [
      ["a permission for authorizers", { source_arn: "API.execution_arn/authorizers/*" }, 200],
      ["a permission for routes alone", { source_arn: "API.execution_arn/*/GET/*" }, 500],
      ["a permission for another function", { function_name: "other" }, 500],
    ] as const
  ).map(([title, permission, status], index): ConformanceCase => {
    const id = `asks-${index}`;
    return {
      title: `a Lambda authorizer with ${title}`,
      source: DOCUMENTED("configure-api-gateway-lambda-authorization"),
      routes: {
        "GET /pets": mock("ok", undefined, {
          method: { authorization: "CUSTOM", authorizer_id: `\${aws_api_gateway_authorizer.${id}.id}` },
        }),
        // Its function is the authorizer's.
        "GET /other": {
          integration: { type: "MOCK" },
          function:
            'exports.handler = async ({ methodArn }) => ({ principalId: "joe", policyDocument: { Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: methodArn }] } });',
          permission,
        },
      },
      resources: {
        aws_api_gateway_authorizer: {
          [id]: { rest_api_id: "API", name: id, authorizer_uri: "${aws_lambda_function.NAME-r1.invoke_arn}" },
        },
      },
      request: withToken("token"),
      answer:
        status === 200
          ? { status, body: "ok" }
          : { status, body: { message: null }, log: /no aws_lambda_permission lets authorizer/ },
    };
  }),
];
