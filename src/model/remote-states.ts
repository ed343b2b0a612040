import { resolve } from "node:path";
import { canonicalJson } from "../text/canonical-json";
import { entriesOf, isObject } from "../vocabulary/objects";
import type { StackFile } from "./stack-files";

/** The name that cdktf by itself gives to what one stack reads from another. */
const CDKTF_NAME = /^cross-stack-reference-input-(.+)$/;

/**
 * Which of these stacks a block `terraform_remote_state` of a file reads, by the block's name. What counts is where the
 * state is; a name that cdktf made says the stack, too, for backends that write places in two ways.
 */
export function stackReaders(files: readonly StackFile[]): (file: StackFile, data: string) => string | undefined {
  const byState = new Map(files.flatMap((file) => placesOf(file).map((place) => [place, file.stack] as const)));
  return (file, data) => {
    const block = file.json.data?.terraform_remote_state?.[data];
    const place = block && typeof block.backend === "string" ? placeOf(block.backend, block.config, file.folder) : "";
    return byState.get(place) ?? CDKTF_NAME.exec(data)?.[1];
  };
}

const placesOf = ({ json, folder }: StackFile) =>
  entriesOf(json.terraform?.backend).map(([backend, config]) => placeOf(backend, config, folder));

/** The same text for the same state, however much else its configuration says. */
function placeOf(backend: string, config: unknown, folder: string): string {
  const { path, bucket, key, ...rest } = isObject(config) ? config : {};
  if (backend === "local" && typeof path === "string") return `local ${resolve(folder, path)}`;
  if (backend === "s3") return `s3 ${canonicalJson([bucket, key])}`;
  return `${backend} ${canonicalJson({ path, bucket, key, ...rest })}`;
}
