import { findingsOf, petShop, problemsOf } from "../support/catalogs";

const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:123456789012:${name}`;
const HTTP = "https://backend.example.com/pets";
const FUNCTION = arn("lambda", "function:pets");
const LINK = { id: "a1b2c3" };

const withRoute = (route: object, api: object = {}, key = "POST /pets/{id}") =>
  petShop({ apis: { pets: { stages: { prod: {} }, routes: { [key]: route }, ...api } } });

describe("how a route's integration is called", () => {
  test.each<[string, object, object?]>([
    ["a time", { http: HTTP, integration: { timeoutMilliseconds: 50 } }],
    [
      "mappings of all kinds",
      {
        http: HTTP,
        integration: {
          headers: { "X-A": "'1'", "X-B": "context.authorizer.claims.sub" },
          query: { q: "method.request.body.$.name" },
          path: { id: "stageVariables.a" },
        },
      },
      { stages: { prod: { variables: { a: "b" } } } },
    ],
    [
      "a VPC link, to a name of its network",
      { http: "http://pets", integration: { vpcLink: "internal" } },
      { vpcLinks: { internal: LINK } },
    ],
    [
      "a path parameter that another name maps",
      { http: "https://b.example.com/{pet}", integration: { path: { pet: "method.request.path.id", id: false } } },
    ],
    [
      "a function by a stage variable",
      { lambda: arn("lambda", "function:pets:${stageVariables.alias}") },
      { stages: { prod: { variables: { alias: "live" } } } },
    ],
    [
      "the caller's credentials",
      { lambda: FUNCTION, authorizer: "AWS_IAM", integration: { credentials: "arn:aws:iam::*:user/*" } },
    ],
    [
      "a service with a role that is there",
      {
        aws: { service: "sns", region: "us-east-1", action: "Publish" },
        integration: {
          requestTemplates: { "application/json": "Message=$input.body" },
          credentials: "arn:aws:iam::123456789012:role/publish",
        },
      },
    ],
    [
      "an object by its key",
      { aws: { s3: { bucket: "pets-objects", region: "us-east-1", key: "{id}.json", action: "GetObject" } } },
    ],
    [
      "patterns of Java",
      {
        http: HTTP,
        integration: {
          responses: {
            200: {},
            400: { selectionPattern: "(?s).*ValidationError.*" },
            404: { selectionPattern: "(?i:not) found|\\Qnone (\\E" },
            409: { selectionPattern: "4(?!0[34])\\d{2}" },
            500: { selectionPattern: "(\\n|.)++" },
          },
        },
      },
    ],
  ])("can be said: %s", (_, route, ...[api]) => {
    expect(findingsOf(withRoute(route, api)).filter((each) => !/is open without a key/.test(each))).toEqual([]);
  });

  test.each<[string, object, RegExp, object?]>([
    [
      "a time below AWS's",
      { http: HTTP, integration: { timeoutMilliseconds: 49 } },
      /integration.timeoutMilliseconds must be a whole number of milliseconds from 50 to 300000, got 49/,
    ],
    [
      "more time than an edge waits",
      { http: HTTP, integration: { timeoutMilliseconds: 30_000 } },
      /must be at most 29000 with endpointType EDGE, got 30000; lower it/,
      { endpointType: "EDGE" },
    ],
    [
      "a text that is not quoted",
      { http: HTTP, integration: { headers: { "X-A": "full" } } },
      /integration.headers.X-A must be a mapping expression, got "full"; write method.request.header.<name>/,
    ],
    [
      "a header of the answer in the request",
      { http: HTTP, integration: { headers: { "X-A": "integration.response.header.X" } } },
      /must be a mapping expression/,
    ],
    [
      "a path parameter that the route lacks",
      { http: HTTP, integration: { query: { q: "method.request.path.name" } } },
      /integration maps method.request.path.name, which the route's path does not have; it has \{id\}/,
    ],
    [
      "a parameter of the URL that is left out",
      { http: "https://b.example.com/{id}", integration: { path: { id: false } } },
      /http uses \{id\}, which integration.path leaves out/,
    ],
    [
      "a link that the API does not have",
      { http: HTTP, integration: { vpcLink: "internl" } },
      /integration.vpcLink: unknown vpcLink "internl"; did you mean "internal"\?/,
      { vpcLinks: { internal: LINK } },
    ],
    [
      "a link for a function",
      { lambda: FUNCTION, integration: { vpcLink: "internal" } },
      /integration.vpcLink means nothing to lambda; leave it out/,
      { vpcLinks: { internal: LINK } },
    ],
    [
      "a method for a mock",
      { mock: 200, integration: { httpMethod: "GET" } },
      /integration.httpMethod means nothing to mock/,
    ],
    [
      "a template of a proxy",
      { http: HTTP, integration: { requestTemplates: { "application/json": "{}" } } },
      /integration has requestTemplates without responses: a proxy passes requests on as they are/,
    ],
    [
      "answers of a function that all have patterns",
      { lambda: FUNCTION, integration: { responses: { 200: { selectionPattern: "2.." } } } },
      /must have a response without selectionPattern/,
    ],
    [
      "two answers without patterns",
      { http: HTTP, integration: { responses: { 200: {}, 400: {} } } },
      /must have one response without selectionPattern, got 200 and 400/,
    ],
    [
      "a status that is none",
      { http: HTTP, integration: { responses: { 99: {} } } },
      /integration.responses.99 must be a status from 200 to 599, got "99"/,
    ],
    [
      "a pattern that is none",
      { http: HTTP, integration: { responses: { 200: {}, 400: { selectionPattern: "(" } } } },
      /selectionPattern must be a regular expression, got "\("/,
    ],
    [
      "a body beside answers of a mock",
      { mock: { body: {} }, integration: { responses: { 200: {} } } },
      /mock has a body, and integration.responses say what is answered/,
    ],
    [
      "the caller's credentials without asking for them",
      { lambda: FUNCTION, integration: { credentials: "arn:aws:iam::*:user/*" } },
      /integration.credentials are the caller's, and the route does not ask for them/,
    ],
    [
      "a role that is none",
      { lambda: FUNCTION, integration: { credentials: "invoke" } },
      /integration.credentials must be the ARN of a role, got "invoke"/,
    ],
    [
      "a stage variable that a stage lacks",
      { lambda: arn("lambda", "function:${stageVariables.name}") },
      /lambda uses the stage variable "name", which stage "prod" does not have/,
    ],
    ["a misspelt setting", { http: HTTP, integration: { timeout: 5 } }, /integration has the unknown field "timeout"/],
    [
      "a service without a role",
      { aws: { service: "sns", region: "us-east-1", action: "Publish" } },
      /aws calls sns with a role, and nothing says what it may do; write statements/,
    ],
    [
      "an action and a path",
      { aws: { service: "sns", region: "us-east-1", action: "Publish", path: "/", statements: [] } },
      /must have either the action or the path/,
    ],
    ["two services", { aws: { sqs: { queueArn: arn("sqs", "a") }, s3: {} } }, /aws/],
    [
      "a FIFO queue without a group",
      { aws: { sqs: { queueArn: arn("sqs", "a.fifo") } } },
      /aws.sqs.messageGroupId must be given for a FIFO queue/,
    ],
    [
      "a queue of another kind of ARN",
      { aws: { sqs: { queueArn: arn("sns", "a") } } },
      /aws.sqs.queueArn must be the ARN of a queue/,
    ],
    [
      "an item without a template",
      { aws: { dynamodb: { tableArn: arn("dynamodb", "table/rows"), action: "GetItem" } } },
      /aws.dynamodb calls GetItem with what integration.requestTemplates make of a request, and there are none/,
    ],
    [
      "a state machine whose ARN Terraform would have to fill in",
      { aws: { stepFunctions: { stateMachineArn: "${aws_sfn_state_machine.a.arn}" } } },
      /stateMachineArn must be written out, or be a reference that cdktf makes/,
    ],
    [
      "a key with a parameter that nothing maps",
      {
        aws: {
          service: "s3",
          region: "us-east-1",
          path: "b/{key}",
          statements: [{ actions: ["s3:GetObject"], resources: ["*"] }],
        },
      },
      /aws uses \{key\}, which no integration.path maps/,
    ],
    [
      "a load balancer of another kind",
      { http: HTTP, integration: { vpcLink: "internal" } },
      /must be the ARN of a Network Load Balancer/,
      { vpcLinks: { internal: { loadBalancerArn: arn("elasticloadbalancing", "loadbalancer/app/a/1") } } },
    ],
    [
      "a link of its own that is there",
      { http: HTTP, integration: { vpcLink: "internal" } },
      /must have either loadBalancerArn, for a link of its own, or the id/,
      { vpcLinks: { internal: {} } },
    ],
    [
      "a path parameter that the route lacks, in a header that a query parameter is called like",
      { http: HTTP, integration: { headers: { a: "method.request.path.name" }, query: { a: "'1'" } } },
      /integration maps method.request.path.name, which the route's path does not have/,
    ],
    [
      "a header with a space",
      { http: HTTP, integration: { headers: { "X A": "'1'" } } },
      /integration.headers.X A is not a header name that API Gateway accepts/,
    ],
    [
      "a queue without its ARN",
      { aws: { sqs: {} } },
      /aws.sqs.queueArn must be the ARN of a queue, got nothing; write it as arn:aws:sqs:<region>:<account>:<name>$/,
    ],
  ])("is refused: %s", (_, route, ...[problem, api]) => {
    expect(problemsOf(withRoute(route, api))).toContainEqual(expect.stringMatching(problem));
  });

  test.each<[string, object, RegExp, object?]>([
    [
      "more time than AWS gives by default",
      { http: HTTP, integration: { timeoutMilliseconds: 30_000 } },
      /which AWS takes only where the account's quota was raised/,
    ],
    [
      "a certificate that nobody checks",
      { http: HTTP, integration: { insecureSkipVerification: true } },
      /takes any certificate/,
    ],
    [
      "a name within a network",
      { http: "http://pets.internal/pets" },
      /http calls "pets.internal", which looks like a name within a network that AWS cannot reach/,
    ],
    ["an address within a network", { http: "http://10.0.0.1/pets" }, /http calls "10.0.0.1", which looks like/],
    [
      "an internal load balancer",
      { http: "https://internal-pets-1.eu-central-1.elb.amazonaws.com/" },
      /looks like a name within a network/,
    ],
    [
      "a link that no route uses",
      { http: HTTP },
      /vpcLink "internal": is used by no route/,
      { vpcLinks: { internal: LINK } },
    ],
    [
      "a body that a service takes for its own request",
      { aws: { sqs: { queueArn: arn("sqs", "a") } }, integration: { passthroughBehavior: "WHEN_NO_MATCH" } },
      /lets a caller's body through to sqs as a request of its own/,
    ],
  ])("is warned of: %s", (_, route, ...[warning, api]) => {
    expect(findingsOf(withRoute(route, api))).toContainEqual(expect.stringMatching(warning));
  });
});
