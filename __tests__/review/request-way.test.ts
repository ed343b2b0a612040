import fc from "fast-check";
import { isDeployedType } from "../../src/contract/deployed-parts";
import { acceptanceOf } from "../../src/review/acceptance";
import { review } from "../../src/review/review";
import { GATEWAY_SCHEMA } from "../support/gateway-schema";
import { changedBy, changedIn, isRead, ONE_OF_EACH, type OneChange, planOf, WAYS } from "./support/one-of-each";
import { said } from "./support/reviewed";

/** How many plans are tried; more of them with `PROPERTY_RUNS=500`. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 25);

const TYPES = Object.keys(GATEWAY_SCHEMA);

/** What may change without a finding, by type. Of a block that stands once, also the parts. */
const SILENT: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_account: ["api_key_version", "cloudwatch_role_arn", "features", "id", "reset_on_delete"],
  aws_api_gateway_api_key: ["created_date", "last_updated_date"],
  aws_api_gateway_base_path_mapping: ["id"],
  aws_api_gateway_client_certificate: ["created_date", "expiration_date", "id"],
  aws_api_gateway_deployment: [
    ...["canary_settings", "canary_settings.percent_traffic", "canary_settings.stage_variable_overrides"],
    ...[
      "canary_settings.use_stage_cache",
      "created_date",
      "execution_arn",
      "invoke_url",
      "stage_description",
      "triggers",
      "variables",
    ],
  ],
  aws_api_gateway_documentation_part: [
    ...["documentation_part_id", "id", "location", "location.method", "location.name", "location.path"],
    ...["location.status_code", "location.type", "properties", "rest_api_id"],
  ],
  aws_api_gateway_documentation_version: ["id", "rest_api_id", "version"],
  aws_api_gateway_domain_name: ["certificate_upload_date"],
  aws_api_gateway_method_settings: [
    ...["id", "settings.data_trace_enabled", "settings.logging_level", "settings.metrics_enabled"],
  ],
  aws_api_gateway_rest_api: ["created_date", "execution_arn", "fail_on_warnings", "name", "root_resource_id"],
  aws_api_gateway_stage: [
    ...["access_log_settings", "access_log_settings.destination_arn", "access_log_settings.format"],
    ...["documentation_version", "execution_arn", "id", "invoke_url", "xray_tracing_enabled"],
  ],
  aws_api_gateway_usage_plan: ["name"],
  aws_api_gateway_usage_plan_key: ["id", "name", "value"],
  aws_api_gateway_vpc_link: ["id", "name"],
  aws_iam_role: ["create_date", "max_session_duration", "unique_id"],
  aws_iam_role_policy: ["id", "name"],
  aws_iam_role_policy_attachment: ["id"],
  aws_vpc_endpoint: ["dns_entry", "id", "network_interface_ids", "owner_id", "state"],
};

/** Attributes of many types that only people and programs for them read. */
const FOR_PEOPLE = ["arn", "description", "tags", "tags_all"];

const PARTS = TYPES.flatMap((type) => (GATEWAY_SCHEMA[type] ?? []).map((part) => [type, part] as const));

/** Those of types that the model or a rule reads. */
const READ = PARTS.filter(([type]) => isRead(type));

const nameOf = (type: string, part: string) => `${type} ${part}`;

const EXPECTED = PARTS.filter(
  ([type, part]) => SILENT[type]?.includes(part) || (FOR_PEOPLE.includes(part) && !isDeployedWithIt(type)),
).map(([type, part]) => nameOf(type, part));

/**
 * Parts of an API that go live with a deployment, so that a change of anything in them is one that is not deployed, and types of
 * which a rule reports every change.
 */
function isDeployedWithIt(type: string): boolean {
  return type !== "aws_api_gateway_rest_api" && (isDeployedType(type) || /^aws_(lambda|servicequotas)_/.test(type));
}

function outcomeOf(...changes: OneChange[]) {
  const report = review([planOf(...changes)]);
  const rules = report.sections.filter(({ severity }) => severity !== "reminder").map(({ rule }) => rule);
  return { report, rules, isSilent: report.verdict === "no-decision-needed" && rules.length === 0 };
}

const silentOnes = (changeOf: (type: string) => OneChange) =>
  TYPES.filter((type) => outcomeOf(changeOf(type)).isSilent);

test("there is a resource of each type, and nothing is found where none changes", () => {
  expect(Object.keys(ONE_OF_EACH)).toEqual(TYPES);
  expect(outcomeOf()).toMatchObject({ rules: [], isSilent: true });
});

test("no attribute changes without a finding, unless it is known to be harmless", () => {
  const silent = PARTS.filter(([type, part]) => outcomeOf(changedIn(type, part)).isSilent);
  expect(silent.map(([type, part]) => nameOf(type, part))).toEqual(EXPECTED);
});

/** It follows from other attributes, whatever it becomes. */
const FOLLOWS = ["aws_api_gateway_resource path"];

test.each(WAYS.slice(1))("no attribute is %s without a finding, unless it is known to be harmless", (way) => {
  const silent = READ.filter(([type, part]) => outcomeOf(changedBy(way, type, [part])).isSilent);
  const names = silent.map(([type, part]) => nameOf(type, part));
  expect(names.filter((name) => !EXPECTED.includes(name) && !FOLLOWS.includes(name))).toEqual([]);
});

