import { defineUnchecked, petShop, withSubscriptions, withTier } from "../support/catalogs";
import { type Json, onlyResource, resources, synthesize } from "../support/synthesize";

const access = (written: Record<string, unknown>): Json => synthesize(defineUnchecked(written)).access;
const plan = (written: Record<string, unknown>): Json => onlyResource(access(written), "aws_api_gateway_usage_plan");

describe("a tier becomes a usage plan", () => {
  test("with its rate, burst and quota", () => {
    const tier = withTier({ quota: { limit: 1_000, period: "MONTH", offset: 3 } });
    expect(plan(tier)).toMatchObject({
      name: "gold",
      throttle_settings: { rate_limit: 10, burst_limit: 20 },
      quota_settings: { limit: 1_000, period: "MONTH", offset: 3 },
    });
  });

  test("without limits that it does not have: 0 would block everybody", () => {
    const unlimited = plan(withTier({ throttle: undefined }));
    expect(unlimited).not.toHaveProperty("throttle_settings");
    expect(unlimited).not.toHaveProperty("quota_settings");
  });

  test("with its name, description, product code and tags", () => {
    const fields = {
      displayName: "Gold plan",
      description: "The best",
      productCode: "p0",
      tags: { team: "sales" },
      closed: true,
    };
    expect(plan(withTier(fields))).toMatchObject({
      name: "Gold plan",
      description: "The best",
      product_code: "p0",
      tags: { "api-tiers:tier": "gold", "api-tiers:closed": "true", team: "sales" },
    });
  });

  test("that stays through a renaming, with its plan keys, by the id that the tier had before", () => {
    const limits = { access: { pets: "*" }, throttle: { rateLimit: 10, burstLimit: 20 } };
    const shop = (tiers: object, tier: string) =>
      petShop({ tiers, subscriptions: { joe: { tier }, "joe.inc": { tier, formerId: "joes" } } });
    const before = access(shop({ gold: limits }, "gold"));
    const after = access(shop({ premium: { ...limits, formerId: "gold" } }, "premium"));
    expect(after.moved).toContainEqual({
      from: "aws_api_gateway_usage_plan.gold",
      to: "aws_api_gateway_usage_plan.premium",
    });
    // The moves of keys stand beside it.
    expect(after.moved).toHaveLength(3);
    expect(before.moved).toHaveLength(2);
    const planKey = (stack: Json) => resources(stack, "aws_api_gateway_usage_plan_key").joe;
    expect(planKey(before).usage_plan_id).toBe("${aws_api_gateway_usage_plan.gold.id}");
    expect(planKey(after).usage_plan_id).toBe("${aws_api_gateway_usage_plan.premium.id}");
  });

  test("that covers stages of several APIs, of those too that someone else manages", () => {
    const stages = plan(
      petShop({
        apis: {
          pets: { stages: { test: {}, prod: {} }, routes: { "GET /pets": { mock: 200 } } },
          legacy: { restApiId: "a1b2c3d4e5", stages: { live: {}, beta: {} } },
        },
        tiers: { gold: { access: { pets: "*", legacy: ["live"] }, quota: { limit: 1, period: "DAY" } } },
      }),
    ).api_stages;
    expect(stages).toEqual([
      { api_id: "a1b2c3d4e5", stage: "live" },
      { api_id: expect.stringMatching(/^\$\{data\.terraform_remote_state\./), stage: "prod" },
      { api_id: expect.stringMatching(/^\$\{data\.terraform_remote_state\./), stage: "test" },
    ]);
  });

  test("with a throttle for one method on each of its stages, in AWS's way of writing it", () => {
    const stages = plan(
      petShop({
        apis: {
          pets: { stages: { a: {}, b: {} }, routes: { "GET /": { mock: 200 }, "POST /pets/{id}": { mock: 200 } } },
        },
        tiers: {
          gold: {
            access: { pets: "*" },
            throttle: { rateLimit: 10, burstLimit: 20 },
            methodThrottle: {
              pets: { "POST /pets/{id}": { rateLimit: 1, burstLimit: 2 }, "GET /": { rateLimit: 3, burstLimit: 4 } },
            },
          },
        },
      }),
    ).api_stages;
    const throttle = [
      { path: "//GET", rate_limit: 3, burst_limit: 4 },
      { path: "/pets/{id}/POST", rate_limit: 1, burst_limit: 2 },
    ];
    expect(stages).toEqual([
      expect.objectContaining({ stage: "a", throttle }),
      expect.objectContaining({ stage: "b", throttle }),
    ]);
  });
});

describe("a subscription becomes a key", () => {
  test("with a value that AWS generates, linked to its tier's plan", () => {
    const stack = access(withSubscriptions({ "joe-black": { tier: "gold", customer: "Joe Black" } }));
    expect(resources(stack, "aws_api_gateway_api_key")).toEqual({
      "joe-black": { name: "joe-black", description: "Joe Black", enabled: true },
    });
    expect(resources(stack, "aws_api_gateway_usage_plan_key")).toEqual({
      "joe-black": {
        key_id: "${aws_api_gateway_api_key.joe-black.id}",
        key_type: "API_KEY",
        usage_plan_id: "${aws_api_gateway_usage_plan.gold.id}",
      },
    });
  });

  test("with a description even without a customer, because the provider would write that Terraform manages it", () => {
    expect(
      onlyResource(access(withSubscriptions({ joe: { tier: "gold" } })), "aws_api_gateway_api_key").description,
    ).toBe("");
  });

  test("whose texts Terraform takes literally, whatever a customer calls itself", () => {
    const joe = { tier: "gold", customer: '${file("secrets")} %{ if true }', marketplaceCustomerId: "${x}" };
    expect(onlyResource(access(withSubscriptions({ joe })), "aws_api_gateway_api_key")).toMatchObject({
      description: '$${file("secrets")} %%{ if true }',
      customer_id: "$${x}",
    });
  });

  test("that does not work while the customer is suspended", () => {
    const stack = access(withSubscriptions({ joe: { tier: "gold", enabled: false } }));
    expect(onlyResource(stack, "aws_api_gateway_api_key").enabled).toBe(false);
  });

  test("with the customer's id on AWS Marketplace, and tags", () => {
    const joe = { tier: "gold", marketplaceCustomerId: "c-1", tags: { region: "emea" } };
    expect(onlyResource(access(withSubscriptions({ joe })), "aws_api_gateway_api_key")).toMatchObject({
      customer_id: "c-1",
      tags: { region: "emea" },
    });
  });

  test("whose value comes from a sensitive variable, which Terraform checks without showing it", () => {
    const stack = access(withSubscriptions({ joe: { tier: "gold", keyValue: { variable: "joes_key" } } }));
    const key = onlyResource(stack, "aws_api_gateway_api_key");
    expect(key.value).toBe("${var.joes_key}");
    // Conditions of the key, not of the variable: Terraform prints the value of a variable that is not valid.
    expect(key.lifecycle.precondition).toEqual([
      {
        condition: '${var.joes_key != ""}',
        error_message:
          "Subscription joe brings its key value along, but the Terraform variable joes_key is not set; set TF_VAR_joes_key to 20 to 128 letters and digits.",
      },
      {
        condition: '${var.joes_key == "" || can(regex("^[A-Za-z0-9]{20,128}$", var.joes_key))}',
        error_message: "The key value of subscription joe (TF_VAR_joes_key) must be 20 to 128 letters and digits.",
      },
    ]);
    expect(stack.variable).toEqual({
      joes_key: {
        type: "string",
        sensitive: true,
        default: "",
        nullable: false,
        description: "Key value of subscription joe; set it as TF_VAR_joes_key.",
      },
    });
  });

  test("whose values Terraform compares when it plans, in an output that holds nothing", () => {
    const bring = (...names: string[]) =>
      Object.fromEntries(names.map((name) => [name, { tier: "gold", keyValue: { variable: `${name}_key` } }]));
    expect(access(withSubscriptions(bring("joe"))).output).not.toHaveProperty("keys_distinct-key-values");
    const stack = access(withSubscriptions(bring("joe", "for", "zoe")));
    const { value, precondition } = stack.output["keys_distinct-key-values"];
    expect(value).toBe("${null}");
    const [{ condition, error_message }] = [precondition].flat();
    for (const name of ["joe_key", "for_key", "zoe_key"]) expect(condition).toContain(`"${name}" = var.${name}`);
    expect(error_message).toContain("have the same value");
    // What Terraform says of the keys themselves stays as it is, no matter which other key brings a value.
    const one = access(withSubscriptions(bring("joe"))).resource.aws_api_gateway_api_key.joe;
    expect(stack.resource.aws_api_gateway_api_key.joe).toEqual(one);
  });

  test("under an address that comes from the id alone", () => {
    const ids = ["joe", "acme.inc", "acme-inc", "acmeinc", "4711", "joe@example.com", "a:b", "a+b"];
    const stack = access(withSubscriptions(Object.fromEntries(ids.map((id) => [id, { tier: "gold" }]))));
    const keys = resources(stack, "aws_api_gateway_api_key");
    expect(Object.fromEntries(Object.entries(keys).map(([name, key]) => [key.name, name]))).toEqual({
      joe: "joe",
      "acme-inc": "acme-inc",
      acmeinc: "acmeinc",
      "acme.inc": expect.stringMatching(/^acme-inc-[0-9a-f]{8}$/),
      "4711": expect.stringMatching(/^_4711-[0-9a-f]{8}$/),
      "joe@example.com": expect.stringMatching(/^joe-example-com-[0-9a-f]{8}$/),
      "a:b": expect.stringMatching(/^a-b-[0-9a-f]{8}$/),
      "a+b": expect.stringMatching(/^a-b-[0-9a-f]{8}$/),
    });
    expect(Object.keys(resources(stack, "aws_api_gateway_usage_plan_key"))).toEqual(Object.keys(keys));
  });

  test("on more tiers than one, where each has its own stages", () => {
    const written = petShop({
      apis: { pets: { stages: { prod: {}, test: {} }, routes: { "GET /pets": { mock: 200 } } } },
      tiers: {
        gold: { access: { pets: ["prod"] }, quota: { limit: 10, period: "DAY" } },
        sandbox: { access: { pets: ["test"] }, quota: { limit: 1, period: "DAY" } },
      },
      subscriptions: { joe: { tier: "gold", additionalTiers: { trial: "sandbox" } } },
    });
    const planKeys = resources(access(written), "aws_api_gateway_usage_plan_key");
    expect(Object.entries(planKeys).map(([name, planKey]) => [name, planKey.usage_plan_id])).toEqual([
      ["joe", "${aws_api_gateway_usage_plan.gold.id}"],
      [expect.stringMatching(/^joe-trial-[0-9a-f]{8}$/), "${aws_api_gateway_usage_plan.sandbox.id}"],
    ]);
  });

  test("that keeps its value when the subscription is renamed", () => {
    const stack = access(withSubscriptions({ "acme-corp": { tier: "gold", formerId: "acme.inc" } }));
    expect(stack.moved).toEqual([
      {
        from: expect.stringMatching(/^aws_api_gateway_api_key\.acme-inc-[0-9a-f]{8}$/),
        to: "aws_api_gateway_api_key.acme-corp",
      },
      {
        from: expect.stringMatching(/^aws_api_gateway_usage_plan_key\.acme-inc-[0-9a-f]{8}$/),
        to: "aws_api_gateway_usage_plan_key.acme-corp",
      },
    ]);
  });
});

describe("a cohort", () => {
  const stacks = synthesize(
    defineUnchecked(
      withSubscriptions(
        { joe: { tier: "gold", cohort: "emea" }, zoe: { tier: "gold" } },
        { cohorts: { emea: {}, apac: {} } },
      ),
    ),
  );

  test("holds its customers' keys in a stack of its own, their plans being in access", () => {
    expect(Object.keys(resources(stacks["access-emea"], "aws_api_gateway_api_key"))).toEqual(["joe"]);
    expect(Object.keys(resources(stacks.access, "aws_api_gateway_api_key"))).toEqual(["zoe"]);
    expect(onlyResource(stacks["access-emea"], "aws_api_gateway_usage_plan_key").usage_plan_id).toBe(
      "${data.terraform_remote_state.access.outputs.usage_plan_id_gold}",
    );
  });

  test("that is empty still has its stack", () => {
    expect(stacks["access-apac"]).toBeDefined();
    expect(stacks["access-apac"].resource).toBeUndefined();
  });
});
