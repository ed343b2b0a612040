/** Customers of each kind: new ones and those who go, with 3 changes each; those who move, with one. 18,000 changes in all. */
const NEW = 2_000;
const GOING = 2_000;
const MOVING = 6_000;
export const CHANGES = 3 * (NEW + GOING) + MOVING;

type Values = Readonly<Record<string, unknown>>;
type Actions = readonly ("create" | "delete" | "no-op")[];

const PROVIDER = "registry.terraform.io/hashicorp/aws";
const API = { id: "a1b2c3d4e5", name: "pets", root_resource_id: "r1", api_key_source: "HEADER", policy: "" };
const STAGE = {
  id: "ags-a1b2c3d4e5-prod",
  rest_api_id: API.id,
  stage_name: "prod",
  deployment_id: "d1",
  variables: null,
};

/** A plan as `terraform show -json` prints it, in which customers come, go and move to another tier. No value is a key's. */
export function planText(): string {
  const resources = [
    change("aws_api_gateway_rest_api", "pets", ["no-op"], API),
    change("aws_api_gateway_stage", "prod", ["no-op"], STAGE),
    change("aws_api_gateway_usage_plan", "bronze", ["no-op"], usagePlan("bronze", 10)),
    change("aws_api_gateway_usage_plan", "gold", ["no-op"], usagePlan("gold", 100)),
    ...Array.from({ length: NEW }, (_, index) => customer(`new-${index}`, ["create"])).flat(),
    ...Array.from({ length: GOING }, (_, index) => customer(`going-${index}`, ["delete"])).flat(),
    ...Array.from({ length: MOVING }, (_, index) =>
      customer(`moving-${index}`, ["no-op"], ["delete", "create"]),
    ).flat(),
  ];
  const isThere = ({ change: { after } }: Change) => after !== null;
  const wasThere = ({ change: { before } }: Change) => before !== null;
  const module = (all: readonly Change[], of: (change: Change) => Values | null) => ({
    root_module: {
      resources: all.map(({ change: _, ...each }, index) => ({ ...each, values: of(all[index] as Change) })),
    },
  });
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    applyable: true,
    complete: true,
    planned_values: module(resources.filter(isThere), ({ change }) => change.after),
    resource_changes: resources,
    prior_state: { values: module(resources.filter(wasThere), ({ change }) => change.before) },
    configuration: {
      provider_config: { aws: { name: "aws", full_name: PROVIDER } },
      root_module: { resources: resources.filter(isThere).map(configured) },
    },
  });
}

interface Change {
  readonly address: string;
  readonly mode: "managed";
  readonly type: string;
  readonly name: string;
  readonly provider_name: string;
  readonly change: {
    readonly actions: Actions;
    readonly before: Values | null;
    readonly after: Values | null;
    readonly after_unknown: Values;
    readonly before_sensitive: Values;
    readonly after_sensitive: Values;
  };
}

function customer(name: string, actions: Actions, planKeyActions = actions): Change[] {
  const value = `FakeKeyValueOfTheBenchmark${name.replace("-", "")}`;
  const key = { id: `key-${name}`, name, description: `Customer ${name} Ltd.`, enabled: true, value, tags: {} };
  const planKey = { id: key.id, key_id: key.id, key_type: "API_KEY", usage_plan_id: "plan-bronze", name, value };
  const parameter = {
    id: `/keys/${name}`,
    name: `/keys/${name}`,
    type: "SecureString",
    value,
    tier: "Standard",
    tags: {},
  };
  const planKeyLater = ["id", "name", "value", ...(actions[0] === "create" ? ["key_id"] : [])];
  return [
    change("aws_api_gateway_api_key", name, actions, key, ["id", "value"]),
    change("aws_api_gateway_usage_plan_key", name, planKeyActions, planKey, planKeyLater, "plan-gold"),
    change("aws_ssm_parameter", name, actions, parameter, ["id", "value"]),
  ];
}

/** @param later what is known only after the apply, where the resource is created */
function change(
  type: string,
  name: string,
  actions: Actions,
  values: Values,
  later: readonly string[] = [],
  usagePlanAfter?: string,
): Change {
  const isCreated = actions.includes("create");
  const kept = Object.entries(values).filter(([attribute]) => !isCreated || !later.includes(attribute));
  const moved = actions.length > 1 ? { usage_plan_id: usagePlanAfter } : {};
  const sensitive = "value" in values && type !== "aws_api_gateway_usage_plan_key" ? { value: true } : {};
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: PROVIDER,
    change: {
      actions,
      before: actions[0] === "create" ? null : values,
      after: actions.join() === "delete" ? null : { ...Object.fromEntries(kept), ...moved },
      after_unknown: isCreated ? Object.fromEntries(later.map((attribute) => [attribute, true])) : {},
      before_sensitive: sensitive,
      after_sensitive: sensitive,
    },
  };
}

const usagePlan = (name: string, rate: number): Values => ({
  id: `plan-${name}`,
  name,
  description: "",
  api_stages: [{ api_id: API.id, stage: "prod", throttle: [] }],
  throttle_settings: [{ rate_limit: rate, burst_limit: 2 * rate }],
  quota_settings: [],
  tags: {},
});

/** What each resource refers to, as a configuration shows it. */
function configured({ address, type, name }: Change): Values {
  const key = { references: [`aws_api_gateway_api_key.${name}.id`, `aws_api_gateway_api_key.${name}`] };
  const value = { references: [`aws_api_gateway_api_key.${name}.value`, `aws_api_gateway_api_key.${name}`] };
  const expressions = { aws_api_gateway_usage_plan_key: { key_id: key }, aws_ssm_parameter: { value } }[type] ?? {};
  return { address, mode: "managed", type, name, provider_config_key: "aws", expressions };
}
