import { byName } from "../../text/order";
import { SharedTexts } from "../../text/shared-texts";
import { show } from "../../text/show";
import type { UsageDay } from "../usage-day";
import { objectLines } from "./json-objects";

/** What a line holds: the partition stands in the path of its file. */
export type UsageLine = Omit<UsageDay, "day" | "plan">;

const text = (value: unknown) => typeof value === "string";
const textOrNull = (value: unknown) => value === null || typeof value === "string";
const flag = (value: unknown) => typeof value === "boolean";
const count = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const numberOrNull = (value: unknown) => value === null || Number.isSafeInteger(value);

/** The fields in the order in which they are written, each with what it may be. */
const FIELDS: { readonly [Name in keyof UsageLine]: (value: unknown) => boolean } = {
  key: text,
  subscription: textOrNull,
  customer: textOrNull,
  tier: textOrNull,
  enabled: flag,
  price: textOrNull,
  membership: (value) => value === "observed" || value === "carried" || value === "assumed",
  membershipRead: text,
  used: count,
  remaining: numberOrNull,
  reported: flag,
  read: text,
  final: flag,
  finalSince: textOrNull,
  correctedFrom: numberOrNull,
};
const NAMES = Object.keys(FIELDS) as (keyof UsageLine)[];

/** The file of a plan's lines of a day. */
export const usageFile = (day: string, plan: string): string => `usage/day=${day}/plan=${plan}/usage.jsonl`;

/** What the path of such a file says; `undefined` for a file of something else. */
export function partitionOf(name: string): { readonly day: string; readonly plan: string } | undefined {
  const [, day, plan] = /^usage\/day=(\d{4}-\d{2}-\d{2})\/plan=([A-Za-z0-9]+)\/usage\.jsonl$/.exec(name) ?? [];
  return day === undefined || plan === undefined ? undefined : { day, plan };
}

/** The text of a file: equal lines give equal bytes, in whatever order they come. */
export function writeUsageLines(lines: Iterable<UsageLine>): string {
  return [...lines]
    .sort((a, b) => byName(a.key, b.key))
    .map((line) => `${JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, line[name]])))}\n`)
    .join("");
}

/**
 * @param place what to call the file in messages
 * @param texts that were read before, with which equal ones are shared
 * @throws Error for a text that is not what `writeUsageLines` gives
 */
export function readUsageLines(written: string, place: string, texts = new SharedTexts()): UsageLine[] {
  return Array.from(objectLines(written, place, REMEDY), ({ value: line, place: at }) => {
    for (const name of NAMES) {
      const value = line[name];
      if (!FIELDS[name](value))
        throw new Error(`${at}: "${name}" cannot be ${show(value)} in a line of the usage store; ${REMEDY}`);
      if (typeof value === "string") line[name] = texts.one(value);
    }
    return line as unknown as UsageLine;
  });
}

const REMEDY =
  'the file was changed by another program: restore it, or delete it and run "api-tiers usage collect", which can read the last 90 days again';
