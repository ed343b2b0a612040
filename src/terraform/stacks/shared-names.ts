import { App, TerraformResource } from "cdktf";
import { enumerate, error, type Finding } from "../../text/finding";
import { TierStack } from "./tier-stack";

/** Fields whose values are unique in an account and Region, by the resources that have them. */
const UNIQUE: Readonly<Record<string, string>> = {
  aws_api_gateway_domain_name: "domainNameInput",
  aws_dynamodb_table: "nameInput",
  aws_lambda_function: "functionNameInput",
  aws_secretsmanager_secret: "nameInput",
  aws_ssm_parameter: "nameInput",
};

/**
 * Names that AWS would refuse the second time: another environment of the app has them already, in the same account and
 * Region as far as the code says it.
 */
export function sharedNames(stacks: readonly TierStack[]): Finding[] {
  const [any] = stacks;
  if (!any) return [];
  const others = App.of(any)
    .node.children.filter((child): child is TierStack => child instanceof TierStack && !stacks.includes(child))
    .filter(({ deployment }) => placeOf(deployment) === placeOf(any.deployment));
  if (others.length === 0) return [];
  const taken = new Set(others.flatMap(namesIn));
  const shared = [...new Set(stacks.flatMap(namesIn))].filter((name) => taken.has(name));
  if (shared.length === 0) return [];
  const names = shared.map((name) => name.replace(/^\S+ /, ""));
  const message =
    `has the names ${enumerate(names)}, as another environment of this app has, in one account and Region; give each ` +
    "environment its account";
  return [error(any.deployment.environment ? `environment "${any.deployment.environment}"` : "app", message)];
}

const placeOf = ({ account = "", region = "" }: TierStack["deployment"]) => `${account} ${region}`;

function namesIn(stack: TierStack): string[] {
  return stack.node
    .findAll()
    .filter(TerraformResource.isTerraformResource)
    .flatMap((resource) => {
      const { terraformResourceType: type } = resource;
      const name = (resource as unknown as Record<string, unknown>)[UNIQUE[type] ?? ""];
      return typeof name === "string" ? [`${type} ${name}`] : [];
    });
}
