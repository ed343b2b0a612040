import { TerraformElement, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** A resource, and the Terraform name that it had before. */
export interface MovedResource {
  readonly resource: TerraformResource;
  readonly from: string;
}

/**
 * `moved` blocks, by which Terraform knows a resource under its new name. Not cdktf's `moveFromId`, which asks an
 * installed Terraform for its version at every synth.
 */
export class MovedBlocks extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly moves: readonly MovedResource[],
  ) {
    super(scope, id);
  }

  override toTerraform() {
    if (this.moves.length === 0) return {};
    const blocks = this.moves.map(({ resource, from }) => ({
      from: `${resource.terraformResourceType}.${from}`,
      to: `${resource.terraformResourceType}.${resource.friendlyUniqueId}`,
    }));
    return { moved: blocks };
  }
}
