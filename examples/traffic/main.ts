import { App } from "cdktf";
import { printSynthesis, run, TierStacks } from "../../src";

run(async () => {
  // Imported here, so that what is wrong with the catalog is listed instead of thrown.
  const { catalogOf } = await import("./catalog");
  const app = new App();
  const stacks = new TierStacks(app, catalogOf(), { region: "us-east-1", accountLogging: true });
  app.synth();
  printSynthesis(stacks);
});
