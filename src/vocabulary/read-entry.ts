import type { z } from "zod";
import { error, type Finding } from "../text/finding";
import { isObject } from "./objects";

export interface ReadEntry<Value> {
  /** The entry, or what is left of it without the fields that are wrong; `undefined` where too little is left. */
  readonly value: Value | undefined;
  readonly findings: readonly Finding[];
}

/** Where a field of an entry stands, for a finding: `tier "pro"`, `customers.yaml:17: subscription "acme"`. */
export type Place = (path: readonly PropertyKey[]) => string;

/** A place that is the same for all fields of an entry. */
export const at =
  (place: string): Place =>
  () =>
    place;

/** Reads the entries of a catalog one after another, and keeps what is wrong with them. */
export class EntryReader {
  readonly findings: Finding[] = [];

  /** The entry without the fields that are wrong; `undefined` where too little is left. */
  read<Value>(schema: z.ZodType<Value>, written: unknown, place: Place): Value | undefined {
    const { value, findings } = readEntry(schema, written, place);
    this.findings.push(...findings);
    return value;
  }

  /** Keeps a problem, if there is one. */
  refuse(place: string, problem: string | undefined): void {
    if (problem !== undefined) this.findings.push(error(place, problem));
  }
}

/**
 * Reads one entry of a catalog and reports all that is wrong with it.
 *
 * The wrong fields are left out of the value, so that the checks that come after still see the rest: an author with ten
 * mistakes hears of ten, not of the first.
 */
export function readEntry<Value>(schema: z.ZodType<Value>, written: unknown, place: Place): ReadEntry<Value> {
  const result = schema.safeParse(written, { reportInput: true });
  if (result.success) return { value: result.data, findings: lostNames(written, result.data, place) };
  const findings = result.error.issues.map((issue) => {
    const field = issue.path.map(String).join(".");
    return error(place(issue.path), field ? `${field} ${issue.message}` : issue.message);
  });
  const value = withoutWrongFields(schema, written, result.error.issues);
  return { value, findings: [...findings, ...lostNames(written, value, place)] };
}

/** The one name that JavaScript does not let be a name like any other: a schema drops it from a map in silence. */
const LOST = "__proto__";

/** What was written under that name, and is not in what was read. */
function lostNames(written: unknown, read: unknown, place: Place, path: readonly string[] = []): Finding[] {
  if (!isObject(written) || !isObject(read)) return [];
  const findings: Finding[] = [];
  for (const name of Object.keys(written)) {
    if (name === LOST && !Object.hasOwn(read, name)) {
      const here = [...path, name];
      const message = `${here.join(".")} is called by a word that JavaScript keeps for itself; rename it, or drop it`;
      findings.push(error(place(here), message));
    }
    // Looked at before the call, since most fields hold no other fields and there may be ten thousand entries.
    if (name !== LOST && isObject(written[name]))
      findings.push(...lostNames(written[name], read[name], place, [...path, name]));
  }
  return findings;
}

function withoutWrongFields<Value>(
  schema: z.ZodType<Value>,
  written: unknown,
  issues: readonly z.core.$ZodIssue[],
): Value | undefined {
  if (typeof written !== "object" || written === null) return undefined;
  const rest: Record<string, unknown> = { ...written };
  for (const issue of issues) {
    if (issue.path[0] !== undefined) delete rest[String(issue.path[0])];
    else if (issue.code === "unrecognized_keys") for (const key of issue.keys) delete rest[key];
  }
  const again = schema.safeParse(rest);
  return again.success ? again.data : undefined;
}
