import { relative } from "node:path";
import { App, TerraformResource } from "cdktf";
import { deployedStackName } from "../../contract/state-names";
import { describeFinding, type Finding } from "../../text/finding";
import { formatCount, formatQuota, formatRate } from "../../text/limits";
import { tiersOf } from "../../vocabulary/subscription";
import { accountLoggingFindings } from "./account-logging";
import { unusedImports } from "./imported-access";
import { type Environment, keyVariableFindings } from "./key-variables";
import { describeOrphanedState, orphanedStates } from "./orphaned-states";
import { stateWarnings } from "./state-conflicts";
import type { TierStack } from "./tier-stack";
import type { TierStacks } from "./tier-stacks";

/** What a person calls the resources of a stack: one, and many. */
const NOUNS: Readonly<Record<string, readonly [string, string]>> = {
  aws_api_gateway_rest_api: ["REST API", "REST APIs"],
  aws_api_gateway_method: ["route", "routes"],
  aws_lambda_function: ["function", "functions"],
  aws_api_gateway_gateway_response: ["gateway response", "gateway responses"],
  aws_api_gateway_authorizer: ["authorizer", "authorizers"],
  aws_api_gateway_deployment: ["deployment", "deployments"],
  aws_api_gateway_stage: ["stage", "stages"],
  aws_lambda_alias: ["function alias", "function aliases"],
  aws_api_gateway_domain_name: ["domain name", "domain names"],
  aws_api_gateway_base_path_mapping: ["base path", "base paths"],
  aws_cloudwatch_metric_alarm: ["alarm", "alarms"],
  aws_cloudwatch_dashboard: ["dashboard", "dashboards"],
  aws_api_gateway_account: ["role for logging", "roles for logging"],
  aws_api_gateway_usage_plan: ["usage plan", "usage plans"],
  aws_api_gateway_api_key: ["API key", "API keys"],
  aws_dynamodb_table: ["table", "tables"],
  aws_ssm_parameter: ["SSM parameter", "SSM parameters"],
  aws_secretsmanager_secret: ["secret", "secrets"],
};

/** What was synthesized, for a person: stacks, tiers, where the files are, and what to run next. */
export function synthesisSummary(stacks: TierStacks): string {
  const { outdir } = App.of(stacks.plans);
  const [first] = stacks.stacks.values();
  const all = deployedStackName(first?.deployment ?? {}, "*");
  const notices = findingsOf(stacks).filter(({ severity }) => severity === "notice");
  return [
    table(
      ["Stack", "Holds"],
      [...stacks.stacks].map(([name, stack]) => [name, holdings(stack)]),
    ),
    table(["Tier", "Rate", "Burst", "Quota", "Opens", "Subscriptions"], tierRows(stacks)),
    ...(notices.length > 0 ? [`Good to know:\n${list(notices.map(describeFinding))}`] : []),
    `Terraform is in ${relative(process.cwd(), outdir) || "."}/stacks/${all}/cdk.tf.json.`,
    `Next: "npx cdktf diff ${first?.node.id}" shows what a deploy would do, "npx cdktf deploy '${all}'" does it.`,
  ].join("\n\n");
}

const findingsOf = (stacks: TierStacks): Finding[] => [...stacks.catalog.findings, ...accountLoggingFindings(stacks)];

/**
 * What needs attention: warnings of the catalog and of the stacks, key variables that are not set, and states that no
 * stack looks after.
 *
 * @param environment in which the key variables are looked for
 */
export function synthesisWarnings(stacks: TierStacks, environment: Environment = process.env): string[] {
  const warnings = [
    ...findingsOf(stacks).filter(({ severity }) => severity === "warning"),
    ...unusedImports(stacks.catalog, stacks.imports),
    ...stateWarnings([...stacks.stacks.values()]),
    ...keyVariableFindings(stacks.catalog.subscriptions, environment),
  ];
  return [...warnings.map(describeFinding), ...orphanedStates(stacks).map(describeOrphanedState)];
}

/** Prints the summary, and the warnings on standard error, where cdktf shows them too. */
export function printSynthesis(stacks: TierStacks): void {
  console.log(synthesisSummary(stacks));
  const warnings = synthesisWarnings(stacks);
  if (warnings.length > 0) console.error(`\nWARNING\n${list(warnings)}`);
}

function holdings(stack: TierStack): string {
  const counts = new Map<string, number>();
  for (const construct of stack.node.findAll())
    if (TerraformResource.isTerraformResource(construct))
      counts.set(construct.terraformResourceType, (counts.get(construct.terraformResourceType) ?? 0) + 1);
  if (counts.size === 0) return stack.retired ? "nothing: what it held is destroyed" : "nothing yet";
  return Object.entries(NOUNS)
    .flatMap(([type, [one, many]]) => {
      const count = counts.get(type);
      return count === undefined ? [] : [`${formatCount(count)} ${count === 1 ? one : many}`];
    })
    .join(", ");
}

function tierRows({ catalog }: TierStacks): string[][] {
  const subscriptions = new Map<string, number>();
  for (const subscription of catalog.subscriptions)
    for (const tier of tiersOf(subscription)) subscriptions.set(tier, (subscriptions.get(tier) ?? 0) + 1);
  return catalog.tiers.map((tier) => [
    tier.closed ? `${tier.id} (closed)` : tier.id,
    tier.throttle ? formatRate(tier.throttle.rateLimit) : "no limit",
    tier.throttle ? formatCount(tier.throttle.burstLimit) : "no limit",
    tier.quota ? formatQuota(tier.quota) : "no quota",
    tier.access.flatMap(({ api, stages }) => stages.map((stage) => `${api}-${stage}`)).join(", ") || "nothing",
    formatCount(subscriptions.get(tier.id) ?? 0),
  ]);
}

function table(head: string[], rows: string[][]): string {
  // Loaded only where a summary is printed.
  const Table = require("cli-table3") as typeof import("cli-table3");
  const made = new Table({ head, style: { head: [], border: [], compact: true }, wordWrap: true });
  made.push(...rows);
  return made.toString();
}

const list = (lines: readonly string[]) => lines.map((line) => `  - ${line}`).join("\n");
