import { join } from "node:path";
import { App } from "cdktf";
import { type Catalog, TierStacks, type TierStacksProps } from "../../src";
import type { SynthesizedGateway } from "../../src/synthesized/model";
import { readGateway } from "../../src/synthesized/read-gateway";
import { withFolder, withoutStackTraces } from "./synthesize";

/** What is read of a catalog's synthesized stacks. */
export function readSynthesized(catalog: Catalog, props?: TierStacksProps): SynthesizedGateway {
  return withFolder((folder) => {
    const app = new App({ outdir: join(folder, "cdktf.out") });
    withoutStackTraces(() => {
      new TierStacks(app, catalog, props);
      app.synth();
    });
    return readGateway(app.outdir);
  });
}
