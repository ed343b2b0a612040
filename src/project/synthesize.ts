import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/**
 * Runs the program that `cdktf.json` names, as cdktf does, so that what is read is what is written.
 *
 * @param output the folder into which it synthesizes
 * @returns the warnings that it printed, as `printSynthesis` lists them
 * @throws Error with what the program printed, where it fails
 */
export function synthesize(output: string): string[] {
  if (!existsSync("cdktf.json"))
    throw new Error("cdktf.json: does not exist here; run this in the folder of the project");
  const { app } = JSON.parse(readFileSync("cdktf.json", "utf8")) as { readonly app?: string };
  if (app === undefined) throw new Error("cdktf.json names no app; synthesize yourself, and name the --output");
  const { status, stdout, stderr } = spawnSync(app, {
    shell: true,
    encoding: "utf8",
    env: { ...process.env, CDKTF_OUTDIR: output },
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`"${app}" ended with ${status}:\n${stdout}${stderr}`);
  const lines = stderr.split(/\r?\n/);
  const title = lines.indexOf("WARNING");
  return title < 0 ? [] : lines.slice(title + 1).flatMap((line) => (line.startsWith("  - ") ? [line.slice(4)] : []));
}
