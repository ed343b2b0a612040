import { settingsFrom } from "../../src/self-service/settings-from";
import { defineUnchecked, petShop } from "../support/catalogs";
import { type Json, onlyResource, resources, synthesize } from "../support/synthesize";

const tiers = { free: { access: { pets: ["prod"] } }, startup: { access: { pets: ["prod"] } } };
const stacksOf = (selfService?: object): Json =>
  synthesize(defineUnchecked(petShop({ tiers, ...(selfService ? { selfService } : {}) })));
const own = { tiers: ["free", "startup"] };

/** JSON without what Terraform fills in, which is quoted by its own rules. */
const filledIn = (json: string): string => json.replace(/element\(split\(":", [\w.-]+\), \d\)/g, "known_later");

/** Statements of the function's role, by action. */
const statements = (stack: Json): Json[] =>
  JSON.parse(filledIn(resources(stack, "aws_iam_role_policy")["self-service"].policy)).Statement;

/** What the function is given, as it reads it. */
const settingsIn = (stacks: Json) =>
  settingsFrom({
    SELF_SERVICE: filledIn(
      onlyResource(stacks["self-service"], "aws_lambda_function").environment.variables.SELF_SERVICE,
    ),
  });

test("a catalog without it synthesizes the same stacks as before", () => {
  const { "self-service": service, ...others } = stacksOf(own);
  expect(service).toBeDefined();
  expect(stacksOf()).toEqual(others);
});

test("the function gets settings that it can read, with the plans of its tiers alone", () => {
  expect(settingsIn(stacksOf({ tiers: ["startup"], rotationGraceHours: 1 }))).toMatchObject({
    tiers: ["startup"],
    rotationGrace: 3_600_000,
    table: "api-tiers-self-service",
    planIds: { startup: "${data.terraform_remote_state.access.outputs.usage_plan_id_startup}" },
    handOver: "answer",
  });
});

test("the function knows which of its tiers are closed, and its role reaches their plans", () => {
  const all = { ...tiers, gold: { access: { pets: ["prod"] }, closed: true } };
  const written = (own: readonly string[]) =>
    settingsIn(synthesize(defineUnchecked(petShop({ tiers: all, selfService: { tiers: own } }))));
  expect(written(["free", "gold"])).toMatchObject({ closedTiers: ["gold"], planIds: { gold: expect.any(String) } });
  expect(written(["free"])).not.toHaveProperty("closedTiers");
});

test("the function knows former ids of its own tiers, and nothing of those of others", () => {
  const written = (renamed: string) => {
    const all = { ...tiers, [renamed]: { access: { pets: ["prod"] }, formerId: "before" } };
    return settingsIn(synthesize(defineUnchecked(petShop({ tiers: all, selfService: own }))));
  };
  expect(written("startup").formerTiers).toEqual({ before: "startup" });
  expect(written("gold")).not.toHaveProperty("formerTiers");
});

test("the table is kept from deletion, and can be taken back to an earlier time", () => {
  expect(onlyResource(stacksOf(own)["self-service"], "aws_dynamodb_table")).toMatchObject({
    deletion_protection_enabled: true,
    point_in_time_recovery: { enabled: true },
    ttl: { attribute_name: "expires", enabled: true },
  });
});

describe("the rights of the function", () => {
  const all = statements(stacksOf(own)["self-service"]);
  const ofApiGateway = all.filter(({ Action }) => Action.some((action: string) => action.startsWith("apigateway:")));

  test("change only keys that carry its tag", () => {
    const changing = ofApiGateway.filter(
      ({ Resource, Action }) =>
        Resource.some((arn: string) => /\/(apikeys|tags)/.test(arn)) && Action.join() !== "apigateway:GET",
    );
    expect(changing).toHaveLength(3);
    for (const { Condition } of changing)
      expect(JSON.stringify(Condition)).toMatch(
        /aws:(Request|Resource)Tag\/api-tiers:self-service":"api-tiers-self-service"/,
      );
  });

  test("reach the keys of the plans of its tiers, and no other plan, stage or API", () => {
    const others = ofApiGateway
      .flatMap(({ Resource }) => Resource)
      .filter((arn: string) => !/::\/(apikeys(\/\*)?|tags\/\*)$/.test(arn));
    expect(others.map((arn: string) => arn.replace(/^.*::/, ""))).toEqual([
      "/usageplans/${data.terraform_remote_state.access.outputs.usage_plan_id_free}/keys",
      "/usageplans/${data.terraform_remote_state.access.outputs.usage_plan_id_startup}/keys",
      "/usageplans/${data.terraform_remote_state.access.outputs.usage_plan_id_free}/keys/*",
      "/usageplans/${data.terraform_remote_state.access.outputs.usage_plan_id_startup}/keys/*",
    ]);
  });

  test.each([
    ["answer", []],
    ["ssm", ["ssm:PutParameter", "ssm:DeleteParameter"]],
    ["secretsmanager", ["secretsmanager:CreateSecret", "secretsmanager:PutSecretValue", "secretsmanager:DeleteSecret"]],
  ])("reach the store of %s, under a path of its own", (handOver, actions) => {
    const found = statements(stacksOf({ ...own, handOver })["self-service"]).filter(({ Action }) =>
      /^(ssm|secretsmanager):/.test(Action[0]),
    );
    expect(found.flatMap(({ Action }) => Action)).toEqual(actions);
    for (const { Resource } of found) expect(Resource[0]).toMatch(/\/api-tiers\/keys\/_self-service\/\*$/);
  });
});

test("retired, its stack is empty and deployed before the plans", () => {
  const stack = stacksOf({ ...own, retired: true })["self-service"];
  expect(stack.resource).toBeUndefined();
});
