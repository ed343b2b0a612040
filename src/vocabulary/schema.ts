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
