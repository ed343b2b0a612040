import { type Command, Option } from "commander";
import { BILLING_SYSTEMS, type BillingSystem } from "../usage/billing/billing-event";
import { OPEN_KINDS } from "../usage/invoice/invoice";
import { type BillingOptions, INVOICE_FORMATS, type InvoiceOptions } from "./invoice-options";
import { repeatable } from "./repeatable";
import { storeOption } from "./store-option";

interface BillingChoice {
  readonly events?: BillingSystem;
  readonly send?: "stripe";
}

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
    .addOption(
      new Option("--events <system>", "print the month's usage as the events that a billing system takes").choices(
        BILLING_SYSTEMS,
      ),
    )
    .addOption(new Option("--send <system>", "send the events that it has not accepted yet").choices(["stripe"]))
    .option(
      "--meter <name>",
      "with --events or --send: what the system calls the meter, its dimension or code",
      "api_requests",
    )
    .option("--customers <file>", "with --events or --send: JSON with the system's id of each subscription")
    .option("--product-code <code>", "with --events aws-marketplace: of a product whose customers have identifiers")
    .option(
      "--now <instant>",
      "with --events or --send: the time, such as 2026-11-05T00:40:00Z; without it, the clock's",
    )
    .action(async (options: InvoiceOptions & BillingOptions & BillingChoice) => {
      // Loaded only here, for the other commands need none of it.
      const { billingEvents, eventLines, sendEvents } = await import("./billing");
      const { makeInvoices } = await import("./invoicing");
      if (options.send !== undefined) {
        const { lines, isComplete } = await sendEvents(options);
        console.log(lines.join("\n"));
        if (!isComplete) answerWith(2);
        return;
      }
      if (options.events !== undefined) {
        const { events, meter, waiting } = await billingEvents(options.events, options);
        for (const line of eventLines(options.events, events, meter, options)) console.log(line);
        for (const line of waiting) console.error(`not ready: ${line}`);
        if (waiting.length > 0) answerWith(2);
        return;
      }
      const { text, isFinal } = await makeInvoices(options);
      console.log(text.replace(/\n$/, ""));
      if (!isFinal) answerWith(2);
    });
}
