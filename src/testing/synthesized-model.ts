import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalog, CatalogNames } from "../catalog/catalog";
import type { GatewayModel } from "../model/model";
import { readGateway } from "../model/read-gateway";
import { synthesizeCatalog } from "../terraform/stacks/synthesize-catalog";
import type { TierStacksProps } from "../terraform/stacks/tier-stacks";

export interface SynthesizedModel {
  readonly model: GatewayModel;
  /** Removes what was synthesized, and with it the code of functions. */
  readonly clean: () => void;
}

/** Synthesizes a catalog into a folder of its own, and reads what came of it. */
export function synthesizedModel<Names extends CatalogNames>(
  catalog: Catalog<Names>,
  stacks: TierStacksProps | undefined,
): SynthesizedModel {
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-"));
  const clean = () => rmSync(folder, { recursive: true, force: true });
  try {
    const outdir = join(folder, "cdktf.out");
    synthesizeCatalog(catalog, outdir, stacks);
    return { model: readGateway(outdir), clean };
  } catch (error) {
    clean();
    throw error;
  }
}
