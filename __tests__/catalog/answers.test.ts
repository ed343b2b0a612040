import { findingsOf, petShop, problemsOf } from "../support/catalogs";

const routes = { "GET /pets": { mock: 200 } };
const withApi = (fields: Record<string, unknown>) =>
  petShop({ apis: { pets: { stages: { prod: {} }, routes, ...fields } } });
const withStage = (prod: Record<string, unknown>, fields: Record<string, unknown> = {}) =>
  petShop({ apis: { pets: { stages: { prod }, routes, ...fields } } });

describe("CORS", () => {
  test.each([
    ["every page", { allowOrigin: "*" }],
    ["one origin", { allowOrigin: "https://app.example.com" }],
    ["an origin with a port", { allowOrigin: "http://localhost:3000" }],
    ["an origin that Terraform knows later", { allowOrigin: "https://${aws_cloudfront_distribution.d.domain_name}" }],
    ["cookies for one origin", { allowOrigin: "https://app.example.com", allowCredentials: true }],
    ["no memory of preflights", { allowOrigin: "*", maxAgeSeconds: 0 }],
    ["every header", { allowOrigin: "*", allowHeaders: ["*"], exposeHeaders: ["*"] }],
    ["several origins", { allowOrigin: ["https://app.example.com", "http://localhost:3000"] }],
    ["a list of one origin", { allowOrigin: ["https://app.example.com"], allowCredentials: true }],
    ["a list for every page", { allowOrigin: ["*"] }],
  ])("takes %s", (_, cors) => {
    expect(problemsOf(withApi({ cors }))).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    ["a text alone", "*", /cors must be an object with allowOrigin, allowHeaders.*, got "\*"/],
    ["no origin", {}, /cors.allowOrigin must be "\*" or one origin, got nothing; write it as/],
    [
      "a host",
      { allowOrigin: "app.example.com" },
      /cors.allowOrigin must be "\*" or one origin, got "app.example.com"; write it as "https:\/\/app.example.com"/,
    ],
    [
      "a trailing slash",
      { allowOrigin: "https://app.example.com/" },
      /cors.allowOrigin must be an origin as browsers send it, got .*; write "https:\/\/app.example.com"/,
    ],
    ["a default port", { allowOrigin: "https://app.example.com:443" }, /write "https:\/\/app.example.com"/],
    [
      "cookies for every page",
      { allowOrigin: "*", allowCredentials: true },
      /cors.allowOrigin must not be "\*" with allowCredentials, for browsers refuse that; name the origins/,
    ],
    [
      "cookies and every header",
      { allowOrigin: "https://a.example.com", allowCredentials: true, allowHeaders: ["*"] },
      /cors.allowHeaders must not be "\*" with allowCredentials/,
    ],
    [
      "the method ANY",
      { allowOrigin: "*", allowMethods: ["ANY"] },
      /cors.allowMethods.0 must be one of DELETE, GET, .*, got "ANY"; write ANY out/,
    ],
    [
      "a header that is none",
      { allowOrigin: "*", allowHeaders: ["x api key"] },
      /cors.allowHeaders.0 "x api key" is not a header name/,
    ],
    [
      "a negative age",
      { allowOrigin: "*", maxAgeSeconds: -1 },
      /cors.maxAgeSeconds must be a whole number of seconds, 0 or more, got -1/,
    ],
    ["a misspelt field", { allowOrigin: "*", allowHeader: [] }, /did you mean "allowHeaders"\?/],
    ["an empty list", { allowOrigin: [] }, /cors.allowOrigin must name an origin, got \[\]; write \["https:/],
    [
      "an origin twice",
      { allowOrigin: ["https://a.example.com", "https://a.example.com"] },
      /cors.allowOrigin.1 "https:\/\/a.example.com" is there twice; leave one of them out/,
    ],
    [
      "every page beside one origin",
      { allowOrigin: ["https://a.example.com", "*"] },
      /cors.allowOrigin.1 "\*" stands for every page, so it must be alone; leave it out, or the other origins/,
    ],
    [
      "a host in a list",
      { allowOrigin: ["app.example.com", "https://b.example.com"] },
      /cors.allowOrigin.0 must be "\*" or one/,
    ],
    ["cookies for every page of a list", { allowOrigin: ["*"], allowCredentials: true }, /must not be "\*" with allow/],
  ])("refuses %s", (_, cors, problem) => {
    expect(problemsOf(withApi({ cors }))).toEqual([expect.stringMatching(problem)]);
  });

  test("warns of a route for any method that wants a key even of a preflight", () => {
    const any = { "ANY /files/{proxy+}": { http: "https://backend.example.com/{proxy}" } };
    const cors = { allowOrigin: "*" };
    expect(findingsOf(withApi({ cors, routes: any }))).toEqual([
      'warning: api "pets": route "ANY /files/{proxy+}": answers CORS preflights too, but needs a key, and a browser sends ' +
        'none with them; add a route "OPTIONS /files/{proxy+}" with mock: 204',
    ]);
    expect(findingsOf(withApi({ cors, routes: { ...any, "OPTIONS /files/{proxy+}": { mock: 204 } } }))).toEqual([]);
    expect(findingsOf(withApi({ routes: any }))).toEqual([]);
  });
});

describe("CORS for several origins", () => {
  const cors = { allowOrigin: ["https://b.example.com", "https://a.example.com"] };
  const behind = { "GET /pets": { mock: 200 }, "GET /toys": { http: "https://backend.example.com" } };

  test("says who must answer the origin, where API Gateway does not", () => {
    expect(findingsOf(withApi({ cors }))).toEqual([]);
    const told =
      'notice: api "pets": cors.allowOrigin has several origins, and "GET /toys" must answer Access-Control-Allow-Origin with ' +
      'the one that the request comes from, and "Vary: Origin": API Gateway adds neither to the answers of backends and functions';
    expect(findingsOf(withApi({ cors, routes: behind }))).toEqual([told]);
    expect(findingsOf(withApi({ cors: { allowOrigin: "*" }, routes: behind }))).toEqual([]);
  });

  test("warns that pages of one origin alone can read a 429 where they send cookies", () => {
    expect(findingsOf(withApi({ cors: { ...cors, allowCredentials: true } }))).toEqual([
      expect.stringMatching(
        /^warning: api "pets": cors.allowOrigin has several origins with allowCredentials, .* pages of "https:\/\/b.example.com" can read it/,
      ),
    ]);
  });
});

describe("a gateway response", () => {
  test.each<[string, unknown, RegExp]>([
    [
      "of an unknown type",
      { THROTLED: {} },
      /gatewayResponses has the unknown type of gateway response "THROTLED"; did you mean "THROTTLED"\?/,
    ],
    [
      "with a status that is none",
      { THROTTLED: { statusCode: 99 } },
      /gatewayResponses.THROTTLED.statusCode must be a status from 200 to 599, got 99/,
    ],
    [
      "with a number for a header",
      { THROTTLED: { headers: { "Retry-After": 1 } } },
      /headers.Retry-After must be a string, got 1; write numbers in quotes/,
    ],
    [
      "with a single quote in a header",
      { THROTTLED: { headers: { "X-Note": "it's late" } } },
      /headers.X-Note must be ASCII without single quotes, which AWS puts around it, got "it's late"/,
    ],
    [
      "with two lines in a header",
      { THROTTLED: { headers: { "X-Note": "a\nb" } } },
      /headers.X-Note must be ASCII without/,
    ],
    [
      "with a header that is none",
      { THROTTLED: { headers: { "X Note": "a" } } },
      /headers.X Note is not a header name that API Gateway accepts/,
    ],
    [
      "with one header twice",
      { THROTTLED: { headers: { "x-note": "a", "X-Note": "b" } } },
      /headers.X-Note is the same header as x-note; keep one of them/,
    ],
    ["with an empty body", { THROTTLED: { template: "" } }, /template must not be empty, got ""; leave it out/],
    [
      "with an object for a template",
      { THROTTLED: { template: {} } },
      /template must be a string, got \{\}; write the JSON as one string/,
    ],
  ])("is refused: %s", (_, gatewayResponses, problem) => {
    expect(problemsOf(withApi({ gatewayResponses }))).toEqual([expect.stringMatching(problem)]);
  });

  test.each<[string, unknown, RegExp[]]>([
    ["AWS's own", { THROTTLED: { template: '{"message":$context.error.messageString}' } }, []],
    ["a variable in a text", { THROTTLED: { template: '{"id":"$context.requestId (again)"}' } }, []],
    ["a list", { THROTTLED: { template: "[1, $context.status]" } }, []],
    [
      "a text without quotes",
      { THROTTLED: { template: "slow down" } },
      [/^warning: api "pets": gatewayResponses.THROTTLED.template is not JSON once its variables are filled in/],
    ],
    ["a directive", { THROTTLED: { template: '#set($x = 1){"a":$x}' } }, [/is not JSON once/]],
  ])("gets a warning for a template that is not JSON: %s", (_, gatewayResponses, findings) => {
    expect(findingsOf(withApi({ gatewayResponses }))).toEqual(findings.map((each) => expect.stringMatching(each)));
  });

  test("gets a warning for a status that would be everybody's", () => {
    expect(findingsOf(withApi({ gatewayResponses: { DEFAULT_4XX: { statusCode: 400 } } }))).toEqual([
      expect.stringMatching(/DEFAULT_4XX.statusCode 400 is the status of every type that is not given/),
    ]);
  });
});

describe("an access log", () => {
  const logGroup = "arn:aws:logs:eu-central-1:123456789012:log-group:/api/pets";
  test.each<[string, unknown]>([
    ["of its own", true],
    ["kept for a year", { retentionDays: 365 }],
    ["kept forever", { retentionDays: 0 }],
    ["in a log group that is there", { destinationArn: logGroup }],
    ["in a log group as CloudWatch shows it", { destinationArn: `${logGroup}:*` }],
    ["in a log group of another construct", { destinationArn: "${aws_cloudwatch_log_group.g.arn}" }],
    [
      "in a stream",
      { destinationArn: "arn:aws:firehose:eu-central-1:123456789012:deliverystream/amazon-apigateway-log" },
    ],
  ])("is taken: %s", (_, accessLog) => {
    expect(problemsOf(withStage({ accessLog }))).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    [
      "false",
      false,
      /stage "prod": accessLog must be true or an object with retentionDays, destinationArn or format, got false; leave it out/,
    ],
    [
      "days that CloudWatch does not know",
      { retentionDays: 10 },
      /accessLog.retentionDays must be one of 0, 1, 3, .* days, got 10/,
    ],
    ["a name", { destinationArn: "pets" }, /accessLog.destinationArn must be the ARN of a log group .*, got "pets"/],
    [
      "a stream that AWS does not take",
      { destinationArn: "arn:aws:firehose:eu-central-1:123456789012:deliverystream/pets" },
      /destinationArn must name a stream that begins with "amazon-apigateway-", got .*; AWS takes no other; rename it/,
    ],
    [
      "days of someone else's",
      { destinationArn: logGroup, retentionDays: 7 },
      /accessLog.retentionDays must not be given with destinationArn/,
    ],
    ["a misspelt field", { retention: 7 }, /accessLog has the unknown field "retention"/],
    ["a number for a format", { format: 7 }, /accessLog.format must be a line, or an object by field, got 7; write \{/],
    [
      "a number in a format",
      { format: { id: "$context.requestId", status: 200 } },
      /accessLog.format.status must be a string with a variable of API Gateway, got 200; write \{/,
    ],
    [
      "a format by which no line is found again",
      { format: { status: "$context.status" } },
      /accessLog.format must hold \$context.requestId or \$context.extendedRequestId, without which AWS refuses it; write both/,
    ],
    [
      "two lines",
      { format: "$context.requestId\n$context.status" },
      /accessLog.format must be one line, and has a line break; leave it out/,
    ],
    [
      "the values of keys",
      { format: { id: "$context.requestId", key: "$context.identity.apiKey" } },
      /accessLog.format must not hold \$context.identity.apiKey, which is the secret value .*; write \$context.identity.apiKeyId/,
    ],
  ])("is refused: %s", (_, accessLog, problem) => {
    expect(problemsOf(withStage({ accessLog }))).toEqual([expect.stringMatching(problem)]);
  });
});

describe("the format of an access log", () => {
  const needed = {
    extendedRequestId: "$context.extendedRequestId",
    requestTimeEpoch: "$context.requestTimeEpoch",
    apiKeyId: "$context.identity.apiKeyId",
    httpMethod: "$context.httpMethod",
    resourcePath: "$context.resourcePath",
    stage: "$context.stage",
    status: "$context.status",
  };
  const { stage, status, ...others } = needed;

  test.each<[string, unknown, string[]]>([
    ["has all that is needed", needed, []],
    [
      "has it under other names",
      Object.fromEntries(Object.values(needed).map((each, index) => [`f${index}`, each])),
      [],
    ],
    [
      "is a line of JSON, with numbers in it",
      `${JSON.stringify(others).slice(0, -1)}, "stage":"$context.stage", "status": $context.status}`,
      [],
    ],
    [
      "lacks two fields",
      others,
      ['accessLog.format lacks what usage and replay read; add status: "$context.status", stage: "$context.stage"'],
    ],
    [
      "is not JSON",
      "$context.requestId $context.status",
      [
        "accessLog.format is not a JSON object, so usage and replay cannot read the lines; write it as an object by field, with " +
          Object.entries({
            apiKeyId: needed.apiKeyId,
            requestTimeEpoch: needed.requestTimeEpoch,
            status: needed.status,
            resourcePath: needed.resourcePath,
            httpMethod: needed.httpMethod,
            stage: needed.stage,
            extendedRequestId: needed.extendedRequestId,
          })
            .map(([field, variable]) => `${field}: "${variable}"`)
            .join(", "),
      ],
    ],
    [
      "has a variable that AWS does not know",
      { ...needed, agent: "$context.identity.userAgnt", token: "$context.authorizer.anything", unlike: "$context.zzz" },
      [
        'accessLog.format has $context.identity.userAgnt, of which AWS logs "-"; did you mean $context.identity.userAgent?',
      ],
    ],
  ])("is read: it %s", (_, format, warnings) => {
    expect(findingsOf(withStage({ accessLog: { format } }))).toEqual(
      warnings.map((each) => `warning: api "pets": stage "prod": ${each}`),
    );
  });
});

describe("settings of a stage", () => {
  test.each<[string, unknown, RegExp]>([
    ["another level", { logLevel: "DEBUG" }, /settings.logLevel must be OFF, ERROR or INFO, got "DEBUG"/],
    ["half a throttle", { throttle: { rateLimit: 1 } }, /settings.throttle.burstLimit must be a positive integer/],
    ["a text for metrics", { metrics: "yes" }, /settings.metrics must be true or false, got "yes"/],
  ])("are refused: %s", (_, settings, problem) => {
    expect(problemsOf(withStage({ settings }))).toEqual([expect.stringMatching(problem)]);
  });

  test("get a warning where all clients together get less than a tier promises to one", () => {
    expect(findingsOf(withStage({ settings: { throttle: { rateLimit: 5, burstLimit: 10 } } }))).toEqual([
      'warning: api "pets": stage "prod": settings.throttle: rateLimit 5 for all clients is under the 10 that tier "gold" ' +
        "promises to one; raise it",
    ]);
    expect(findingsOf(withStage({ settings: { throttle: { rateLimit: 10, burstLimit: 10 } } }))).toEqual([]);
  });
});

test("a stage of somebody else's API says nothing but its name, for the rest is managed elsewhere", () => {
  const legacy = { restApiId: "a1b2c3d4e5", stages: { live: { accessLog: true, settings: { metrics: true } } } };
  expect(problemsOf(petShop({ apis: { legacy }, tiers: {} }))).toEqual([
    'api "legacy": stage "live": has the unknown field "accessLog", "settings"; its fields are none',
  ]);
});
