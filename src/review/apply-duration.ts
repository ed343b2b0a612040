import type { ResourceChange } from "../model/resource-changes";

/**
 * Seconds that AWS's control plane makes one request wait for the next of its kind.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html — "Amazon API Gateway quotas for creating,
 * deploying and managing an API"
 */
const SECONDS_APART: Readonly<Record<string, number>> = {
  "create aws_api_gateway_api_key": 1 / 5,
  "delete aws_api_gateway_api_key": 1 / 5,
  "create aws_api_gateway_deployment": 5,
  "create aws_api_gateway_resource": 1 / 5,
  "delete aws_api_gateway_resource": 1 / 5,
  "create aws_api_gateway_rest_api": 3,
  "delete aws_api_gateway_rest_api": 30,
  "update aws_api_gateway_usage_plan": 20,
};
/** All operations together. */
const REQUESTS_PER_SECOND = 10;

/**
 * The least time, in seconds, that the apply of these changes takes at the rates that AWS allows, however fast Terraform is:
 * stacks one after the other, each with a look at all that it holds.
 */
export function applySeconds(changes: readonly ResourceChange[]): number {
  const stacks = new Map<string, ResourceChange[]>();
  for (const change of changes) if (change.type.startsWith("aws_api_gateway_")) added(stacks, change);
  return Math.ceil([...stacks.values()].map(secondsOfStack).reduce((sum, each) => sum + each, 0));
}

function secondsOfStack(changes: readonly ResourceChange[]): number {
  const requests = changes.flatMap(requestsFor);
  // Nothing is applied where nothing changes.
  if (requests.length === 0) return 0;
  const looks = changes.filter(({ before }) => before !== undefined).length;
  const waits = new Map<string, number>();
  for (const request of requests) waits.set(request, (waits.get(request) ?? 0) + (SECONDS_APART[request] ?? 0));
  return Math.max(...waits.values(), (looks + requests.length) / REQUESTS_PER_SECOND);
}

function requestsFor({ action, type }: ResourceChange): string[] {
  if (action === "none" || action === "forget") return [];
  return action === "replace" ? [`delete ${type}`, `create ${type}`] : [`${action} ${type}`];
}

function added(stacks: Map<string, ResourceChange[]>, change: ResourceChange): void {
  const others = stacks.get(change.stack);
  if (others) others.push(change);
  else stacks.set(change.stack, [change]);
}
