import { DefaultTokenResolver, StringConcat, type TerraformResource, Tokenization } from "cdktf";
import { deployedAttributes } from "../../contract/deployed-parts";

/** What a deployment contains of a resource: after overrides, aspects and tokens, as the synthesized JSON will say it. */
export function deployedAttributesOf(resource: TerraformResource): Record<string, unknown> {
  const block = resource.toTerraform().resource[resource.terraformResourceType][resource.friendlyUniqueId];
  const resolved = Tokenization.resolve(block, {
    scope: resource,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  }) as Record<string, unknown>;
  const deployed = deployedAttributes(resource.terraformResourceType);
  return Object.fromEntries(Object.entries(resolved).filter(([name]) => deployed.includes(name)));
}
