import { z } from "zod";
import { show } from "../text/show";

/** A subscription that a customer started without a deploy, as `api-tiers self-service export` writes it, one a line. Times are in UTC. */
export interface ExportedSubscription {
  readonly subscription: string;
  readonly customer: string;
  readonly state: "pending" | "active" | "ended";
  /** The tiers that it has been on, the current one without `to`. */
  readonly tiers: readonly { readonly tier: string; readonly from: string; readonly to?: string | undefined }[];
  /** Its keys by their ids in AWS; never a value. */
  readonly keys: readonly {
    readonly id: string;
    readonly name: string;
    readonly from: string;
    /** Since when it does not work any more. */
    readonly to?: string | undefined;
    /** Whether it works at the time of the export. */
    readonly works: boolean;
  }[];
}

const time = z.iso.datetime({ error: "must be a time in UTC" });
const text = z.string().min(1);

/** The schema of a line. */
export const exportedSubscriptionSchema = z.strictObject({
  subscription: text,
  customer: text,
  state: z.enum(["pending", "active", "ended"]),
  tiers: z.array(z.strictObject({ tier: text, from: time, to: time.optional() })).min(1),
  keys: z.array(
    z.strictObject({
      // Ids have 10 characters, values 20 and more.
      id: z.string().regex(/^[a-z0-9]{1,19}$/, { error: "must be the id of a key in AWS, never its value" }),
      name: text,
      from: time,
      to: time.optional(),
      works: z.boolean(),
    }),
  ),
});

/**
 * Reads what `api-tiers self-service export` wrote.
 *
 * @param file what to call it in messages
 * @throws Error with all that is wrong, by line
 */
export function readSelfServiceExport(written: string, file: string): ExportedSubscription[] {
  const problems: string[] = [];
  const all: ExportedSubscription[] = [];
  /** Numbers of lines, by subscription. */
  const lines = new Map<string, number>();
  for (const [index, line] of written.split("\n").entries()) {
    if (line.trim() === "") continue;
    const place = `${show(file)}: line ${index + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      problems.push(`${place}: is not valid JSON`);
      continue;
    }
    const read = exportedSubscriptionSchema.safeParse(value);
    if (!read.success) {
      for (const { path, message } of read.error.issues) problems.push(`${place}: ${path.join(".")}: ${message}`);
      continue;
    }
    const { subscription } = read.data;
    const first = lines.get(subscription);
    // Its keys would count twice.
    if (first !== undefined) problems.push(`${place}: subscription ${show(subscription)} is on line ${first}, too`);
    else lines.set(subscription, index + 1);
    all.push(read.data);
  }
  if (problems.length > 0)
    throw new Error([...problems, "write the file again: api-tiers self-service export --output <file>"].join("\n"));
  return all;
}
