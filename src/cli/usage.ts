import type { Command } from "commander";
import { addUsageCollectCommand } from "./usage-collect";

export function addUsageCommand(program: Command): void {
  const usage = program.command("usage").description("Tells what customers used, from a store of daily figures.");
  addUsageCollectCommand(usage);
}
