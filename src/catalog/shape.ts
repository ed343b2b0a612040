import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { FIXED_LIMITS } from "./aws-limits";
import { error, type Finding } from "./finding";

/** The part of a zod issue that a message needs. */
interface Wrong {
  readonly code?: string;
  readonly input?: unknown;
  readonly keys?: readonly string[];
  readonly expected?: unknown;
}

/**
 * What may be written in a short and in a long form: a union would answer a mistake in one form by that it is not the
 * other, so the schema is chosen by what was written.
 */
export function schemaChosenBy<Value>(choose: (written: unknown) => z.ZodType) {
  return z
    .unknown()
    .superRefine((written, context) => {
      for (const issue of choose(written).safeParse(written, { reportInput: true }).error?.issues ?? [])
        context.addIssue({ code: "custom", message: issue.message, path: issue.path, input: issue.input });
    })
    .transform((written) => written as Value);
}

/** Long runs of letters and digits may be a live API key that was written in the wrong place (invariant I9). */
const LIKE_A_KEY = /[A-Za-z0-9]{20,}/g;

/** What came, short enough for one line, without anything that could be a key. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = asText(value).replace(LIKE_A_KEY, "<not shown>");
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function asText(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return "an object that is no data";
  }
}

/** A zod error that says what is allowed, what came, and what to do: `must be …, got …; do …`. */
export function wrong(allowed: string, remedy?: string) {
  return (issue: Wrong): string => `${allowed}, got ${show(issue.input)}${remedy ? `; ${remedy}` : ""}`;
}

/** An object that knows just these fields, and lists them to whoever writes another. */
export function fields<Shape extends z.ZodRawShape>(shape: Shape, allowed = "must be an object") {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue: Wrong) => {
      if (issue.code !== "unrecognized_keys") return wrong(`${allowed} with ${known.join(", ")}`)(issue);
      const unknown = issue.keys ?? [];
      const nearest = unknown.length === 1 && nearestTo(unknown[0] as string, known);
      return nearest
        ? `does not know the field ${show(unknown[0])}; did you mean "${nearest}"? It knows ${known.join(", ")}`
        : `does not know the field ${unknown.map(show).join(", ")}; it knows ${known.join(", ") || "none"}`;
    },
  });
}

/** The candidate that is a slip of the finger away, if there is one. */
export function nearestTo(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const nearest = closest(word, candidates);
  return distance(word, nearest) <= Math.ceil(nearest.length / 3) && nearest.length > 2 ? nearest : undefined;
}

export interface ReadEntry<Value> {
  /** The entry, or what is left of it without the fields that are wrong; `undefined` where too little is left. */
  readonly value: Value | undefined;
  readonly findings: readonly Finding[];
}

/** Where a field of an entry stands, for a finding: `tier "pro"`, `customers.yaml:17: subscription "acme"`. */
export type Place = (path: readonly PropertyKey[]) => string;

/**
 * Reads one entry of a catalog and reports all that is wrong with it.
 *
 * The wrong fields are left out of the value, so that the checks that come after still see the rest: an author with ten
 * mistakes hears of ten, not of the first.
 */
export function readEntry<Value>(schema: z.ZodType<Value>, written: unknown, place: Place): ReadEntry<Value> {
  const result = schema.safeParse(written, { reportInput: true });
  if (result.success) return { value: result.data, findings: [] };
  const findings = result.error.issues.map((issue) => {
    const field = issue.path.map(String).join(".");
    return error(place(issue.path), field ? `${field} ${issue.message}` : issue.message);
  });
  return { value: withoutWrongFields(schema, written, result.error.issues), findings };
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

/** Own entries of what should be a map; anything else has none. */
export function entriesOf(written: unknown): [string, unknown][] {
  return isMap(written) ? Object.entries(written) : [];
}

export function isMap(written: unknown): written is Record<string, unknown> {
  if (typeof written !== "object" || written === null || Array.isArray(written)) return false;
  // Plain, whichever realm it comes from: jest and worker threads have an Object of their own.
  const prototype = Object.getPrototypeOf(written);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Order by code unit: the same on every machine and in every locale. */
export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A positive whole number that the AWS provider can hold. */
export function positiveInteger(remedy: string) {
  const error = wrong("must be a positive integer", remedy);
  const most = FIXED_LIMITS.largestInteger;
  return z
    .int({ error })
    .positive({ error })
    .max(most, { error: wrong(`must be at most ${most}`, remedy) });
}

/** A text that Terraform takes as it is. cdktf's own mark for a value that comes later would be resolved. */
export const literalText = z
  .string({ error: wrong("must be a text", "write numbers in quotes") })
  .refine((text) => !text.includes("TfToken["), { error: 'must not hold "TfToken[", for it is taken literally' });

/** A value that Terraform knows only later (`${aws_lb.main.dns_name}` or a cdktf token) cannot be checked now. */
export function isKnownLater(value: string): boolean {
  return value.includes("${");
}
