import { readFileSync } from "node:fs";
import { join } from "node:path";

// Imported before all else, and written without anything that an old Node does not know, because other modules may not load there.
const { engines } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as {
  readonly engines: { readonly node: string };
};
const [, major, minor] = /(\d+)(?:\.(\d+))?/.exec(engines.node) as RegExpExecArray;
const [here = 0, hereMinor = 0] = process.versions.node.split(".").map(Number);
if (here < Number(major) || (here === Number(major) && hereMinor < Number(minor ?? 0))) {
  console.error(
    `error: Node ${process.versions.node} is too old: api-tiers needs Node ${engines.node}; ` +
      "install a newer Node from https://nodejs.org, and run it again",
  );
  process.exit(1);
}
