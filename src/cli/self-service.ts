import type { Command } from "commander";
import type { ExportSelfServiceOptions } from "./exporting-self-service";

export function addSelfServiceCommand(program: Command): void {
  const selfService = program
    .command("self-service")
    .description("Works with customers who signed up by themselves (selfService in the catalog).");
  selfService
    .command("export")
    .description("Writes subscriptions, their tiers and the ids of their keys as JSON lines, never a value.")
    .option("--table <name>", "name of the self-service", "api-tiers-self-service")
    .option("--output <file>", "file to write (default: standard output)")
    .action(async (options: ExportSelfServiceOptions) => {
      // Loaded only here, for the other commands need no client of DynamoDB.
      const { exportSelfService } = await import("./exporting-self-service");
      await exportSelfService(options);
    });
}
