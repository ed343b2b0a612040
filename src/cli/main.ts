#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { addAdoptCommand } from "./adopt";
import { addKeyCommand } from "./key";
import { addMaskCommand } from "./mask";
import { addOpenApiCommand } from "./openapi";
import { addReviewCommand } from "./review";
import { addServeCommand } from "./serve";

/** Whatever went wrong, a wrong command line included; other codes are answers that a command gives. */
const FAILED = 1;

async function main(args: readonly string[]): Promise<number> {
  const { version } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as { version: string };
  const program = new Command("api-tiers")
    .description("Works with synthesized API tiers.")
    .version(version)
    .exitOverride()
    .showHelpAfterError();
  let answer = 0;
  addAdoptCommand(program);
  addKeyCommand(program);
  addOpenApiCommand(program);
  addServeCommand(program);
  const answerWith = (code: number) => {
    answer = code;
  };
  addReviewCommand(program, answerWith);
  addMaskCommand(program, answerWith);
  try {
    await program.parseAsync(args, { from: "user" });
    return answer;
  } catch (error) {
    // Commander has printed what is wrong with the command line, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : FAILED;
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    return FAILED;
  }
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
