import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Prepare } from "../contestant";

/** The floor: what this project has synthesized, taken as an object that exists and only has to be written. */
export const prepare: Prepare = ({ outdir, reference }) => {
  const result: unknown = reference && JSON.parse(readFileSync(join(reference, "stacks/access/cdk.tf.json"), "utf8"));
  return {
    build() {},
    synth() {
      writeFileSync(join(outdir, "cdk.tf.json"), JSON.stringify(result ?? {}, null, 2));
    },
  };
};
