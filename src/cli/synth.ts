import type { Command } from "commander";

export function addSynthCommand(program: Command): void {
  program
    .command("synth")
    .description("Checks the types of a program and runs it: main.ts, which synthesizes the catalog into cdktf.out.")
    .argument("[program]", "the program that synthesizes", "main.ts")
    .action(async (main: string) => {
      // Loaded only here, because the other commands need neither TypeScript nor esbuild.
      const { synth } = await import("./synthesizing");
      synth(main);
    });
}
