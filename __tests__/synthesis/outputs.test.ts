import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { catalog as sample } from "../../catalog";
import { TierStacks } from "../../src";
import { defineUnchecked, petShop } from "../support/catalogs";
import { type Json, synthesize, synthesizedTexts } from "../support/synthesize";

describe("outputs", () => {
  const stacks = synthesize(sample);
  /** Those that people read; `api_tiers` holds names for this project's own readers. */
  const outputs = (stack: string): Record<string, unknown> => {
    const { api_tiers: identity, ...others } = stacks[stack].output ?? {};
    expect(identity).toBeDefined();
    return Object.fromEntries(
      Object.entries<Json>(others).map(([name, { value, sensitive }]) => {
        expect(sensitive).toBeUndefined();
        return [name, value];
      }),
    );
  };

  test("of the sample have names that a person would choose", () => {
    expect(outputs("meditations")).toEqual({
      rest_api_id: "${aws_api_gateway_rest_api.meditations.id}",
      execution_arn: "${aws_api_gateway_rest_api.meditations.execution_arn}",
      function_version_meditations: "${aws_lambda_function.meditations_meditations.version}",
    });
    expect(outputs("meditations-prod")).toEqual({ invoke_url: "${aws_api_gateway_stage.meditations_prod.invoke_url}" });
    expect(outputs("access")).toEqual({
      usage_plan_id_bronze: "${aws_api_gateway_usage_plan.bronze.id}",
      usage_plan_id_gold: "${aws_api_gateway_usage_plan.gold.id}",
      usage_plan_id_silver: "${aws_api_gateway_usage_plan.silver.id}",
    });
  });

  test("are what other stacks read, in the state that is called like the stack", () => {
    expect(Object.keys(stacks.access.data.terraform_remote_state)).toEqual(["journal", "meditations"]);
    const read = JSON.stringify(stacks).match(/data\.terraform_remote_state\.[^}]*/g) ?? [];
    expect([...new Set(read)].sort()).toEqual([
      "data.terraform_remote_state.journal.outputs.execution_arn",
      "data.terraform_remote_state.journal.outputs.function_version_key-authorizer",
      "data.terraform_remote_state.journal.outputs.rest_api_id",
      "data.terraform_remote_state.meditations.outputs.execution_arn",
      "data.terraform_remote_state.meditations.outputs.function_version_meditations",
      "data.terraform_remote_state.meditations.outputs.rest_api_id",
    ]);
    expect(JSON.stringify(stacks)).not.toContain("cross-stack");
  });

  test("of a definition are there before a stage or a tier asks for them", () => {
    const bare = synthesize(defineUnchecked(petShop({ tiers: {} })));
    expect(Object.keys(bare.pets.output)).toEqual(["api_tiers", "execution_arn", "rest_api_id"]);
  });

  test("for what a team's own resource refers to across stacks are called like it, and hidden", () => {
    const texts = synthesizedTexts((app) => {
      const tiers = new TierStacks(app, defineUnchecked(petShop()));
      const pets = tiers.stacks.get("pets");
      const prod = tiers.stacks.get("pets-prod");
      if (!pets || !prod) throw new Error("the pet shop has these stacks");
      const { value } = new DataAwsSsmParameter(pets, "certificate", { name: "/certificate" });
      const { arn } = new SsmParameter(pets, "team", { name: "/team", type: "String", value: "pets" });
      new SsmParameter(prod, "copy", { name: "/copy", type: "String", value });
      new SsmParameter(prod, "place", { name: "/place", type: "String", value: arn });
    });
    const all = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, JSON.parse(text)]));
    expect(all.pets.output["aws_ssm_parameter-team-arn"]).toEqual({
      sensitive: true,
      value: "${aws_ssm_parameter.team.arn}",
    });
    expect(all["pets-prod"].resource.aws_ssm_parameter.place.value).toBe(
      "${data.terraform_remote_state.pets.outputs.aws_ssm_parameter-team-arn}",
    );
    expect(all["pets-prod"].resource.aws_ssm_parameter.copy.value).toBe(
      "${data.terraform_remote_state.pets.outputs.data-aws_ssm_parameter-certificate-value}",
    );
  });
});
