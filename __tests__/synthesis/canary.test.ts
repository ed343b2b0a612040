import { defineUnchecked, findingsOf, petShop, problemsOf } from "../support/catalogs";
import { type Json, onlyResource, resources, synthesize } from "../support/synthesize";

const handlersFolder = `${__dirname}/../support/handlers`;
const written = (stages: object, routes: object = { "GET /pets": { mock: 200 } }, api: object = {}) =>
  petShop({ apis: { pets: { stages, routes, ...api } }, tiers: {} });
const release = (stage: object, routes?: object): Json =>
  synthesize(defineUnchecked(written({ prod: stage }, routes)), { handlersFolder })["pets-prod"];

const deployment = (stack: Json, name: string): Json => resources(stack, "aws_api_gateway_deployment")[name];

describe("a canary", () => {
  const canary = { percent: 12.5, variables: { host: "b.example.com" }, useStageCache: true };

  test("serves the definition as it is now, and the stage's own deployment stays as it was", () => {
    const stack = release({ canary, releaseDescription: "New ${word}" });
    const stays = deployment(stack, "pets_prod");
    expect(stays.lifecycle).toEqual({ create_before_destroy: true, ignore_changes: ["triggers", "description"] });
    const next = deployment(stack, "pets_prod_canary");
    expect(next.lifecycle).toEqual({ create_before_destroy: true });
    expect(next.triggers).toEqual(stays.triggers);
    expect(next.description).toBe("New $${word}");
    expect(onlyResource(stack, "aws_api_gateway_stage")).toMatchObject({
      deployment_id: "${aws_api_gateway_deployment.pets_prod.id}",
      canary_settings: {
        deployment_id: "${aws_api_gateway_deployment.pets_prod_canary.id}",
        percent_traffic: 12.5,
        stage_variable_overrides: { host: "b.example.com" },
        use_stage_cache: true,
      },
    });
  });

  test("calls handlers by an alias of its own, and that of the stage holds its version", () => {
    const stack = release({ canary: { percent: 5 } }, { "GET /hello": { handler: "hello" } });
    const aliases = resources(stack, "aws_lambda_alias");
    expect(aliases.pets_prod_hello).toMatchObject({
      name: "prod",
      lifecycle: { create_before_destroy: true, ignore_changes: ["function_version"] },
    });
    expect(aliases.pets_prod_hello_canary).toMatchObject({
      name: "prod-canary",
      lifecycle: { create_before_destroy: true },
    });
    expect(resources(stack, "aws_lambda_permission").pets_prod_hello_canary.qualifier).toBe(
      "${aws_lambda_alias.pets_prod_hello_canary.name}",
    );
    const { variables, canary_settings } = onlyResource(stack, "aws_api_gateway_stage");
    expect([variables.release, canary_settings.stage_variable_overrides.release]).toEqual(["prod", "prod-canary"]);
  });

  test("that goes leaves the stage as it is without one", () => {
    const stack = release({});
    expect(Object.keys(resources(stack, "aws_api_gateway_deployment"))).toEqual(["pets_prod"]);
    expect(deployment(stack, "pets_prod").lifecycle).toEqual({ create_before_destroy: true });
    expect(onlyResource(stack, "aws_api_gateway_stage").canary_settings).toBeUndefined();
  });

  test.each<[string, object, RegExp]>([
    ["no share", { canary: {} }, /canary.percent must be 0 to 100, got nothing/],
    ["more than all", { canary: { percent: 101 } }, /canary.percent must be 0 to 100, got 101/],
    ["the stage's own variable", { canary: { percent: 1, variables: { release: "x" } } }, /"release" is reserved/],
  ])("is refused with %s", (_, stage, problem) => {
    expect(problemsOf(written({ prod: stage }))).toEqual([expect.stringMatching(problem)]);
  });

  test("is refused where a stage has the name of its alias", () => {
    expect(problemsOf(written({ prod: { canary: { percent: 1 } }, "prod-canary": {} }))).toEqual([
      expect.stringMatching(
        /stage "prod-canary": has the name of the alias by which the canary of stage "prod" calls handlers; rename this stage, or drop/,
      ),
    ]);
  });

  test("that was adopted is promoted by a deployment of the stage, although AWS tells no triggers", () => {
    const imported = {
      restApiId: "a1",
      resources: {},
      routes: {},
      stages: { prod: { deploymentId: "d1", canaryDeploymentId: "d2" } },
    };
    const stackWith = (stage: object): Json =>
      synthesize(defineUnchecked(written({ prod: stage })), { imports: { apis: { pets: imported } } })["pets-prod"];
    const beside = stackWith({ canary: { percent: 5 } });
    expect(deployment(beside, "pets_prod").lifecycle.ignore_changes).toEqual(["triggers", "description"]);
    expect(deployment(beside, "pets_prod_canary").lifecycle.ignore_changes).toEqual(["triggers"]);
    expect(beside.import.map(({ id }: Json) => id)).toEqual(["a1/d1", "a1/d2", "a1/prod"]);
    const promoted = stackWith({});
    expect(deployment(promoted, "pets_prod").lifecycle).toEqual({ create_before_destroy: true });
    expect(deployment(promoted, "pets_prod").triggers).toHaveProperty("GET /pets");
  });
});

