import { join } from "node:path";
import { App } from "cdktf";
import { printSynthesis, run, TierStacks } from "../../src";

run(async () => {
  // Imported here, so that what is wrong with the catalog is listed instead of thrown.
  const { catalog } = await import("./catalog");
  const app = new App();
  const stacks = new TierStacks(app, catalog, { handlersFolder: join(__dirname, "handlers"), region: "us-east-1" });
  app.synth();
  printSynthesis(stacks);
});
