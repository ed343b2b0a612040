import type { Command } from "commander";
import type { CreditOptions } from "./crediting";
import { storeOption } from "./store-option";

export function addCreditCommand(program: Command): void {
  program
    .command("credit")
    .description("Gives something back to a subscription: a line below 0 on the invoice of a month that is not closed.")
    .argument("<subscription>", "id of the subscription")
    .argument("<amount>", "what is given back, above 0: 10.00")
    .requiredOption("--currency <code>", "three letters of ISO 4217: EUR")
    .requiredOption("--month <month>", "the month on whose invoice it stands: 2026-11")
    .requiredOption("--reason <text>", "why, as the customer reads it")
    .requiredOption("--id <id>", "the credit's own id, such as a ticket's; the same id is credited once")
    .addOption(storeOption())
    .action(async (subscription: string, amount: string, options: CreditOptions) => {
      // Loaded only here, for the other commands need none of it.
      const { giveCredit } = await import("./crediting");
      console.log(await giveCredit(subscription, amount, options));
    });
}
