import { statSync } from "node:fs";
import { byName } from "../text/order";
import type { GatewayModel } from "./model";
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
export function gatewayOf({ resources, unsupported }: TerraformResources): GatewayModel {
  const index = new ResourceIndex({ resources: withoutKeyValues(resources), unsupported });
  const apis = restApis(index);
  const keys = apiKeys(index);
  const plans = usagePlans(index, apis, keys);
  return {
    apis: [...apis.values()].sort((a, b) => byName(a.slug, b.slug)),
    plans,
    keys: [...keys.values()].sort((a, b) => byName(a.id, b.id)),
    unsupported: index.unsupported,
  };
}
