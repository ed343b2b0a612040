import { stringOf } from "../contract/attributes";
import { decodePolicy } from "../contract/rest-api";
import type { ResourcePolicyModel } from "./model";
import { withOwnArn } from "./permissions";
import type { ResourceIndex } from "./resource-index";
import { mapStrings, type TerraformResource } from "./terraform-resource";

/** The policy of an API, which may stand in a resource of its own. */
export function resourcePolicyOf(api: TerraformResource, index: ResourceIndex): ResourcePolicyModel | undefined {
  const [own] = index.partsOf("aws_api_gateway_rest_api_policy", api);
  const holder = own ?? api;
  const text = stringOf(holder.attributes.policy);
  if (text === "") return undefined;
  const policy = decodePolicy(text);
  return {
    ...index.originOf(holder),
    document: policy && (mapStrings(policy, (each) => withOwnArn(each, api, index)) as Record<string, unknown>),
  };
}