test("a change that needs a decision needs it beside any other changes", () => {
  const isGreen = (...changes: OneChange[]) => review([planOf(...changes)]).verdict === "no-decision-needed";
  // What is not deployed when it changes alone may be deployed by another of the changes.
  const isGreenOnceDeployed = (change: OneChange) =>
    review([planOf(change)]).sections.every(
      ({ rule, severity }) => severity !== "decision" || rule === "change-not-deployed",
    );
  const alone = new Map<string, boolean>();
  const greenAlone = (way: (typeof WAYS)[number], type: string, part: string) => {
    const name = [way, type, part].join(" ");
    const known = alone.get(name) ?? isGreenOnceDeployed(changedBy(way, type, [part]));
    alone.set(name, known);
    return known;
  };
  const oneType = fc.constantFrom(...TYPES).chain((type) =>
    fc.tuple(
      fc.constant(type),
      fc.constantFrom(...WAYS),
      fc.uniqueArray(fc.constantFrom(...(GATEWAY_SCHEMA[type] ?? [])), {
        minLength: 1,
        maxLength: 3,
        // A block and a part of it are one thing.
        selector: (part) => part.replace(/\..*$/, ""),
      }),
    ),
  );
  fc.assert(
    fc.property(fc.uniqueArray(oneType, { minLength: 1, maxLength: 3, selector: ([type]) => type }), (changes) => {
      const allGreen = changes.every(([type, way, parts]) => parts.every((part) => greenAlone(way, type, part)));
      const green = isGreen(...changes.map(([type, way, parts]) => changedBy(way, type, parts)));
      if (green) expect(allGreen).toBe(true);
    }),
    { numRuns: 8 * RUNS },
  );
});

test("no resource is created without a finding, unless nothing names it yet", () => {
  const created = (type: string) => ({
    type: `${type}.second`,
    actions: ["create"],
    before: null,
    after: ONE_OF_EACH[type],
  });
  expect(silentOnes(created)).toEqual([
    "aws_api_gateway_account",
    "aws_api_gateway_client_certificate",
    "aws_api_gateway_deployment",
    "aws_api_gateway_documentation_part",
    "aws_api_gateway_documentation_version",
    "aws_api_gateway_resource",
    "aws_api_gateway_vpc_link",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_lambda_permission",
    "aws_route53_record",
    "aws_wafv2_api_key",
    "aws_wafv2_ip_set",
    "aws_wafv2_regex_pattern_set",
    "aws_wafv2_rule_group",
    "aws_wafv2_web_acl",
    "aws_wafv2_web_acl_logging_configuration",
  ]);
});

test("no resource is deleted without a finding, unless nothing uses it", () => {
  const deleted = (type: string) => ({ type, actions: ["delete"], before: ONE_OF_EACH[type], after: null });
  expect(silentOnes(deleted)).toEqual([
    "aws_api_gateway_account",
    "aws_api_gateway_documentation_part",
    "aws_api_gateway_documentation_version",
    "aws_api_gateway_vpc_link",
    "aws_lambda_function_url",
    "aws_wafv2_web_acl_logging_configuration",
  ]);
});

test("no resource is replaced without a finding, unless stages serve a copy of it", () => {
  const replaced = (type: string) => ({
    type,
    actions: ["delete", "create"],
    before: ONE_OF_EACH[type],
    after: ONE_OF_EACH[type],
  });
  expect(silentOnes(replaced)).toEqual([
    "aws_api_gateway_account",
    "aws_api_gateway_documentation_part",
    "aws_api_gateway_documentation_version",
    "aws_api_gateway_method_settings",
    "aws_api_gateway_resource",
    "aws_wafv2_web_acl_logging_configuration",
  ]);
});

test("what is not judged needs a decision, which is accepted as others are", () => {
  const change = changedIn("aws_api_gateway_usage_plan", "product_code");
  const { report } = outcomeOf(change);
  expect(report.verdict).toBe("decision-needed");
  expect(said(report)["not-judged"]).toEqual(["aws_api_gateway_usage_plan.this product_code: changes"]);
  const accepted = [acceptanceOf("not-judged:aws_api_gateway_usage_plan.this product_code", "We sell it there.")];
  expect(review([planOf(change)], { accepted }).verdict).toBe("no-decision-needed");
});

test.each([
  ["aws_apigatewayv2_route", {}, "decision-needed"],
  ["aws_apigatewayv2_api_mapping", {}, "decision-needed"],
  ["awscc_apigateway_usage_plan", {}, "decision-needed"],
  ["awscc_lambda_permission", {}, "decision-needed"],
  ["aws_wafv2_rule_group", {}, "decision-needed"],
  ["aws_servicequotas_service_quota", { service_code: "apigateway" }, "decision-needed"],
  ["aws_servicequotas_service_quota", { service_code: "s3" }, "no-decision-needed"],
  ["aws_s3_bucket", {}, "no-decision-needed"],
  ["aws_iam_role", {}, "no-decision-needed"],
  ["google_thing", {}, "no-decision-needed"],
])("a change of %s %j: %s", (type, values, verdict) => {
  const before = { id: "x", something: "one", ...values };
  const { report } = outcomeOf({ type, actions: ["update"], before, after: { ...before, something: "other" } });
  expect(report.verdict).toBe(verdict);
  if (verdict === "no-decision-needed")
    expect(report.otherChanges.map(({ address }) => address)).toEqual([`${type}.this`]);
});
