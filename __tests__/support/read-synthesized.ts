import { join } from "node:path";
import type { Catalog, TierStacksProps } from "../../src";
import type { GatewayModel } from "../../src/model/model";
import { readGateway } from "../../src/model/read-gateway";
import { synthesizeCatalog } from "../../src/terraform/stacks/synthesize-catalog";
import { withFolder, withoutStackTraces } from "./synthesize";

/** Writes a catalog's stacks into a folder. */
export function synthesizeInto(folder: string, catalog: Catalog, props?: TierStacksProps): void {
  withoutStackTraces(() => synthesizeCatalog(catalog, folder, props));
}

/** What is read of a catalog's synthesized stacks. */
export function readSynthesized(catalog: Catalog, props?: TierStacksProps): GatewayModel {
  return withFolder((folder) => {
    const outdir = join(folder, "cdktf.out");
    synthesizeInto(outdir, catalog, props);
    return readGateway(outdir);
  });
}
