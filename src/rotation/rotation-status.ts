import { type DayNumber, dateOf } from "../limiter/day-number";
import type { RotatingKey, Rotation } from "./rotations";

/** What is known of the calls of a key on a day, under all plans that it was in. */
export interface KnownCalls {
  readonly calls: number;
  /** Whether these are the calls of the whole day: figures that AWS may still change are not. */
  readonly isWhole: boolean;
}

/** Calls of a key on a day, by its id in AWS and the plans that it is in now; `undefined` where nothing is known. */
export type CallsOn = (key: string, plans: readonly string[], day: DayNumber) => KnownCalls | undefined;

/** What a key did on the days that were looked at. */
export interface KeyStatus {
  readonly key: string;
  readonly enabled: boolean;
  /** `2026-11-20T09:00:00Z` */
  readonly createdAt: string | null;
  readonly handedOver: { readonly store: string; readonly name: string } | null;
  readonly calls: number;
  /** The last day with a call: `2026-11-26`; `null` for none on these days. */
  readonly lastCall: string | null;
  /** Days of which nothing is known. */
  readonly unknownDays: readonly string[];
}

/**
 * Where the replacement of a key stands:
 *
 * - `unused`: nobody has called with the newest key yet, or it is disabled while an older one works;
 * - `moving`: an older key that works is still called with;
 * - `silent`: no older key that works was called with on the days that were looked at;
 * - `replaced`: all older keys are disabled;
 * - `suspended`: no key works;
 * - `unknown`: calls of some days are not known, or not which key is the newest.
 */
export type RotationPhase = "unused" | "moving" | "silent" | "replaced" | "suspended" | "unknown";

export interface RotationStatus {
  readonly subscription: string;
  readonly phase: RotationPhase;
  /** The oldest first. */
  readonly keys: readonly KeyStatus[];
  /** What to do next, in a sentence. */
  readonly next: string;
  /** The commands that do it. */
  readonly commands: readonly string[];
}

/** @param days that are looked at, the last one being over or today */
export function rotationStatus(
  { subscription, keys, isOrdered }: Rotation,
  days: { readonly first: DayNumber; readonly last: DayNumber },
  callsOn: CallsOn,
): RotationStatus {
  const each = keys.map((key) => ({ ...keyStatus(key, days, callsOn), name: key.name }));
  const phase = phaseOf(each, isOrdered);
  const older = each.slice(0, -1);
  const newest = each.at(-1);
  const rotate = (option: string, names: readonly { readonly name: string }[]) =>
    names.map(({ name }) => `api-tiers subscription rotate ${subscription} --${option} ${name}`);
  const working = older.filter(({ enabled }) => enabled);
  const advice: Readonly<Record<RotationPhase, Pick<RotationStatus, "next" | "commands">>> = {
    unused:
      newest?.enabled === false
        ? { next: `${newest.key} is disabled: enable it before you hand it over, or remove it.`, commands: [] }
        : {
            next: `Hand ${newest?.key} over, and wait until the customer calls with it.`,
            commands: [`api-tiers key ${newest?.key}`],
          },
    suspended: {
      next: "No key works. Resume the subscription, or enable one of the keys.",
      commands: [`api-tiers subscription resume ${subscription}`],
    },
    moving: { next: "Wait until nobody calls with the older key, and ask the customer.", commands: [] },
    silent: {
      next: "Disable the older key: it can be enabled again if somebody misses it.",
      commands: rotate("disable", working),
    },
    replaced: {
      next: "Remove the disabled key, once its usage is collected.",
      commands: rotate("remove", older),
    },
    unknown: { next: unknownOf(each, isOrdered), commands: isOrdered ? ["api-tiers usage collect"] : [] },
  };
  return { subscription, phase, keys: each.map(({ name: _, ...status }) => status), ...advice[phase] };
}

function keyStatus(
  key: RotatingKey,
  { first, last }: { readonly first: DayNumber; readonly last: DayNumber },
  callsOn: CallsOn,
): KeyStatus {
  let calls = 0;
  let lastCall: DayNumber | undefined;
  const unknownDays: string[] = [];
  for (let day = first; day <= last; day++) {
    const plans = key.plans.flatMap(({ awsId }) => awsId ?? []);
    const known = key.awsId === undefined ? undefined : callsOn(key.awsId, plans, day);
    // The last day may go on, and what is known of it is all that there is. On days before it was created, a key did not call.
    const isKnown = known !== undefined && (known.isWhole || day === last);
    if (!isKnown && (key.createdAt === undefined || key.createdAt.slice(0, 10) <= dateOf(day)))
      unknownDays.push(dateOf(day));
    calls += known?.calls ?? 0;
    if (known !== undefined && known.calls > 0) lastCall = day;
  }
  return {
    key: key.id,
    enabled: key.enabled,
    createdAt: key.createdAt ?? null,
    handedOver: key.handedOver ?? null,
    calls,
    lastCall: lastCall === undefined ? null : dateOf(lastCall),
    unknownDays,
  };
}

function phaseOf(keys: readonly KeyStatus[], isOrdered: boolean): RotationPhase {
  const newest = keys.at(-1);
  if (keys.every(({ enabled }) => !enabled)) return "suspended";
  if (!isOrdered || !newest) return "unknown";
  const working = keys.slice(0, -1).filter(({ enabled }) => enabled);
  if (!newest.enabled) return "unused";
  if (working.length === 0) return "replaced";
  if (working.some(({ calls }) => calls > 0)) return newest.calls === 0 ? unusedUnlessUnknown(newest) : "moving";
  if (newest.calls === 0) return unusedUnlessUnknown(newest);
  return working.some(({ unknownDays }) => unknownDays.length > 0) ? "unknown" : "silent";
}

const unusedUnlessUnknown = ({ unknownDays }: KeyStatus): RotationPhase =>
  unknownDays.length > 0 ? "unknown" : "unused";

function unknownOf(keys: readonly KeyStatus[], isOrdered: boolean): string {
  if (!isOrdered)
    return "The states do not say when each key was created, so which of them is the older one is not known.";
  const days = [...new Set(keys.flatMap(({ unknownDays }) => unknownDays))].sort();
  const which = days.length === 1 ? days[0] : `${days.length} days from ${days[0]} to ${days.at(-1)}`;
  return `The calls of ${which} are not known, so nothing is said of silence; collect them, or ask AWS with --live.`;
}
