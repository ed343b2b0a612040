import type { Stripe } from "stripe";
import { mapConcurrently } from "../../aws/map-concurrently";
import { loadOptional } from "../../project/optional-package";
import type { BillingEvent } from "./billing-event";
import { stripeEvent } from "./event-formats";
import type { EventJournal } from "./event-journal";

/** Events that are sent at once: far below Stripe's 1,000 a second in live mode, and its 100 requests a second elsewhere. */
const AT_ONCE = 10;
/** Events after which the journal is written, so that little is sent again after a crash. */
const BATCH = 100;
/** How often a request is sent that was throttled or got lost. Stripe's client waits by itself after the latter alone. */
const RETRIES = 8;
/** Milliseconds before a request that was throttled is sent again; twice as long each time. */
const FIRST_WAIT = 250;
/** Days for which Stripe takes an event. */
const LONGEST_AGO = 35;
/** Hours for which Stripe knows an identifier again. */
const KNOWN_FOR = 24;
const HOUR = 3_600_000;

export interface SendOptions {
  /** What the meter calls its events. */
  readonly meter: string;
  /** The secret key of the account. */
  readonly apiKey: string;
  /**
   * Another server that speaks Stripe's protocol.
   * @default - Stripe's own
   */
  readonly server?: URL | undefined;
  /** The time of sending, in milliseconds since 1 January 1970. */
  readonly now: () => number;
  /** Resolves after some milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

export interface Sent {
  readonly accepted: number;
  /** Those that Stripe did not take, with what it said. */
  readonly refused: readonly { readonly event: BillingEvent; readonly why: string }[];
}

/**
 * Sends the events that Stripe has not accepted yet. It may be ended at any time and run again: an event that was sent and not
 * noted is sent with the same identifier, by which Stripe knows it again for 24 hours; after that it is not sent, but told.
 *
 * @throws Error where the meter does not take daily figures
 */
export async function sendToStripe(
  events: readonly BillingEvent[],
  journal: EventJournal,
  { meter, apiKey, server, now, wait }: SendOptions,
): Promise<Sent> {
  const stripe = await connect(apiKey, server);
  await checkMeter(stripe, meter);
  const refused: Sent["refused"][number][] = [];
  const due = events.filter((event) => {
    if (event.accepted !== null) return false;
    const why = reasonNotToSend(event, now());
    if (why !== undefined) refused.push({ event, why });
    return why === undefined;
  });
  let accepted = 0;
  for (let start = 0; start < due.length; start += BATCH) {
    const batch = due.slice(start, start + BATCH);
    await noted(journal, batch, { sent: new Date(now()).toISOString() });
    const taken: BillingEvent[] = [];
    try {
      await mapConcurrently(
        batch,
        AT_ONCE,
        () => {},
        async (event) => {
          const why = await send(stripe, event, meter, wait);
          if (why === undefined) taken.push(event);
          else refused.push({ event, why });
        },
      );
    } finally {
      await noted(journal, taken, { accepted: new Date(now()).toISOString() });
      accepted += taken.length;
    }
  }
  return { accepted, refused };
}

async function connect(apiKey: string, server: URL | undefined): Promise<Stripe> {
  const { default: StripeClient } = await loadOptional("stripe", "--send stripe", () => import("stripe"));
  return new StripeClient(apiKey, {
    maxNetworkRetries: RETRIES,
    telemetry: false,
    ...(server && {
      host: server.hostname,
      ...(server.port === "" ? {} : { port: server.port }),
      protocol: server.protocol === "http:" ? ("http" as const) : ("https" as const),
    }),
  });
}

/** A day's figure that is corrected takes the place of the former one only in a meter for daily figures. */
async function checkMeter(stripe: Stripe, meter: string): Promise<void> {
  for await (const each of stripe.billing.meters.list({ status: "active" })) {
    if (each.event_name !== meter) continue;
    if (each.event_time_window === "day" && each.default_aggregation.formula === "sum") return;
    throw new Error(
      `Stripe's meter "${meter}" takes ${each.event_time_window === "day" ? "no sums" : "single events"}, so a corrected figure would be ` +
        'billed twice; make a meter with event_time_window "day" and the formula "sum", and give its event_name',
    );
  }
  throw new Error(
    `Stripe has no active meter whose event_name is "${meter}"; make one with event_time_window "day" and the formula "sum"`,
  );
}

function reasonNotToSend({ day, sent }: BillingEvent, now: number): string | undefined {
  if (sent !== null && now - Date.parse(sent) >= KNOWN_FOR * HOUR)
    return `it was sent on ${sent} and not noted as accepted, and Stripe would no longer know it again; look for its identifier there`;
  if (now - Date.parse(`${day}T12:00:00.000Z`) > LONGEST_AGO * 24 * HOUR)
    return `Stripe takes events of the last ${LONGEST_AGO} days; add it to the invoice by hand`;
  return undefined;
}

/** @returns what Stripe said where it did not take the event */
async function send(
  stripe: Stripe,
  event: BillingEvent,
  meter: string,
  wait: SendOptions["wait"],
  attempt = 0,
): Promise<string | undefined> {
  try {
    const { event_name, payload, identifier, timestamp } = stripeEvent(event, meter);
    await stripe.billing.meterEvents.create({ event_name, payload: { ...payload }, identifier, timestamp });
    return undefined;
  } catch (error) {
    const { type, message } = error as { readonly type?: string; readonly message: string };
    if (type === "StripeRateLimitError" && attempt < RETRIES) {
      await wait(FIRST_WAIT * 2 ** attempt);
      return send(stripe, event, meter, wait, attempt + 1);
    }
    if (type !== "StripeInvalidRequestError") throw error;
    // It was taken before, and that was not noted: nobody else has this identifier.
    return /identifier/i.test(message) && /already|duplicate/i.test(message) ? undefined : message;
  }
}

async function noted(
  journal: EventJournal,
  events: readonly BillingEvent[],
  what: { readonly sent?: string; readonly accepted?: string },
): Promise<void> {
  for (const day of new Set(events.map((each) => each.day)))
    await journal.note(day, new Set(events.filter((each) => each.day === day).map(({ id }) => id)), what);
}
