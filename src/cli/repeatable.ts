import { InvalidArgumentError, Option } from "commander";

/** Reads an option that may be given several times. */
export const several = (value: string, others: readonly string[]): string[] => [...others, value];

/** An option that may be given several times, each time with one of some values. */
export function repeatable(flags: string, description: string, allowed: readonly string[]): Option {
  return new Option(flags, description).default([], "none").argParser((value: string, before: readonly string[]) => {
    if (!allowed.includes(value)) throw new InvalidArgumentError(`Allowed choices are ${allowed.join(", ")}.`);
    return several(value, before);
  });
}
