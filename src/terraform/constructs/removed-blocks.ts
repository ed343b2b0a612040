import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/**
 * `removed` blocks, by which Terraform forgets resources without deleting them: another state takes them over. Where a
 * resource is not in the state, Terraform passes its block over.
 */
export class RemovedBlocks extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly addresses: readonly string[],
  ) {
    super(scope, id);
  }

  override toTerraform() {
    return { removed: this.addresses.map((from) => ({ from, lifecycle: { destroy: false } })) };
  }
}
