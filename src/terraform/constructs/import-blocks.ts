import { TerraformElement, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { KeptAttributes } from "../../vocabulary/imports";
import { literal } from "./literal";

/** A resource that is in the account already, and the id by which Terraform imports it. */
export interface ImportedResource {
  readonly resource: TerraformResource;
  readonly id: string;
  /** @default - none: the resource becomes as the catalog says */
  readonly keep?: KeptAttributes | undefined;
}

/**
 * The `import` blocks of a stack. Where a resource is in the state already, Terraform passes its block over.
 *
 * Not cdktf's `importFrom`, which asks an installed Terraform for its version at every synth.
 */
export class ImportBlocks extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly imported: readonly ImportedResource[],
  ) {
    super(scope, id);
    for (const { resource, keep = [] } of imported)
      if (keep.length > 0) resource.lifecycle = { ...resource.lifecycle, ignoreChanges: kept(resource, keep) };
  }

  override toTerraform() {
    const blocks = this.imported.map(({ resource, id }) => ({
      to: `${resource.terraformResourceType}.${resource.friendlyUniqueId}`,
      id: literal(id),
    }));
    return { import: blocks };
  }
}

/** Those that the resource itself leaves as they are, and these. */
function kept({ lifecycle }: TerraformResource, keep: KeptAttributes): string[] {
  const own = lifecycle?.ignoreChanges;
  return [...new Set([...(Array.isArray(own) ? own : []), ...keep])];
}
