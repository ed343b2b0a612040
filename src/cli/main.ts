#!/usr/bin/env node
import "./require-node";
import { CommanderError } from "commander";
import { DEBUG_VARIABLE } from "../text/describe-error";
import { createProgram } from "./program";

/** Whatever went wrong, a wrong command line included; other codes are answers that a command gives. */
const FAILED = 1;

async function main(args: readonly string[]): Promise<number> {
  let answer = 0;
  const program = createProgram((code) => {
    answer = code;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return answer;
  } catch (error) {
    // Commander has printed what is wrong with the command line, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : FAILED;
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    if (process.env[DEBUG_VARIABLE] === "1" && error instanceof Error) console.error(error.stack);
    return FAILED;
  }
}

main(process.argv.slice(2)).then((code) => {
  // A program that "synth" runs may have failed already.
  if (code !== 0) process.exitCode = code;
});
