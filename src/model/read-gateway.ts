import { statSync } from "node:fs";
import { byName } from "../text/order";
import { withBodies } from "./body/with-bodies";
import { type ExternalIds, externalIds } from "./external-ids";
import { externalResources } from "./external-resources";
import { membershipsOf } from "./memberships";
import type { GatewayModel } from "./model";
import { type Naming, namingOf } from "./naming";
import { ResourceIndex } from "./resource-index";
import { restApis } from "./rest-apis";
import { shownResources } from "./shown-resources";
import { synthesizedResources } from "./synthesized-resources";
import { type TerraformResources, withoutKeyValues } from "./terraform-resource";
import { apiKeys, usagePlans } from "./usage-plans";

/**
 * Reads what was synthesized, or what Terraform shows.
 *
 * @param path cdktf's output folder, or a file that `terraform show -json` printed of a plan or a state
 * @throws Error for a path at which there is none of these
 */
export function readGateway(path: string): GatewayModel {
  const stat = statSync(path, { throwIfNoEntry: false });
  return gatewayOf(stat?.isFile() ? shownResources(path) : synthesizedResources(path));
}

/** The model of resources that were read. */
export function gatewayOf(read: TerraformResources): GatewayModel {
  const { resources, ...others } = withBodies(read);
  return gatewayIn(new ResourceIndex({ resources: withoutKeyValues(resources), ...others }));
}

/**
 * @param external ids of what is managed in none of the states that are looked at
 * @param naming names that are unique in all of these states, such as before a change and after it
 */
export function gatewayIn(
  index: ResourceIndex,
  external: ExternalIds = externalIds([index]),
  naming: Naming = namingOf([index], external),
): GatewayModel {
  const apis = restApis(index, naming, external);
  const memberships = membershipsOf(index, external);
  const keys = apiKeys(index, naming, memberships);
  const elsewhere = externalResources(external, index, naming, keys, memberships);
  const plans = usagePlans(index, naming, { apis, keys, external: elsewhere, memberships });
  return {
    apis: [...apis.values()].sort((a, b) => byName(a.id, b.id)),
    plans,
    keys: [...keys.values()].sort((a, b) => byName(a.id, b.id)),
    external: elsewhere,
    unsupported: index.unsupported,
  };
}
