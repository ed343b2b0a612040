import type { Json } from "../../support/synthesize";
import { ONE_OF_EACH } from "./one-of-each";
import { wholePlan } from "./whole-plan";

const API = "aws_api_gateway_rest_api";

const resource = (type: string, name = "this") => ({ address: `${type}.${name}`, mode: "managed", type, name });

const change = (type: string, actions: string[], before: Json, after: Json, rest: Json = {}) => ({
  ...resource(type),
  change: { actions, before, after, after_unknown: {}, ...rest },
});

const same = (type: string) => change(type, ["no-op"], ONE_OF_EACH[type], ONE_OF_EACH[type]);

/** The API alone, unchanged. */
const nothing = (rest: Json = {}) => wholePlan([same(API)], rest);

const inState = (...types: string[]) => ({
  prior_state: {
    values: { root_module: { resources: types.map((type) => ({ ...resource(type), values: ONE_OF_EACH[type] })) } },
  },
});

const configured = (resources: Json[], rest: Json = {}) => ({ configuration: { root_module: { resources, ...rest } } });

const POLICY = "aws_api_gateway_rest_api_policy";
const KEY = "aws_api_gateway_api_key";

const named = (name: string, each: Json): Json => ({ ...each, ...resource(each.type, name) });
const role = (name: string) => named(name, change("aws_iam_role", ["no-op"], { id: name }, { id: name }));
const policyOf = (name: string) => change("aws_iam_role_policy", ["no-op"], { role: name }, { role: name });
const otherPolicies = (name: string) =>
  named(
    name,
    change(
      "aws_iam_role",
      ["update"],
      { id: name, inline_policy: [] },
      { id: name, inline_policy: [{ name: "read" }] },
    ),
  );

