import { type Command, Option } from "commander";
import { OPEN_KINDS } from "../usage/invoice/invoice";
import { INVOICE_FORMATS, type InvoiceOptions, makeInvoices } from "./invoicing";
import { repeatable } from "./repeatable";
import { storeOption } from "./store-option";

export function addInvoiceCommand(program: Command, answerWith: (code: number) => void): void {
  program
    .command("invoice")
    .description(
      "Makes the invoices of a month from the usage store and the prices of the tiers. Exits with 2 if one is not final.",
    )
    .requiredOption("--month <month>", "the month, in UTC: 2026-11")
    .addOption(storeOption())
    .option("--subscription <id>", "the invoices of one subscription alone")
    .addOption(new Option("--format <format>", "how to print them").choices(INVOICE_FORMATS).default("table"))
    .option(
      "--close",
      "keep them for good; what becomes known of the month later is a correction on the next ones",
      false,
    )
    .addOption(
      repeatable(
        "--accept <kind>",
        `with --close: close the month although something is missing: ${OPEN_KINDS.join(", ")}; repeatable`,
        OPEN_KINDS,
      ),
    )
    .action(async (options: InvoiceOptions) => {
      const { text, isFinal } = await makeInvoices(options);
      console.log(text.replace(/\n$/, ""));
      if (!isFinal) answerWith(2);
    });
}
