import { createHash } from "node:crypto";
import { groupedBy } from "../../text/grouped-by";

/** Systems that take events of usage. */
export const BILLING_SYSTEMS = ["stripe", "openmeter", "lago", "aws-marketplace"] as const;
export type BillingSystem = (typeof BILLING_SYSTEMS)[number];

/** What a billing system is to know of one customer and day. */
export interface BilledDay {
  readonly day: string;
  /** Who is billed, as the system knows the customer. */
  readonly customer: string;
  /** `null` where the system adds up a customer's tiers. */
  readonly tier: string | null;
  /** Requests. */
  readonly value: number;
}

/** What a billing system hears once. Its id and value never change. */
export interface BillingEvent extends BilledDay {
  /** Stable and unique, by which the system knows it again. */
  readonly id: string;
  /** 0 for the first event of a day, 1 and on for those that correct it. */
  readonly correction: number;
  /** When it was made: `2026-11-05T00:40:00.000Z`. */
  readonly made: string;
  /** When it was sent first; `null` where it was not sent by this program. */
  readonly sent: string | null;
  /** When the system took it; `null` where that is not known. */
  readonly accepted: string | null;
}

/**
 * What an event after the first one of a day says: the `difference`, where a system adds up all events, or the `whole` figure,
 * where the newest event of a day takes the place of the others.
 */
export type CorrectionBy = "difference" | "whole";

/**
 * The events that are missing for a system to know some days. Days without requests need none.
 *
 * @param meter what the system calls what is counted; ids of two meters differ
 * @param known events of the same days that were made before
 * @param made the time of the new ones
 */
export function missingEvents(
  meter: string,
  days: readonly BilledDay[],
  known: readonly BillingEvent[],
  made: string,
  by: CorrectionBy,
): BillingEvent[] {
  const before = groupedBy(known, placeOf);
  return days.flatMap((each) => {
    const { day, customer, tier, value } = each;
    const events = before.get(placeOf(each)) ?? [];
    const told = by === "whole" ? (events.at(-1)?.value ?? 0) : events.reduce((sum, one) => sum + one.value, 0);
    if (told === value) return [];
    const correction = events.length;
    const id = createHash("sha256")
      .update(JSON.stringify([meter, day, customer, tier, correction]))
      .digest("hex");
    const said = by === "whole" ? value : value - told;
    return [{ id: id.slice(0, 40), day, customer, tier, value: said, correction, made, sent: null, accepted: null }];
  });
}

const placeOf = ({ day, customer, tier }: BilledDay) => JSON.stringify([day, customer, tier]);
