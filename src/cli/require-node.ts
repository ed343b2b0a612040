import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isAccepted } from "../project/node-version";

// Imported before all else, because an older Node may not even load the other modules.
const { engines } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as {
  readonly engines: { readonly node: string };
};
if (!isAccepted(process.versions.node, engines.node)) {
  console.error(
    `error: Node ${process.versions.node} is not supported: api-tiers needs Node ${engines.node}; ` +
      "install one of these from https://nodejs.org, and run it again",
  );
  process.exit(1);
}
