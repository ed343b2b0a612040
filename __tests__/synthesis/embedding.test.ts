import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { App, Aspects, type IAspect, Lazy, TerraformOutput, TerraformStack } from "cdktf";
import { ApiDefinition, ApiRelease, type Catalog, SubscriptionKeys, TierPlans, TierStacks } from "../../src";
import type { OwnApi } from "../../src/vocabulary/api";
import { defineUnchecked, petShop } from "../support/catalogs";
import { type Json, onlyResource, resources, synthesizedTexts } from "../support/synthesize";

const catalog: Catalog = defineUnchecked(petShop({ subscriptions: { joe: { tier: "gold" } } }));
const pets = catalog.apis[0] as OwnApi;
const [prod] = pets.stages;
if (!prod) throw new Error("the pet shop has a stage");

/** Synthesizes one stack of a team's own. */
function synthesizeStack(build: (stack: TerraformStack) => void): Json {
  const texts = synthesizedTexts((app) => {
    const stack = new TerraformStack(app, "team");
    new AwsProvider(stack, "aws", {});
    build(stack);
  });
  return JSON.parse(texts.team as string);
}

describe("in a team's own stack", () => {
  test("plans and keys stand alone, for an API that is already there", () => {
    const stack = synthesizeStack((scope) => {
      const plans = new TierPlans(scope, "plans", { tiers: catalog.tiers, restApiIds: { pets: "a1b2c3d4e5" } });
      const keys = new SubscriptionKeys(scope, "keys", {
        subscriptions: catalog.subscriptions,
        planIds: { gold: plans.plan("gold").id },
      });
      new SsmParameter(scope, "handed-over", { name: "/keys/joe", type: "SecureString", value: keys.key("joe").value });
    });
    expect(onlyResource(stack, "aws_api_gateway_usage_plan").api_stages).toEqual([
      { api_id: "a1b2c3d4e5", stage: "prod" },
    ]);
    expect(onlyResource(stack, "aws_api_gateway_usage_plan_key").usage_plan_id).toBe(
      "${aws_api_gateway_usage_plan.gold.id}",
    );
    expect(onlyResource(stack, "aws_ssm_parameter").value).toBe("${aws_api_gateway_api_key.joe.value}");
  });

  test("a definition and its release stand together, the deployment waiting for every part of every route", () => {
    const stack = synthesizeStack((scope) => {
      const definition = new ApiDefinition(scope, "pets", { api: pets });
      const release = new ApiRelease(scope, "pets-prod", { definition, stage: prod });
      new TerraformOutput(scope, "url", { value: release.invokeUrl });
    });
    const dependencies: string[] = onlyResource(stack, "aws_api_gateway_deployment").depends_on;
    expect(dependencies.map((address) => address.split(".")[0]).sort()).toEqual([
      "aws_api_gateway_integration",
      "aws_api_gateway_integration_response",
      "aws_api_gateway_method",
      "aws_api_gateway_method_response",
    ]);
    expect(Object.keys(onlyResource(stack, "aws_api_gateway_deployment").triggers)).toEqual([
      "GET /pets",
      "api_key_source",
    ]);
  });

  test("two definitions do not get into each other's way", () => {
    const stack = synthesizeStack((scope) => {
      new ApiDefinition(scope, "a", { api: pets });
      new ApiDefinition(scope, "b", { api: pets });
    });
    expect(Object.keys(resources(stack, "aws_api_gateway_rest_api"))).toHaveLength(2);
    expect(Object.keys(resources(stack, "aws_api_gateway_method"))).toHaveLength(2);
  });

  test("a plan or a tier that was not given is an error that says what to add", () => {
    expect(() =>
      synthesizeStack((scope) => new TierPlans(scope, "p", { tiers: catalog.tiers, restApiIds: {} })),
    ).toThrow('tier "gold" covers API "pets", whose REST API id was not given; add it to restApiIds');
    expect(() =>
      synthesizeStack(
        (scope) => new SubscriptionKeys(scope, "k", { subscriptions: catalog.subscriptions, planIds: {} }),
      ),
    ).toThrow('subscription "joe" is on tier "gold", whose plan was not given; add it to planIds');
  });
});

