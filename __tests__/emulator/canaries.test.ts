import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { actionsOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

const WEB_ACL = ["--scope", "REGIONAL", "--default-action", "Allow={}"];
const VISIBILITY = "SampledRequestsEnabled=false,CloudWatchMetricsEnabled=false,MetricName=pets";

describeWith(["terraform", "emulator"], "a canary", () => {
  let workspace: Workspace;
  let webAclArn: string;
  const terraform = (stack: string) => workspace.terraform(stack);
  const stageOf = () => {
    const [api] = workspace.aws("apigateway", "get-rest-apis").items;
    return workspace.aws("apigateway", "get-stage", "--rest-api-id", api.id, "--stage-name", "prod");
  };
  const handlersFolder = `${__dirname}/../support/handlers`;
  function write(answer: string, stage: object = {}): void {
    const routes = { "GET /pets": { mock: { status: 200, body: answer } }, "GET /hello": { handler: "hello" } };
    const prod = { cacheCluster: "0.5", webAclArn, settings: { cache: { ttlSeconds: 60 } }, ...stage };
    workspace.synthesize(petShop({ apis: { pets: { stages: { prod }, routes } }, tiers: {} }), { handlersFolder });
  }
  const deploy = () => {
    terraform("pets").deploy();
    const plan = actionsOf(terraform("pets-prod").plan());
    terraform("pets-prod").apply();
    expect(actionsOf(terraform("pets-prod").plan())).toEqual([]);
    return plan;
  };
  let first: string;

  beforeAll(async () => {
    workspace = await Workspace.open();
    const create = ["create-web-acl", "--name", "pets", ...WEB_ACL, "--visibility-config", VISIBILITY];
    webAclArn = workspace.aws("wafv2", ...create).Summary.ARN;
    write("old");
    for (const stack of ["pets", "pets-prod"]) terraform(stack).init();
    deploy();
    first = stageOf().deploymentId;
  });
  afterAll(() => workspace.close());

  const canary = { percent: 10, variables: { host: "b.example.com" } };

  test("stands beside a stage with its cache and its web ACL", () => {
    expect(stageOf()).toMatchObject({ cacheClusterEnabled: true, cacheClusterSize: "0.5", webAclArn });
    expect(stageOf().methodSettings["*/*"]).toMatchObject({ cachingEnabled: true, cacheTtlInSeconds: 60 });
  });

  test("stands beside settings of which the provider sends a no only when it changes them", () => {
    const cache = { ttlSeconds: 60, requireAuthorizationForCacheControl: false };
    write("old", { settings: { cache } });
    deploy();
    expect(stageOf().methodSettings["*/*"].requireAuthorizationForCacheControl).toBe(false);
    write("old", { methodSettings: { "GET /pets": { cache } } });
    terraform("pets-prod").deploy();
    const { changes } = terraform("pets-prod").plan();
    expect(changes.map(({ after }) => after.settings[0].require_authorization_for_cache_control)).toEqual([false]);
    terraform("pets-prod").apply();
    expect(actionsOf(terraform("pets-prod").plan())).toEqual([]);
    write("old");
    deploy();
  });

  test("gets the change, while the stage keeps its release and its version of handlers", () => {
    write("new", { canary, releaseDescription: "New pets" });
    const plan = deploy();
    expect(plan.filter((each) => !each.startsWith("create "))).toEqual([
      expect.stringMatching(/^update aws_api_gateway_stage\.pets_prod$/),
    ]);
    const { deploymentId, canarySettings, variables } = stageOf();
    expect(deploymentId).toBe(first);
    expect(canarySettings).toMatchObject({
      percentTraffic: 10,
      stageVariableOverrides: { host: "b.example.com", release: "prod-canary" },
    });
    expect(canarySettings.deploymentId).not.toBe(first);
    expect(variables.release).toBe("prod");
  });

  test("gets the next change too, and the stage still none", () => {
    const before = stageOf().canarySettings.deploymentId;
    write("newer", { canary: { ...canary, percent: 50 } });
    deploy();
    const { deploymentId, canarySettings } = stageOf();
    expect([deploymentId, canarySettings.percentTraffic]).toEqual([first, 50]);
    expect(canarySettings.deploymentId).not.toBe(before);
  });

  test("is promoted by dropping the entry", () => {
    write("newer");
    const plan = deploy();
    expect(plan).toContainEqual(expect.stringMatching(/^create\+delete aws_api_gateway_deployment\.pets_prod$/));
    const { deploymentId, canarySettings } = stageOf();
    expect(canarySettings).toBeUndefined();
    expect(deploymentId).not.toBe(first);
    first = deploymentId;
  });

  test("is taken back by dropping the entry with the change: the stage is not redeployed", () => {
    write("newest", { canary });
    deploy();
    write("newer");
    const plan = deploy();
    expect(plan.filter((each) => / aws_api_gateway_deployment/.test(each))).toEqual([
      expect.stringMatching(/^delete aws_api_gateway_deployment\.pets_prod_canary$/),
    ]);
    expect(stageOf().deploymentId).toBe(first);
  });
});
