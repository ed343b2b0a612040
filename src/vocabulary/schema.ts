import { z } from "zod";
import { nearestTo } from "../text/nearest";
import { show } from "../text/show";
import { FIXED_LIMITS } from "./aws-limits";

/** The part of a zod issue that a message needs. */
interface Wrong {
  readonly code?: string;
  readonly input?: unknown;
  readonly keys?: readonly string[];
  readonly expected?: unknown;
}

/** The forms of a schema that `shortOrLong` has made, for who describes it. */
const forms = new WeakMap<object, readonly z.ZodType[]>();
export const formsOf = (schema: object): readonly z.ZodType[] | undefined => forms.get(schema);

/**
 * What may be written in a short form or as an object: a union would answer a mistake in one form by that it is not the
 * other, so the schema is chosen by what was written.
 */
export function shortOrLong<Short, Long extends object>(short: z.ZodType<Short>, long: z.ZodType<Long>) {
  const schema = z
    .unknown()
    .superRefine((written, context) => {
      const chosen = typeof written === "object" && written !== null ? long : short;
      for (const issue of chosen.safeParse(written, { reportInput: true }).error?.issues ?? [])
        context.addIssue({ code: "custom", message: issue.message, path: issue.path, input: issue.input });
    })
    .transform((written) => written as Short | Long);
  forms.set(schema, [short, long]);
  return schema;
}

/** A zod error that says what is allowed, what came, and what to do: `must be …, got …; do …`. */
export function wrong(allowed: string, remedy?: string) {
  return (issue: Wrong): string => `${allowed}, got ${show(issue.input)}${remedy ? `; ${remedy}` : ""}`;
}

/** The same for a map, whose names have messages of their own. */
export const wrongMap =
  (allowed: string, remedy?: string) => (issue: Wrong & { readonly issues?: readonly unknown[] }) => {
    const [named] = issue.code === "invalid_key" ? (issue.issues ?? []) : [];
    return (named as { readonly message: string } | undefined)?.message ?? wrong(allowed, remedy)(issue);
  };

/** An object that knows just these fields, and lists them when another one is written. */
export function fields<Shape extends z.ZodRawShape>(shape: Shape, allowed = "must be an object") {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue: Wrong) => {
      if (issue.code !== "unrecognized_keys") return wrong(`${allowed} with ${known.join(", ")}`)(issue);
      const unknown = issue.keys ?? [];
      const nearest = unknown.length === 1 && nearestTo(unknown[0] as string, known);
      return nearest
        ? `has the unknown field ${show(unknown[0])}; did you mean "${nearest}"? Its fields are ${known.join(", ")}`
        : `has the unknown field ${unknown.map(show).join(", ")}; its fields are ${known.join(", ") || "none"}`;
    },
  });
}

type KeyOf<Written> = Written extends unknown ? keyof Written : never;
type FieldOf<Written, F> = Written extends unknown ? (F extends keyof Written ? Written[F] : undefined) : never;
/** Fields that are written: those of all forms, without what a form only excludes (`restApiId?: never`). */
type WrittenFields<Written> = {
  readonly [F in KeyOf<Written> as [FieldOf<Written, F>] extends [undefined] ? never : F]-?: FieldOf<Written, F>;
};
type Value = string | number | boolean | null | undefined;

/** The schema of a field lets through just what may be written; that a list or a map is as large cannot be seen here. */
type SchemaOf<Schema, Written> =
  Schema extends z.ZodType<infer Read>
    ? [Read] extends [Written]
      ? [Extract<Written, Value>] extends [Read]
        ? Schema
        : ["the schema refuses", Exclude<Extract<Written, Value>, Read>]
      : ["the schema lets through", Read, "where this is written", Written]
    : never;

/**
 * The same for a type as it is written, which decides what the fields are: one that the type or the schema lacks, or that
 * they do not agree on, does not compile.
 */
export const fieldsOf =
  <Written extends object>() =>
  <Shape extends z.ZodRawShape>(
    shape: Shape & {
      readonly [F in keyof Shape | keyof WrittenFields<Written>]: F extends keyof WrittenFields<Written>
        ? F extends keyof Shape
          ? SchemaOf<Shape[F], WrittenFields<Written>[F]>
          : z.ZodType
        : "the written type has no such field";
    },
    allowed?: string,
  ) =>
    fields<Shape>(shape, allowed);

/** The schema of what has several forms that exclude each other, of which its refinements let through one. */
export const inForms = <Written>(schema: z.ZodType<{ [F in KeyOf<Written>]?: FieldOf<Written, F> | undefined }>) =>
  schema as z.ZodType as z.ZodType<Written>;

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
  .string({ error: wrong("must be a string", "write numbers in quotes") })
  .refine((text) => !text.includes("TfToken["), { error: 'must not hold "TfToken[", because it is taken literally' });

/** A value that Terraform knows only later (`${aws_lb.main.dns_name}` or a cdktf token) cannot be checked now. */
export function isKnownLater(value: string): boolean {
  return value.includes("${");
}

/** What is written by name, such as stages; the entries are read one by one. */
export const entriesSchema = z.record(z.string(), z.unknown(), {
  error: wrong("must be an object", 'write { prod: {} }, or { "GET /pets": { … } } for routes'),
});