describe("a cache", () => {
  const settingsOf = (stage: object): Json => onlyResource(release(stage), "aws_api_gateway_method_settings").settings;

  test("has a size, and methods say what is kept in it", () => {
    const cache = { ttlSeconds: 60, encrypted: true };
    const stack = release({ cacheCluster: "6.1", settings: { cache } });
    expect(onlyResource(stack, "aws_api_gateway_stage")).toMatchObject({
      cache_cluster_enabled: true,
      cache_cluster_size: "6.1",
    });
    expect(settingsOf({ cacheCluster: "6.1", settings: { cache } })).toMatchObject({
      caching_enabled: true,
      cache_ttl_in_seconds: 60,
      cache_data_encrypted: true,
      require_authorization_for_cache_control: true,
      unauthorized_cache_control_header_strategy: "SUCCEED_WITH_RESPONSE_HEADER",
    });
  });

  test("that no method asks for is not mentioned in their settings", () => {
    expect(settingsOf({ settings: { metrics: true } })).toEqual({
      metrics_enabled: true,
      logging_level: "OFF",
      data_trace_enabled: false,
      caching_enabled: false,
    });
  });

  test.each<[string, object, object, RegExp[]]>([
    [
      "settings without a cache",
      { settings: { cache: true } },
      {},
      [/warning: .*settings ask for a cache, but the stage/],
    ],
    [
      "a cache without settings",
      { cacheCluster: "0.5" },
      {},
      [/warning: .*no route is cached in it; write cache: true/],
    ],
    [
      "routes that need a key",
      { cacheCluster: "0.5", settings: { cache: true } },
      {},
      [/notice: .*caches "?GET \/pets"? for all customers together; write cache: false in their methodSettings/],
    ],
    [
      "routes that ask who calls",
      { cacheCluster: "0.5", settings: { cache: true } },
      { authorizer: "AWS_IAM" },
      [
        /warning: .*caches "?GET \/pets"?, which ask who calls, and the cache does not: what one caller got is shown to others/,
      ],
    ],
    [
      "no route that is cached by itself",
      { cacheCluster: "0.5", settings: { cache: true }, methodSettings: { "GET /pets": { cache: false } } },
      {},
      [/warning: .*no route is cached in it/],
    ],
  ])("is reported with %s", (_, stage, api, found) => {
    const routes = { "GET /pets": { mock: 200 }, "POST /pets": { mock: 200 } };
    expect(findingsOf(written({ prod: stage }, routes, api)).filter((each) => each.includes("cache"))).toEqual(
      found.map((each) => expect.stringMatching(each)),
    );
  });

  test.each<[object, RegExp]>([
    [{ cacheCluster: 0.5 }, /cacheCluster must be one of "0.5", .*, got 0.5/],
    [{ settings: { cache: { ttlSeconds: 3601 } } }, /settings.cache.ttlSeconds must be 1 to 3600 seconds, got 3601/],
    [{ settings: { cache: "yes" } }, /settings.cache must be true, false or an object with ttlSeconds, got "yes"/],
  ])("is refused: %j", (stage, problem) => {
    expect(problemsOf(written({ prod: stage }))).toEqual([expect.stringMatching(problem)]);
  });
});

describe("a web ACL", () => {
  const acl = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/pets/0a1b2c3d-1111-2222-3333-444455556666";

  test("is associated with the stage", () => {
    expect(onlyResource(release({ webAclArn: acl }), "aws_wafv2_web_acl_association")).toMatchObject({
      resource_arn: "${aws_api_gateway_stage.pets_prod.arn}",
      web_acl_arn: acl,
    });
  });

  test("of another Region than the stack's is an error of the synthesis", () => {
    const synthesizeIn = (region: string) => () =>
      synthesize(defineUnchecked(written({ prod: { webAclArn: acl } })), { region });
    expect(synthesizeIn("eu-central-1")).toThrow(
      "the web ACL is in us-east-1, but the stage is in eu-central-1; a stage takes one of its own Region",
    );
    expect(synthesizeIn("us-east-1")).not.toThrow();
  });

  test.each([
    [
      acl.replace("regional", "global"),
      /must be the ARN of a regional web ACL, as a stage takes none of CloudFront, got/,
    ],
    [
      "arn:aws:waf-regional:us-east-1:123456789012:webacl/x",
      /webAclArn must be the ARN of a web ACL, got .*; write it as/,
    ],
  ])("is refused: %s", (webAclArn, problem) => {
    expect(problemsOf(written({ prod: { webAclArn } }))).toEqual([expect.stringMatching(problem)]);
  });
});
