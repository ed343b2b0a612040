import { TierStacks } from "../../src";
import { defineUnchecked, petShop } from "../support/catalogs";
import { onlyResource, synthesize, synthesizedTexts } from "../support/synthesize";

const release = (fields: Record<string, unknown> = {}, stage: Record<string, unknown> = {}) =>
  synthesize(
    defineUnchecked(
      petShop({
        apis: {
          pets: { stages: { prod: stage }, routes: { "GET /pets": { mock: 200 }, "GET /": { mock: 200 } }, ...fields },
        },
      }),
    ),
  )["pets-prod"];

describe("the release of an API to a stage", () => {
  test("is a stage that serves a deployment, both created before they are destroyed", () => {
    const stack = release({}, { description: "What customers use", tags: { for: "customers" } });
    const [deployment] = Object.keys(stack.resource.aws_api_gateway_deployment);
    expect(onlyResource(stack, "aws_api_gateway_stage")).toMatchObject({
      stage_name: "prod",
      description: "What customers use",
      tags: { for: "customers" },
      deployment_id: `\${aws_api_gateway_deployment.${deployment}.id}`,
      lifecycle: { create_before_destroy: true },
    });
    expect(onlyResource(stack, "aws_api_gateway_deployment").lifecycle).toEqual({ create_before_destroy: true });
  });

  test("is triggered by each part of the definition under a name that a reviewer knows", () => {
    const { triggers } = onlyResource(release(), "aws_api_gateway_deployment");
    expect(Object.keys(triggers)).toEqual(["GET /", "GET /pets", "api_key_source"]);
    const all = {
      policy: { Version: "2012-10-17", Statement: [] },
      authorizer: { lambda: "arn:aws:lambda:us-east-1:123456789012:function:f" },
    };
    expect(Object.keys(onlyResource(release(all), "aws_api_gateway_deployment").triggers)).toEqual([
      "GET /",
      "GET /pets",
      "api_key_source",
      "authorizer",
      "policy",
    ]);
  });

  test.each([
    ["disable_execute_api_endpoint", true],
    ["minimum_compression_size", "1024"],
    ["binary_media_types", ["image/png"]],
  ])("is triggered by %s of the API, which goes live only with a deployment", (name, value) => {
    const triggersWith = (given: unknown) => {
      const texts = synthesizedTexts((app) => {
        const stacks = new TierStacks(app, defineUnchecked(petShop()));
        stacks.definition("pets").restApi.addOverride(name, given);
      });
      return onlyResource(JSON.parse(texts["pets-prod"] as string), "aws_api_gateway_deployment").triggers;
    };
    const { [name]: trigger, ...others } = triggersWith(value);
    expect(trigger).toMatch(/^[0-9a-f]{16}$/);
    expect(others).toEqual({ "GET /pets": expect.anything(), api_key_source: expect.anything() });
  });

  test("is triggered by no setting that takes effect at once", () => {
    const texts = synthesizedTexts((app) => {
      const stacks = new TierStacks(app, defineUnchecked(petShop()));
      stacks.definition("pets").restApi.addOverride("endpoint_configuration", { types: ["EDGE"] });
    });
    const { triggers } = onlyResource(JSON.parse(texts["pets-prod"] as string), "aws_api_gateway_deployment");
    expect(Object.keys(triggers)).toEqual(["GET /pets", "api_key_source"]);
  });

  test("does not wait within its own state for what stands in the definition's", () => {
    expect(onlyResource(release(), "aws_api_gateway_deployment").depends_on).toBeUndefined();
  });

  test("tells its URL, and besides only its identity", () => {
    const { output } = release();
    expect(Object.keys(output)).toEqual(["api_tiers", "invoke_url"]);
    expect(output.invoke_url.value).toMatch(/^\$\{aws_api_gateway_stage\..*\.invoke_url\}$/);
  });
});

describe("releases of two APIs with the same routes", () => {
  test("have the same fingerprints, for these come from what the routes say", () => {
    const routes = { "GET /pets": { mock: 200 }, "POST /pets": { http: "https://backend.example.com/pets" } };
    const stacks = synthesize(
      defineUnchecked({ apis: { a: { stages: { x: {} }, routes }, b: { stages: { y: {} }, routes } }, tiers: {} }),
    );
    expect(onlyResource(stacks["a-x"], "aws_api_gateway_deployment").triggers).toEqual(
      onlyResource(stacks["b-y"], "aws_api_gateway_deployment").triggers,
    );
  });
});
