import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { InitOptions } from "./initializing";

export function addInitCommand(program: Command): void {
  program
    .command("init")
    .description(
      "Writes a project: catalog.ts with a test, main.ts, the settings of cdktf, TypeScript, npm and Git, and workflows " +
        "for GitHub. A file that exists is never replaced.",
    )
    .argument("[folder]", "folder of the project, created if it does not exist", ".")
    .addOption(new Option("--main <file>", "the program that synthesizes").default("main.ts").argParser(fileName))
    .option("--dry-run", "print what would be written, and write nothing", false)
    .action(async (folder: string, options: InitOptions) => {
      // Loaded only here, because the other commands write no project.
      const { init } = await import("./initializing");
      init(folder, options);
    });
}

function fileName(text: string): string {
  if (!/^[\w.-]+\.ts$/.test(text))
    throw new InvalidArgumentError("It must be the name of a .ts file, without a folder.");
  return text;
}