describe("the usual ways out", () => {
  const build = (change: (stacks: TierStacks) => void): Record<string, Json> => {
    const texts = synthesizedTexts((app) => change(new TierStacks(app, catalog)));
    return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.parse(text)]));
  };
  const stackOf = (tiers: TierStacks, name: string) => tiers.stacks.get(name) as TerraformStack;
  const triggers = (stacks: Record<string, Json>) =>
    onlyResource(stacks["pets-prod"], "aws_api_gateway_deployment").triggers;
  const before = triggers(build(() => {}));

  test("an override reaches the resource, and the trigger of the part that it changes", () => {
    const stacks = build((tiers) =>
      tiers.definition("pets").route("GET /pets").method.addOverride("authorization", "AWS_IAM"),
    );
    expect(onlyResource(stacks.pets, "aws_api_gateway_method").authorization).toBe("AWS_IAM");
    expect(triggers(stacks)["GET /pets"]).not.toBe(before["GET /pets"]);
    expect(triggers(stacks).api_key_source).toBe(before.api_key_source);
  });

  test("a setting of the REST API that a deployment contains gets a trigger of its own", () => {
    const stacks = build((tiers) => tiers.definition("pets").restApi.addOverride("binary_media_types", ["image/png"]));
    expect(Object.keys(triggers(stacks))).toEqual(["GET /pets", "api_key_source", "binary_media_types"]);
  });

  test("an override of a key or a plan reaches it", () => {
    const stacks = build((tiers) => {
      tiers.key("joe").addOverride("description", "Joe himself");
      tiers.key("joe").addOverride("lifecycle.prevent_destroy", true);
      tiers.plan("gold").addOverride("throttle_settings.rate_limit", 11);
    });
    expect(onlyResource(stacks.access, "aws_api_gateway_api_key")).toMatchObject({
      description: "Joe himself",
      lifecycle: { prevent_destroy: true },
    });
    expect(onlyResource(stacks.access, "aws_api_gateway_usage_plan").throttle_settings).toEqual({
      rate_limit: 11,
      burst_limit: 20,
    });
  });

  test("an override of the stack is merged into the block of a key", () => {
    const stacks = build((tiers) => {
      stackOf(tiers, "access").addOverride("resource.aws_api_gateway_api_key.joe.lifecycle.prevent_destroy", true);
    });
    expect(onlyResource(stacks.access, "aws_api_gateway_api_key")).toEqual({
      name: "joe",
      description: "",
      enabled: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("a key takes what is known later, in a string and in a number that stands in one", () => {
    const stacks = build((tiers) => {
      const access = stackOf(tiers, "access");
      const secret = new SsmParameter(access, "owner", { name: "/owner", type: "String", value: "Joe" });
      const key = tiers.key("joe") as ApiGatewayApiKey;
      key.description = secret.value;
      key.customerId = `version ${secret.version}`;
    });
    const parameter = Object.keys(resources(stacks.access, "aws_ssm_parameter"))[0];
    expect(onlyResource(stacks.access, "aws_api_gateway_api_key")).toMatchObject({
      description: `\${aws_ssm_parameter.${parameter}.value}`,
      customer_id: `version \${aws_ssm_parameter.${parameter}.version}`,
    });
  });

  test("what is known later is asked for in every synthesis", () => {
    const stacks = build((tiers) => {
      let owner = "Joe";
      (tiers.key("joe") as ApiGatewayApiKey).description = Lazy.stringValue({ produce: () => owner });
      App.of(stackOf(tiers, "access")).synth();
      owner = "Jim";
    });
    expect(onlyResource(stacks.access, "aws_api_gateway_api_key").description).toBe("Jim");
  });

  test("an aspect visits every key", () => {
    const nameTheTeam: IAspect = {
      visit: (node) => {
        if (node instanceof ApiGatewayApiKey) node.tags = { team: "sales" };
      },
    };
    const stacks = build((tiers) => Aspects.of(stackOf(tiers, "access")).add(nameTheTeam));
    expect(onlyResource(stacks.access, "aws_api_gateway_api_key").tags).toEqual({ team: "sales" });
  });

  test("what an aspect changes in a route changes the route's trigger", () => {
    const authorizeByIam: IAspect = {
      visit: (node) => {
        if (node instanceof ApiGatewayMethod) node.authorization = "AWS_IAM";
      },
    };
    const stacks = build((tiers) => Aspects.of(stackOf(tiers, "pets")).add(authorizeByIam));
    expect(onlyResource(stacks.pets, "aws_api_gateway_method").authorization).toBe("AWS_IAM");
    expect(triggers(stacks)["GET /pets"]).not.toBe(before["GET /pets"]);
  });

  test("an existing key can be imported", () => {
    const stacks = build((tiers) => tiers.key("joe").importFrom("k1e2y3"));
    expect(stacks.access.import).toEqual([{ id: "k1e2y3", to: "aws_api_gateway_api_key.joe" }]);
  });

  test("a team's own resource of a type of ours stands beside ours, and is refused at the address of one of them", () => {
    const own = (address: string) => (tiers: TierStacks) =>
      new ApiGatewayApiKey(stackOf(tiers, "access"), "own", { name: "own" }).overrideLogicalId(address);
    expect(Object.keys(resources(build(own("own")).access, "aws_api_gateway_api_key"))).toEqual(["joe", "own"]);
    expect(() => build(own("joe"))).toThrow(/aws_api_gateway_api_key\.joe; give one another /);
  });

  test("the JSON of a stack says the same each time", () => {
    build((tiers) => {
      const access = stackOf(tiers, "access");
      access.prepareStack();
      expect(access.toTerraform()).toEqual(access.toTerraform());
      expect(Object.keys(access.toTerraform().resource.aws_api_gateway_api_key)).toEqual(["joe"]);
    });
  });

  test("a team's own resource can stand in our stack and refer to what is there", () => {
    const stacks = build((tiers) => {
      const { stage } = tiers.release("pets", "prod");
      new ApiGatewayMethodSettings(stage, "settings", {
        restApiId: stage.restApiId,
        stageName: stage.stageName,
        methodPath: "*/*",
        settings: { metricsEnabled: true },
      });
    });
    expect(onlyResource(stacks["pets-prod"], "aws_api_gateway_method_settings").stage_name).toMatch(
      /aws_api_gateway_stage\..*\.stage_name/,
    );
  });
});
