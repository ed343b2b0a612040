import { text } from "node:stream/consumers";
import type { Command } from "commander";

export function addMaskCommand(program: Command): void {
  const collect = (value: string, others: readonly string[]) => [...others, value];
  program
    .command("mask")
    .description("Takes the values of keys out of what Terraform prints: terraform plan | api-tiers mask")
    .option(
      "--plan <file>",
      'what "terraform show -json" printed of the plan: all that it marks as sensitive is masked as well, repeatable',
      collect,
      [],
    )
    .action(async ({ plan: files }: { readonly plan: readonly string[] }) => {
      if (process.stdin.isTTY) throw new Error("there is nothing to read; write terraform plan | api-tiers mask");
      const [{ maskPlanText }, { readPlanFiles }, { Secrets }, { collectSecrets }] = await Promise.all([
        import("../review/mask-plan-text"),
        import("../review/plan-file"),
        import("../model/secrets"),
        import("../model/secrets-of-plan"),
      ]);
      const secrets = new Secrets();
      for (const { json } of readPlanFiles(files)) collectSecrets(json, secrets);
      process.stdout.write(maskPlanText(await text(process.stdin), secrets));
    });
}
