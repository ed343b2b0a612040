import { App } from "cdktf";
import type { Catalog } from "../../catalog/catalog";
import { TierStacks, type TierStacksProps } from "./tier-stacks";

/** Writes the stacks of a catalog into a folder, as `npm start` does, and tells nobody. Nothing is deployed from there. */
export function synthesizeCatalog(catalog: Catalog, outdir: string, props?: TierStacksProps): void {
  const app = new App({ outdir });
  new TierStacks(app, catalog, { imports: {}, ...props });
  app.synth();
}
