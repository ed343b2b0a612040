import { groupedBy } from "../../text/grouped-by";
import { byName } from "../../text/order";
import { show } from "../../text/show";
import { type ObjectLine, objectLines } from "../store/json-objects";
import type { UsageStore } from "../store/usage-store";
import {
  type BilledDay,
  type BillingEvent,
  type BillingSystem,
  type CorrectionBy,
  missingEvents,
} from "./billing-event";

/** What a meter may be called: its name is a folder of the store. */
const METER = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

/** The events that were made for one meter of a billing system, in the usage store: several programs may add to it at once. */
export class EventJournal {
  constructor(
    private readonly store: UsageStore,
    private readonly system: BillingSystem,
    private readonly meter: string,
  ) {
    if (!METER.test(meter))
      throw new Error(
        `a meter's name must be 1 to 100 letters, digits and _.-, got ${show(meter)}; give it with --meter`,
      );
  }

  /**
   * Adds the events that are missing for some days. Those that another program added meanwhile count as well.
   *
   * @param made the time of the new ones
   * @returns all events of the days, old and new, in the order of days
   */
  async add(billed: readonly BilledDay[], made: string, by: CorrectionBy): Promise<BillingEvent[]> {
    const events: BillingEvent[] = [];
    for (const [day, ofDay] of [...groupedBy(billed, (each) => each.day)].sort(([a], [b]) => byName(a, b)))
      for (const event of await this.change(day, (known) => [
        ...known,
        ...missingEvents(this.meter, ofDay, known, made, by),
      ]))
        events.push(event);
    return events;
  }

  /** Notes what became of events, which have an id of that day each. */
  async note(
    day: string,
    ids: ReadonlySet<string>,
    what: Partial<Pick<BillingEvent, "sent" | "accepted">>,
  ): Promise<void> {
    await this.change(day, (known) =>
      known.map((each) =>
        ids.has(each.id)
          ? { ...each, sent: each.sent ?? what.sent ?? null, accepted: each.accepted ?? what.accepted ?? null }
          : each,
      ),
    );
  }

  /** @returns the events of the day after the change */
  private async change(
    day: string,
    change: (known: readonly BillingEvent[]) => readonly BillingEvent[],
  ): Promise<readonly BillingEvent[]> {
    const file = this.fileOf(day);
    let events: readonly BillingEvent[] = [];
    await this.store.update(file, (text) => {
      events = change(Array.from(objectLines(text ?? "", this.store.placeOf(file), REMEDY), eventIn));
      return events.length === 0 ? undefined : events.map((each) => `${JSON.stringify(each)}\n`).join("");
    });
    return events;
  }

  private fileOf(day: string): string {
    return `billing/${this.system}/${this.meter}/day=${day}/events.jsonl`;
  }
}

function eventIn({ value, place }: ObjectLine): BillingEvent {
  if (typeof value.id !== "string" || typeof value.value !== "number")
    throw new Error(`${place}: must be an event with an id and a value, got ${show(value)}; ${REMEDY}`);
  return value as unknown as BillingEvent;
}

const REMEDY = "the file was changed by another program: restore it from a copy, so that nothing is billed twice";
