import { readFileSync } from "node:fs";
import type { GivenKey } from "../gateway/local-keys";
import { show } from "../text/show";
import { isObject } from "../vocabulary/objects";

/**
 * What options `name=value` say; a value may be a secret, so no message repeats what came.
 *
 * @throws Error for one that is not written so
 */
export function namedValues(
  option: string,
  written: readonly string[],
  pattern: RegExp,
  remedy: string,
  otherwise: (name: string) => string | undefined = () => undefined,
): Map<string, string> {
  return new Map(
    written.map((each, index) => {
      const [, name, given] = pattern.exec(each) ?? [];
      if (name === undefined)
        throw new Error(`${option}, the ${ordinal(index)} one, is not written as it should be; ${remedy}`);
      const value = given ?? otherwise(name);
      if (value === undefined) throw new Error(`${option} ${show(name)} has no value; ${remedy}`);
      return [name, value];
    }),
  );
}

const ordinal = (index: number) => ["first", "second", "third"][index] ?? `${index + 1}th`;

/** Variables of all functions, as `--env` names them. */
export const environmentOf = (written: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    namedValues(
      "--env",
      written,
      /^([A-Za-z_]\w*)(?:=(.*))?$/s,
      "write it as NAME=value, or as NAME for a variable that is set",
      (name) => process.env[name],
    ),
  );

/**
 * Values of keys by subscription, as `--key` and `--keys` give them.
 *
 * @throws Error for what is not a value for a subscription, or a file that is not JSON
 */
export function keysOf(written: readonly string[], file: string | undefined): ReadonlyMap<string, GivenKey> {
  const inFile = file === undefined ? [] : keysIn(file);
  const options = namedValues("--key", written, /^([^=]+)=(.+)$/s, "write it as joe-black=VALUE");
  return new Map([
    ...inFile,
    ...[...options].map(([name, value]): [string, GivenKey] => [name, { value, from: `--key ${show(name)}` }]),
  ]);
}

function keysIn(file: string): [string, GivenKey][] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `--keys ${show(file)} ${code === undefined ? "is not valid JSON" : `cannot be read (${code})`}; write {"joe-black": "VALUE"}`,
    );
  }
  if (!isObject(json)) throw new Error(`--keys ${show(file)} is not an object; write {"joe-black": "VALUE"}`);
  return Object.entries(json).map(([name, value]) => {
    if (typeof value !== "string") throw new Error(`--keys ${show(file)}: ${show(name)} must be a string`);
    return [name, { value, from: `--keys ${show(name)}` }];
  });
}
