import { createHash } from "node:crypto";
import { DefaultTokenResolver, StringConcat, type TerraformResource, Tokenization } from "cdktf";
import { deployedAttributes } from "../../contract/deployed-parts";
import { canonicalJson } from "../../text/canonical-json";

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

/** A short hash that is the same for equal values. */
export function fingerprint(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 16);
}
