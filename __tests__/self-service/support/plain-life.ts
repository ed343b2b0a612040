import type { Command } from "../../../src/self-service/machine/command";
import type { SelfServiceSettings } from "../../../src/self-service/machine/settings";

/** A command that was accepted. */
export interface Accepted {
  readonly command: Command;
  readonly at: number;
}

/** What a customer sees of a subscription. */
export interface Life {
  readonly state: "pending" | "active" | "ended";
  readonly tier: string;
  readonly suspended: boolean;
  /** Of one that has ended, nobody asks it. */
  readonly payment: "paid" | "past-due" | "unpaid" | undefined;
  /** Keys that are not retired. */
  readonly keys: number;
}

/**
 * A subscription's life by a model that knows no state: for each question it looks through all commands again. Each of its
 * parts is one sentence of the guide.
 */
export function lifeAt(accepted: readonly Accepted[], now: number, settings: SelfServiceSettings): Life {
  const end = endOf(accepted, settings);
  const at = Math.min(now, end);
  return {
    state: end <= now ? "ended" : activation(accepted, settings) === undefined ? "pending" : "active",
    tier: tierAt(accepted, at, end, settings),
    suspended: newest(accepted, "suspend", "resume")?.bad ?? false,
    payment: end <= now ? undefined : paymentAt(accepted, now, settings),
    keys: end <= now ? 0 : keysAt(accepted, now, settings),
  };
}

const named = <Name extends Command["name"]>(accepted: readonly Accepted[], ...names: Name[]) =>
  accepted.filter((each): each is Accepted & { command: Extract<Command, { name: Name }> } =>
    (names as string[]).includes(each.command.name),
  );

/** It is active once it is verified, or at once where that is not asked for. */
function activation(accepted: readonly Accepted[], { verification }: SelfServiceSettings): number | undefined {
  return named(accepted, verification ? "verify" : "start")[0]?.at;
}

/** It ends at the time that was said last, or when it was not verified in time. */
function endOf(accepted: readonly Accepted[], settings: SelfServiceSettings): number {
  const last = named(accepted, "end").at(-1);
  const said = last && Math.max(last.at, last.command.on ?? last.at);
  const late =
    activation(accepted, settings) === undefined ? (accepted[0]?.at ?? 0) + settings.verifyWithin : undefined;
  return Math.min(said ?? Number.POSITIVE_INFINITY, late ?? Number.POSITIVE_INFINITY);
}

/**
 * Each move holds from its time on, unless another was said before that, or it is to end by then. What was due when the end
 * was said has happened.
 */
function tierAt(accepted: readonly Accepted[], now: number, end: number, settings: SelfServiceSettings): string {
  const { tiers } = settings;
  const endSaid = named(accepted, "end").at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  let tier = named(accepted, "start")[0]?.command.tier ?? "";
  const moves = named(accepted, "move");
  const verified = activation(accepted, settings);
  moves.forEach(({ command, at }, index) => {
    if (command.tier === tier) return;
    const pending = verified === undefined || isBefore(accepted, "move", index, "verify");
    const isUp = tiers.indexOf(command.tier) > tiers.indexOf(tier);
    const on = Math.max(at, command.on ?? (isUp || pending ? at : firstOfNextMonth(at)));
    const next = moves[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    if (on <= now && on <= next && (on === at || on < end || on <= endSaid)) tier = command.tier;
  });
  return tier;
}

/** Whether the n-th command of one name was accepted before the first of another. */
function isBefore(
  accepted: readonly Accepted[],
  name: Command["name"],
  index: number,
  other: Command["name"],
): boolean {
  const one = accepted.indexOf(accepted.filter(({ command }) => command.name === name)[index] as Accepted);
  const first = accepted.findIndex(({ command }) => command.name === other);
  return first >= 0 && one < first;
}

const firstOfNextMonth = (at: number) => {
  const date = new Date(at);
  date.setUTCDate(1);
  date.setUTCHours(0, 0, 0, 0);
  date.setUTCMonth(date.getUTCMonth() + 1);
  return date.getTime();
};

/** Of two reports, that one counts which occurred later; at the same time, the good one. A report without a time is made now. */
function newest(
  accepted: readonly Accepted[],
  bad: "suspend" | "payment-failed",
  good: "resume" | "payment-recovered",
) {
  let best: { bad: boolean; time: number } | undefined;
  for (const { command, at } of named(accepted, bad, good)) {
    const isBad = command.name === bad;
    const time = command.occurredAt ?? Math.max(at, best?.time ?? 0);
    const counts =
      command.occurredAt === undefined || time > (best?.time ?? 0) || (time === (best?.time ?? 0) && !isBad);
    if (counts) best = { bad: isBad, time };
  }
  return best;
}

/** After a failure it works for the time of grace, counted from the first one since it was paid last. */
function paymentAt(accepted: readonly Accepted[], now: number, { paymentGrace }: SelfServiceSettings): Life["payment"] {
  let since: number | undefined;
  const reports = named(accepted, "payment-failed", "payment-recovered");
  reports.forEach((_, index) => {
    const upTo = newest(reports.slice(0, index + 1), "payment-failed", "payment-recovered");
    if (!upTo?.bad) since = undefined;
    else since ??= upTo.time;
  });
  if (since === undefined) return "paid";
  return since + paymentGrace <= now ? "unpaid" : "past-due";
}

/** The key of the activation, and that of each rotation; each replaced one works until its grace is over. */
function keysAt(accepted: readonly Accepted[], now: number, settings: SelfServiceSettings): number {
  if (activation(accepted, settings) === undefined) return 0;
  let before = 0;
  for (const { command, at } of named(accepted, "rotate")) {
    const grace = command.leaked ? 0 : (command.grace ?? settings.rotationGrace);
    before = command.leaked || grace <= 0 || at + grace <= now ? 0 : 1;
  }
  return before + 1;
}
