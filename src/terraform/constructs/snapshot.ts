import { DefaultTokenResolver, StringConcat, type TerraformResource, Tokenization } from "cdktf";
import { deployedAttributes } from "../../contract/deployed-parts";
import { fingerprint } from "../../contract/fingerprint";

/** What a route refers to of itself, or of its API and its authorizers. Where these have their names from does not matter. */
const OWN_PARTS =
  /\$\{(aws_api_gateway_(?:authorizer|method|method_response|model|request_validator|rest_api))\.[\w-]+\.(\w+)\}/g;

/** Fingerprints of resources, each computed once: for one look at a finished definition. */
export function fingerprints(): (resource: TerraformResource) => string {
  const known = new Map<TerraformResource, string>();
  return (resource) => {
    const found = known.get(resource) ?? fingerprint(deployedAttributesOf(resource));
    known.set(resource, found);
    return found;
  };
}

/**
 * What a deployment contains of a resource: after overrides, aspects and tokens, as the synthesized JSON will say it, but
 * without the addresses of the parts themselves: a new address is not a new .
 */
export function deployedAttributesOf(resource: TerraformResource): Record<string, unknown> {
  const block = resource.toTerraform().resource[resource.terraformResourceType][resource.friendlyUniqueId];
  const resolved = Tokenization.resolve(block, {
    scope: resource,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  }) as Record<string, unknown>;
  const deployed = deployedAttributes(resource.terraformResourceType);
  const text = JSON.stringify(Object.entries(resolved).filter(([name]) => deployed.includes(name)));
  return Object.fromEntries(JSON.parse(text.replace(OWN_PARTS, "$${$1.$2}")));
}
