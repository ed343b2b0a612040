import { Integrations } from "../../src/gateway/integrations";
import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { Served } from "../support/served";
import type { Json } from "../support/synthesize";
import { actionsOf, updatesOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:123456789012:${name}`;
const apis = {
  pets: {
    stages: { prod: { variables: { alias: "live" } } },
    vpcLinks: {
      internal: { loadBalancerArn: arn("elasticloadbalancing", "loadbalancer/net/pets/0a1b2c3d4e5f6a7b") },
    },
    routes: {
      "GET /orders/{id}": {
        http: "http://orders.internal/v1/{id}",
        integration: { vpcLink: "internal", headers: { "X-Customer": "context.identity.apiKeyId" } },
      },
      "POST /reports": {
        lambda: arn("lambda", "function:reports:${stageVariables.alias}"),
        integration: { credentials: "arn:aws:iam::123456789012:role/invoke", responses: { 202: {} } },
      },
      "GET /status": {
        mock: 200,
        integration: {
          requestTemplates: {
            "application/json": '{"statusCode": #if($input.params("down") == "1")503#{else}200#end}',
          },
          responses: {
            200: { templates: { "application/json": '{"up":true}' } },
            503: { selectionPattern: "503", headers: { "Retry-After": "'60'" } },
          },
        },
      },
      "POST /messages": { aws: { sqs: { queueArn: arn("sqs", "messages") } } },
      "PUT /messages": {
        aws: { sqs: { queueArn: arn("sqs", "ordered.fifo"), messageGroupId: "$context.identity.apiKeyId" } },
      },
      "POST /runs": { aws: { stepFunctions: { stateMachineArn: arn("states", "stateMachine:runs") } } },
      "POST /events": {
        aws: {
          eventBridge: { eventBusArn: arn("events", "event-bus/pets"), source: "com.example", detailType: "Pet sold" },
        },
      },
      "PUT /rows/{id}": {
        aws: { dynamodb: { tableArn: arn("dynamodb", "table/rows"), action: "PutItem" } },
        integration: {
          requestTemplates: {
            "application/json": `{"TableName":"rows","Item":{"id":{"S":"$util.escapeJavaScript($input.params('id'))"}}}`,
          },
        },
      },
      "PUT /objects/{id}": {
        aws: { s3: { bucket: "pets-objects", region: "us-east-1", key: "objects/{id}.json", action: "PutObject" } },
      },
      "GET /objects/{id}": {
        aws: { s3: { bucket: "pets-objects", region: "us-east-1", key: "objects/{id}.json", action: "GetObject" } },
      },
    },
  },
};
const catalog = (changed: Json = apis) =>
  petShop({
    apis: changed,
    tiers: { gold: { access: { pets: "*" } } },
    subscriptions: { joe: { tier: "gold" } },
  });

describeWith(["terraform", "emulator"], "integrations of all kinds", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.open();
    workspace.synthesize(catalog());
    workspace.terraform("pets").init();
    workspace.terraform("pets-prod").init();
  });
  afterAll(() => workspace.close());

  test("are deployed, and a second plan changes nothing", () => {
    for (const stack of ["pets", "pets-prod"]) {
      workspace.terraform(stack).deploy();
      expect([stack, actionsOf(workspace.terraform(stack).plan())]).toEqual([stack, []]);
    }
  });

  test("services are called with a role that may do just what the routes need", () => {
    const [role] = workspace
      .aws("iam", "list-roles")
      .Roles.filter(({ RoleName }: Json) => /integrations/.test(RoleName));
    const name = ["--role-name", role.RoleName];
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      { Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" } },
    ]);
    const { PolicyDocument } = workspace.aws("iam", "get-role-policy", ...name, "--policy-name", "integrations");
    expect(PolicyDocument.Statement.map(({ Action, Resource }: Json) => [...Action, ...Resource])).toEqual([
      ["dynamodb:PutItem", arn("dynamodb", "table/rows")],
      ["events:PutEvents", arn("events", "event-bus/pets")],
      ["s3:GetObject", "arn:aws:s3:::pets-objects/objects/*"],
      ["s3:PutObject", "arn:aws:s3:::pets-objects/objects/*"],
      ["sqs:SendMessage", arn("sqs", "messages")],
      ["sqs:SendMessage", arn("sqs", "ordered.fifo")],
      ["states:StartExecution", arn("states", "stateMachine:runs")],
    ]);
  });

  test("a template that changes is an update of its answer, and deploys the stage again", () => {
    const changed = structuredClone(apis);
    changed.pets.routes["GET /status"].integration.responses[200].templates["application/json"] = '{"up":1}';
    workspace.synthesize(catalog(changed));
    const plan = workspace.terraform("pets").plan();
    expect(actionsOf(plan)).toEqual(["update aws_api_gateway_integration_response.pets_GET_status_200"]);
    expect(plan.changes.map(updatesOf)).toEqual([
      { response_templates: [{ "application/json": '{"up":true}' }, { "application/json": '{"up":1}' }] },
    ]);
    const release = workspace.terraform("pets-prod").plan();
    expect(release.changes.map(updatesOf)[0]).toMatchObject({ triggers: expect.anything() });
    workspace.synthesize(catalog());
  });

  describe("are played by the local gateway, before the services of an emulator", () => {
    let served: Served;
    // The CLI has an address of its own for this service.
    const sqs = (...args: string[]): Json =>
      workspace.aws("sqs", ...args, "--endpoint-url", workspace.env.AWS_ENDPOINT_URL as string);
    const call = async (method: string, path: string, body?: string): Promise<[number, string]> => {
      const answer = await fetch(served.url(`/pets/prod${path}`), {
        method,
        headers: { "x-api-key": served.key("joe"), "content-type": "application/json" },
        ...(body === undefined ? {} : { body }),
      });
      return [answer.status, await answer.text()];
    };

    beforeAll(async () => {
      const { aws } = workspace;
      sqs("create-queue", "--queue-name", "messages");
      sqs(
        "create-queue",
        "--queue-name",
        "ordered.fifo",
        "--attributes",
        "FifoQueue=true,ContentBasedDeduplication=true",
      );
      aws("s3api", "create-bucket", "--bucket", "pets-objects");
      aws(
        ...["dynamodb", "create-table", "--table-name", "rows", "--billing-mode", "PAY_PER_REQUEST"],
        ...["--key-schema", "AttributeName=id,KeyType=HASH"],
        ...["--attribute-definitions", "AttributeName=id,AttributeType=S"],
      );
      aws("events", "create-event-bus", "--name", "pets");
      aws(
        ...["stepfunctions", "create-state-machine", "--name", "runs"],
        ...["--role-arn", "arn:aws:iam::123456789012:role/runs"],
        ...["--definition", '{"StartAt":"a","States":{"a":{"Type":"Pass","End":true}}}'],
      );
      served = await Served.start(
        catalog(),
        new Integrations({ awsEndpoint: workspace.env.AWS_ENDPOINT_URL as string }),
      );
    });
    afterAll(() => served.stop());

    test("a queue gets the body as a message, whatever characters it has", async () => {
      const body = '{"note":"a \\"b\\" it\'s & 100% +ü"}';
      expect((await call("POST", "/messages", body))[0]).toBe(200);
      const { QueueUrl } = sqs("get-queue-url", "--queue-name", "messages");
      expect(sqs("receive-message", "--queue-url", QueueUrl).Messages[0].Body).toBe(body);
    });

    test("a FIFO queue gets it in the group of its customer", async () => {
      expect((await call("PUT", "/messages", "{}"))[0]).toBe(200);
      const { QueueUrl } = sqs("get-queue-url", "--queue-name", "ordered.fifo");
      const { Messages } = sqs("receive-message", "--queue-url", QueueUrl, "--attribute-names", "All");
      expect(Messages[0].Attributes.MessageGroupId).toMatch(/^\w+$/);
    });

    test("an execution gets the body as its input", async () => {
      const body = '{"it\'s":"\\"quoted\\""}';
      const [status, answer] = await call("POST", "/runs", body);
      expect([status, answer]).toEqual([200, expect.stringContaining("executionArn")]);
      const { executionArn } = JSON.parse(answer);
      const { input } = workspace.aws("stepfunctions", "describe-execution", "--execution-arn", executionArn);
      expect(JSON.parse(input)).toEqual(JSON.parse(body));
    });

    test("a bus gets the body as the detail of an event", async () => {
      expect(await call("POST", "/events", '{"it\'s":"sold"}')).toEqual([200, expect.stringContaining("EventId")]);
    });

    test("a row is put by the template, and a caller's own request is not let through", async () => {
      expect((await call("PUT", "/rows/7", "{}"))[0]).toBe(200);
      expect(workspace.aws("dynamodb", "scan", "--table-name", "rows").Items).toEqual([{ id: { S: "7" } }]);
      const answer = await fetch(served.url("/pets/prod/rows/8"), {
        method: "PUT",
        headers: { "x-api-key": served.key("joe"), "content-type": "application/x-amz-json-1.0" },
        body: '{"TableName":"rows","Item":{"id":{"S":"own"}}}',
      });
      expect(answer.status).toBe(415);
      expect(workspace.aws("dynamodb", "scan", "--table-name", "rows").Count).toBe(1);
    });

    test("an object is written and read, and one that is not there is a 404", async () => {
      expect(await call("PUT", "/objects/7", '{"id":7}')).toEqual([200, ""]);
      expect(await call("GET", "/objects/7")).toEqual([200, '{"id":7}']);
      expect((await call("GET", "/objects/8"))[0]).toBe(404);
    });

    test("a mock answers by its templates", async () => {
      expect(await call("GET", "/status")).toEqual([200, '{"up":true}']);
      expect((await call("GET", "/status?down=1"))[0]).toBe(503);
    });
  });
});