/** A plan that is not whole, or says more than its changes; what a review says; and whether that needs a decision. */
export const ODD_CASES: readonly (readonly [string, Json, Record<string, unknown>, boolean])[] = [
  ["nothing odd", nothing({ ...inState(API), ...configured([resource(API)]) }), {}, false],
  [
    "that Terraform planned only a part",
    nothing({ ...inState(API), complete: false }),
    { "plan-partial": ["plan shop: leaves out a part of the configuration (complete is false)"] },
    true,
  ],
  [
    "what of the state is left out, and that it stays",
    nothing({ ...inState(API, KEY), complete: false }),
    expect.objectContaining({ "plan-partial": [`plan shop: leaves out ${KEY}.this`] }),
    true,
  ],
  [
    "what a plan of OpenTofu leaves out, which does not say that it is partial",
    nothing({
      ...inState(API, KEY),
      ...configured([resource(API), resource(POLICY), { ...resource(KEY), count_expression: {} }], {
        module_calls: {
          tier: { module: { resources: [resource("aws_api_gateway_usage_plan")] } },
          many: { for_each_expression: {}, module: { resources: [resource("aws_api_gateway_usage_plan")] } },
        },
      }),
      complete: undefined,
    }),
    expect.objectContaining({
      "plan-partial": [
        `plan shop: leaves out ${KEY}.this; does not create ${POLICY}.this and module.tier.aws_api_gateway_usage_plan.this`,
      ],
    }),
    true,
  ],
  [
    "that nobody knows whether a plan is whole",
    nothing({ complete: undefined }),
    { "plan-partial": ["plan shop: does not say whether it is whole: it has neither complete nor prior_state"] },
    true,
  ],
  [
    "that everything is destroyed, which leaves nothing out",
    wholePlan([change("aws_s3_bucket", ["delete"], { id: "b" }, null)], {
      ...configured([resource("aws_s3_bucket"), resource(POLICY)]),
      ...inState(),
      complete: undefined,
    }),
    {},
    false,
  ],
  [
    "that a plan is refresh-only",
    wholePlan([], {
      ...inState(API),
      resource_drift: [change(API, ["update"], ONE_OF_EACH[API], { ...ONE_OF_EACH[API], name: "other" })],
      resource_changes: undefined,
    }),
    {
      "plan-refresh-only": ["plan shop: does not plan the configuration"],
      "changed-outside": [`${API}.this: has another name`],
    },
    true,
  ],
  [
    "that a plan is refresh-only, of a state with nothing in it",
    wholePlan([], configured([resource(API)])),
    { "plan-refresh-only": ["plan shop: does not plan the configuration"] },
    true,
  ],
  [
    "what was changed outside, and nothing of what only looks so",
    nothing({
      resource_drift: [
        change(KEY, ["delete"], ONE_OF_EACH[KEY], null),
        change(
          "aws_api_gateway_usage_plan",
          ["update"],
          { quota_settings: [{ limit: 1 }], tags: null },
          { quota_settings: [{ limit: 2 }], tags: {} },
        ),
        change(API, ["update"], { tags: null, created_date: "1" }, { tags: {}, created_date: "2" }),
      ],
    }),
    {
      "changed-outside": [
        `${KEY}.this: was deleted`,
        "aws_api_gateway_usage_plan.this: has another quota_settings.limit",
      ],
    },
    false,
  ],
  [
    "nothing of what another resource of the plan manages, and Terraform reads twice",
    wholePlan([same(API), role("reader"), policyOf("reader")], { resource_drift: [otherPolicies("reader")] }),
    {},
    false,
  ],
  [
    "what was changed outside of a role beside one whose policies a resource manages",
    wholePlan([same(API), role("reader"), role("writer"), policyOf("reader")], {
      resource_drift: [otherPolicies("reader"), otherPolicies("writer")],
    }),
    { "changed-outside": ["aws_iam_role.writer: has another inline_policy"] },
    false,
  ],
  [
    "what was changed outside of a role whose policies no resource manages",
    nothing({
      resource_drift: [
        change("aws_iam_role", ["update"], { inline_policy: [] }, { inline_policy: [{ name: "read" }] }),
      ],
    }),
    { "changed-outside": ["aws_iam_role.this: has another inline_policy"] },
    false,
  ],
  [
    "what is left for a later plan",
    nothing({
      complete: false,
      deferred_changes: [
        { reason: "instance_count_unknown", resource_change: change(KEY, ["create"], null, { name: "acme" }) },
      ],
      deferred_action_invocations: [
        {
          reason: "deferred_prereq",
          action_invocation: { address: "action.aws_sns_publish.a", type: "aws_sns_publish" },
        },
      ],
    }),
    {
      "change-deferred": [`${KEY}.this: is deferred (instance_count_unknown)`],
      "action-invoked": ["action.aws_sns_publish.a: is left for a later plan"],
    },
    true,
  ],
  [
    "which actions the apply runs",
    nothing({
      action_invocations: [
        {
          address: "action.aws_lambda_invoke.warm",
          type: "aws_lambda_invoke",
          lifecycle_action_trigger: {
            triggering_resource_address: "aws_lambda_function.pets",
            action_trigger_event: "AfterUpdate",
          },
        },
        { address: "action.aws_lambda_invoke.asked", type: "aws_lambda_invoke", invoke_action_trigger: {} },
      ],
    }),
    {
      "action-invoked": [
        "action.aws_lambda_invoke.warm: is invoked after update of aws_lambda_function.pets",
        "action.aws_lambda_invoke.asked: is invoked",
      ],
    },
    true,
  ],
  [
    "which resources run programs",
    wholePlan(
      [
        change("null_resource", ["create"], null, { id: "1" }),
        change("terraform_data", ["delete"], { id: "1" }, null),
        named("copy", change("null_resource", ["create"], null, { id: "2" })),
        named("stays", change("null_resource", ["no-op"], { id: "3" }, { id: "3" })),
      ],
      configured([
        { ...resource("null_resource"), provisioners: [{ type: "local-exec" }, { type: "file" }] },
        { ...resource("terraform_data"), provisioners: [{ type: "remote-exec" }] },
        { ...resource("null_resource", "copy"), provisioners: [{ type: "file" }] },
        { ...resource("null_resource", "stays"), provisioners: [{ type: "local-exec" }] },
      ]),
    ),
    {
      "program-run": [
        "null_resource.this: runs local-exec when it is created",
        "terraform_data.this: may run remote-exec when it is deleted",
      ],
    },
    true,
  ],
  [
    "which checks fail",
    nothing({
      checks: [
        {
          address: { kind: "check", to_display: "check.partners" },
          status: "fail",
          instances: [{ problems: [{ message: "There are too few." }] }],
        },
        { address: { kind: "check", to_display: "check.broken" }, status: "error" },
        { address: { kind: "check", to_display: "check.fine" }, status: "pass" },
        { address: { kind: "check", to_display: "check.later" }, status: "unknown" },
      ],
    }),
    { "check-failed": ["check.partners: There are too few.", "check.broken: cannot be evaluated"] },
    false,
  ],
  [
    "that a plan is of OpenTofu",
    nothing({
      terraform_version: "1.9.0",
      configuration: {
        provider_config: { aws: { full_name: "registry.opentofu.org/hashicorp/aws" } },
        root_module: {},
      },
    }),
    { "plan-from-elsewhere": ["plan shop: was made by OpenTofu 1.9.0"] },
    false,
  ],
  [
    "that nobody knows what made a plan, and that its format is newer",
    nothing({ terraform_version: undefined, format_version: "1.10" }),
    {
      "plan-from-elsewhere": [
        "plan shop: was made by a program that does not say its version; has the format 1.10, and 1.2 is known",
      ],
    },
    false,
  ],
  [
    "which parts of a plan nobody reads",
    nothing({ format_version: "1.3", resource_promises: [{ address: "x" }], nothing_in_it: [] }),
    {
      "plan-from-elsewhere": ["plan shop: has the format 1.3, and 1.2 is known"],
      "plan-part-not-read": ["plan shop: holds resource_promises, which this review does not read"],
    },
    true,
  ],
  [
    "that values are redacted, and that a key that is created again may have another value",
    wholePlan([
      same(API),
      change(
        KEY,
        ["delete", "create"],
        { ...ONE_OF_EACH[KEY], value: "REDACTED-REDACTED-REDACTED" },
        { ...ONE_OF_EACH[KEY], value: "REDACTED-REDACTED-REDACTED" },
      ),
    ]),
    expect.objectContaining({
      "values-redacted": [`${KEY}.this: hides value`],
      "key-replaced": [expect.stringContaining("acme: the key is deleted and created again")],
    }),
    true,
  ],
  [
    "that a policy is redacted",
    wholePlan([
      same(API),
      change(
        POLICY,
        ["update"],
        { ...ONE_OF_EACH[POLICY], policy: "(sensitive value)" },
        { ...ONE_OF_EACH[POLICY], policy: "(sensitive value)" },
        { before_sensitive: { policy: true }, after_sensitive: { policy: true } },
      ),
    ]),
    expect.objectContaining({ "values-redacted": [`${POLICY}.this: hides policy`] }),
    true,
  ],
  [
    "that a plan does not show what changes",
    wholePlan([same(API), change("aws_api_gateway_vpc_link", ["update"], { name: "a" }, { name: "a" })]),
    { "not-judged": ["aws_api_gateway_vpc_link.this: is updated, and the plan does not show what changes"] },
    true,
  ],
  [
    "nothing of a resource that only becomes sensitive",
    wholePlan([
      same(API),
      change(POLICY, ["update"], ONE_OF_EACH[POLICY], ONE_OF_EACH[POLICY], {
        before_sensitive: {},
        after_sensitive: { policy: true },
      }),
    ]),
    {},
    false,
  ],
];
