import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { actionsOf, type Terraform, updatesOf } from "../support/terraform";
import { HANDLERS_FOLDER } from "../support/whole-catalog";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

const POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_staff";
const mock = 200;
const routes = {
  "GET /pets": { mock },
  "GET /staff": { mock, apiKeyRequired: false, authorizer: "staff" },
  "PUT /staff": { mock, authorizer: "staff", authorizationScopes: ["staff/write"] },
  "GET /internal": { mock, authorizer: "AWS_IAM" },
  "GET /open": { mock, authorizer: false },
};

describeWith(["terraform", "emulator"], "several authorizers of an API", () => {
  let workspace: Workspace;
  let terraform: Terraform;

  function write(changed: object = {}): void {
    const api = {
      stages: { prod: {} },
      authorizer: "partners",
      authorizers: {
        partners: { handler: "hello" },
        staff: { userPools: [POOL] },
      },
      routes: { ...routes, ...changed },
    };
    workspace.synthesize(petShop({ apis: { pets: api }, tiers: {} }), { handlersFolder: HANDLERS_FOLDER });
  }
  /** What AWS says of each route's callers: how they are asked, by which authorizer, with which scopes. */
  function askedInAws(): Record<string, unknown> {
    const [{ id }] = workspace.aws("apigateway", "get-rest-apis").items;
    const named = new Map<string, string>(
      workspace
        .aws("apigateway", "get-authorizers", "--rest-api-id", id)
        .items.map((each: { id: string; name: string }) => [each.id, each.name]),
    );
    const { items } = workspace.aws("apigateway", "get-resources", "--rest-api-id", id, "--embed", "methods");
    return Object.fromEntries(
      items.flatMap(({ path, resourceMethods = {} }: { path: string; resourceMethods?: object }) =>
        Object.entries(resourceMethods).map(([verb, method]) => [
          `${verb} ${path}`,
          [method.authorizationType, named.get(method.authorizerId), method.authorizationScopes].filter(Boolean),
        ]),
      ),
    );
  }

  beforeAll(async () => {
    workspace = await Workspace.open();
    write();
    terraform = workspace.terraform("pets");
    terraform.init();
  });
  afterAll(() => workspace.close());

  test("are deployed, each route asks its own, and a second plan changes nothing", () => {
    terraform.deploy();
    expect(actionsOf(terraform.plan())).toEqual([]);
    expect(askedInAws()).toEqual({
      "GET /pets": ["CUSTOM", "partners"],
      "GET /staff": ["COGNITO_USER_POOLS", "staff"],
      "PUT /staff": ["COGNITO_USER_POOLS", "staff", ["staff/write"]],
      "GET /internal": ["AWS_IAM"],
      "GET /open": ["NONE"],
    });
  });

  test("a route that asks another one changes in place", () => {
    write({ "GET /staff": { mock, apiKeyRequired: false } });
    const plan = terraform.plan();
    expect(actionsOf(plan)).toEqual(["update aws_api_gateway_method.pets_GET_staff"]);
    expect(plan.changes.map(updatesOf)).toEqual([
      { authorization: ["COGNITO_USER_POOLS", "NONE"], authorizer_id: [expect.any(String), null] },
    ]);
  });
});
