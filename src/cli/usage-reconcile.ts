import { type Command, Option } from "commander";
import type { ReconcileOptions } from "./reconciling-usage";
import { storeOption } from "./store-option";

export function addUsageReconcileCommand(usage: Command, answerWith: (code: number) => void): void {
  usage
    .command("reconcile")
    .description(
      "Sets the access logs that were read into the store against GetUsage, by customer and day, and explains each difference. Exits " +
        "with 2 if something is left that nothing explains.",
    )
    .addOption(storeOption())
    .option("--month <month>", "a month, in UTC: 2026-11 (default: that of --now)")
    .option("--from <day>", "the first day, in UTC: 2026-11-03")
    .option("--to <day>", "the last day (default: that of --now, or the month's)")
    .option("--now <instant>", "the time, such as 2026-11-26T12:00:00Z (default: the clock's)")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .action(async (options: ReconcileOptions) => {
      const { reconcileUsage } = await import("./reconciling-usage");
      const { text, isExplained } = await reconcileUsage(options);
      console.log(text);
      if (!isExplained) answerWith(2);
    });
}
