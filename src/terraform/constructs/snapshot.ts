import { createHash } from "node:crypto";
import { DefaultTokenResolver, StringConcat, type TerraformResource, Tokenization } from "cdktf";
import { canonicalJson } from "../../text/canonical-json";

/** Attributes that say where a block stands or how Terraform treats it; no deployment contains them. */
const NOT_DEPLOYED = ["//", "lifecycle", "depends_on", "provider", "provisioner", "rest_api_id", "resource_id", "tags"];

/** What a resource says, after overrides, aspects and tokens, as it will stand in the synthesized JSON. */
export function resolvedAttributes(resource: TerraformResource): Record<string, unknown> {
  const block = resource.toTerraform().resource[resource.terraformResourceType][resource.friendlyUniqueId];
  const resolved = Tokenization.resolve(block, {
    scope: resource,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  }) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(resolved).filter(([name]) => !NOT_DEPLOYED.includes(name)));
}

/** A short hash that is the same for equal values. */
export function fingerprint(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 16);
}
