import { printable } from "../text/printable";
import { billedDays } from "../usage/billing/billed-days";
import { BillingCustomers } from "../usage/billing/billing-customers";
import type { BillingEvent, BillingSystem } from "../usage/billing/billing-event";
import { hourOf, lagoEvent, marketplaceRequests, openMeterEvent, stripeEvent } from "../usage/billing/event-formats";
import { EventJournal } from "../usage/billing/event-journal";
import { meteredDays } from "../usage/billing/metered-days";
import { sendToStripe } from "../usage/billing/send-stripe";
import { describeProblem } from "../usage/invoice/describe-problem";
import { monthOfUsage } from "../usage/invoice/invoices-in-store";
import { readPrices } from "../usage/price-records";
import { readInstant } from "../usage/report/report-range";
import { openUsageStore } from "../usage/store/usage-store";
import type { UsageDay } from "../usage/usage-day";
import type { BillingOptions } from "./invoice-options";

const HOUR = 3_600_000;

/**
 * Hours after its end from which a day may be metered on AWS Marketplace, which takes records of the last 24 hours alone: long before
 * AWS's figure is final. What comes later is metered as a difference.
 */
const MARKETPLACE_HOURS = 1;

/** Hours for which AWS Marketplace takes a record. */
const LONGEST_AGO = 24;

/** The events of a month for a system, those that were made before and the new ones. */
export async function billingEvents(system: BillingSystem, options: BillingOptions) {
  const now = options.now === undefined ? Date.now() : readInstant(options.now);
  const meter = options.meter ?? "api_requests";
  const store = await openUsageStore(options.store);
  const journal = new EventJournal(store, system, meter);
  const customers = BillingCustomers.read(system, options.customers);
  const used = await monthOfUsage(store, options.month);
  const { metered, problems } = meteredDays({ ...used, prices: await readPrices(store) }, isReady(system));
  const known = customers.of(metered);
  const named = metered.filter(({ subscription }) => known.has(subscription));
  const by = system === "stripe" ? "whole" : "difference";
  const events = await journal.add(billedDays(system, named, known), new Date(now).toISOString(), by);
  const inTime = events.filter((event) => system !== "aws-marketplace" || hourOf(event) >= now - LONGEST_AGO * HOUR);
  const late = events.filter((event) => !inTime.includes(event));
  const tooLate = late.map(
    ({ day, customer, value }) =>
      `${day} ${printable(customer)}: ${value} requests: AWS Marketplace takes records of the last ${LONGEST_AGO} hours alone`,
  );
  return { events: inTime, meter, journal, now, waiting: [...problems.map(describeProblem), ...tooLate] };
}

const isReady =
  (system: BillingSystem) =>
  ({ day, read, final }: UsageDay): boolean =>
    final ||
    (system === "aws-marketplace" &&
      Date.parse(read) >= Date.parse(`${day}T00:00:00Z`) + (24 + MARKETPLACE_HOURS) * HOUR);

/** The events of a system in its own format, one JSON a line. */
export function eventLines(
  system: BillingSystem,
  events: readonly BillingEvent[],
  meter: string,
  { productCode }: Pick<BillingOptions, "productCode">,
): string[] {
  const each = { stripe: stripeEvent, openmeter: openMeterEvent, lago: lagoEvent };
  if (system !== "aws-marketplace") return events.map((event) => JSON.stringify(each[system](event, meter)));
  const byIdentifier = events.filter(({ customer }) => customer.includes('"customerIdentifier"'));
  if (byIdentifier.length > 0 && productCode === undefined)
    throw new Error(
      "customers with a customerIdentifier are metered with the product's code; give it with --product-code",
    );
  const below = events.filter(({ value }) => value < 0);
  if (below.length > 0)
    throw new Error(
      `AWS Marketplace takes nothing back, and AWS corrected figures downwards: ${below
        .map(({ day, customer, value }) => `${day} ${printable(customer)}: ${value}`)
        .join(", ")}; ask AWS Marketplace for a refund`,
    );
  return marketplaceRequests(events, meter, productCode).map((request) => JSON.stringify(request));
}

/** @returns lines for a person, and whether all was accepted */
export async function sendEvents(options: BillingOptions): Promise<{ lines: string[]; isComplete: boolean }> {
  const apiKey = process.env.STRIPE_API_KEY;
  if (!apiKey)
    throw new Error("--send stripe needs the account's secret key; set it as STRIPE_API_KEY, never as an argument");
  const { events, meter, journal, waiting } = await billingEvents("stripe", options);
  const server = process.env.STRIPE_API_BASE;
  const { accepted, refused } = await sendToStripe(events, journal, {
    meter,
    apiKey,
    server: server === undefined ? undefined : new URL(server),
    now: options.now === undefined ? Date.now : () => readInstant(options.now as string),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
  const before = events.filter((event) => event.accepted !== null).length;
  return {
    lines: [
      `Stripe accepted ${accepted} events for ${options.month}; ${before} were accepted before.`,
      ...refused.map(
        ({ event, why }) =>
          `- not sent: ${event.day} ${printable(event.customer)}, ${event.value} requests: ${printable(why)}`,
      ),
      ...waiting.map((why) => `- not ready: ${why}`),
    ],
    isComplete: refused.length === 0 && waiting.length === 0,
  };
}
