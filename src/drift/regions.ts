import { regionOfApiGatewayArn } from "../contract/api-gateway-arn";
import { stringOf } from "../contract/attributes";
import type { StackFile } from "../model/stack-files";
import type { TerraformResource } from "../model/terraform-resource";
import { byName } from "../text/order";

/**
 * Deployed resources by the Region in which they are: as their ARNs say it, or others of the same stack, or the provider of the
 * stack; `undefined` for that of the environment. Sorted by Region.
 */
export function byRegion(
  states: readonly TerraformResource[],
  files: readonly StackFile[] = [],
): ReadonlyMap<string | undefined, readonly TerraformResource[]> {
  const ofStacks = new Map<string | undefined, string>();
  for (const { stack, json } of files) {
    const region = json.provider?.aws?.[0]?.region;
    if (region !== undefined && !region.includes("${")) ofStacks.set(stack, region);
  }
  for (const { stack, attributes } of states) {
    const region = regionOfApiGatewayArn(stringOf(attributes.arn));
    if (region !== undefined) ofStacks.set(stack, region);
  }
  const regions = new Map<string | undefined, TerraformResource[]>();
  for (const each of states) {
    const region = regionOfApiGatewayArn(stringOf(each.attributes.arn)) ?? ofStacks.get(each.stack);
    const others = regions.get(region);
    if (others) others.push(each);
    else regions.set(region, [each]);
  }
  return new Map([...regions].sort(([a = ""], [b = ""]) => byName(a, b)));
}
