import { z } from "zod";
import { SETTINGS_VARIABLE } from "../contract/self-service";
import type { SelfServiceSettings } from "./machine/settings";

/** What a function is given in `SELF_SERVICE`, as JSON. Terraform writes it, since it knows the ids of the plans. */
export interface ServiceSettings extends SelfServiceSettings {
  /** Name of the table. Names and tags of keys say it, so that one service never takes a key of another for its own. */
  readonly table: string;
  /** Ids of usage plans, by tier. */
  readonly planIds: Readonly<Record<string, string>>;
  readonly scheduler: {
    readonly group: string;
    /** ARN of the role by which the scheduler calls the function. */
    readonly role: string;
    /** ARN of the function. */
    readonly target: string;
  };
  /** Name of the event bus. */
  readonly eventBus: string;
  /** Where values are handed over that stand in no answer; missing where `handOver` is "answer". */
  readonly store?: { readonly type: "ssm" | "secretsmanager"; readonly prefix: string; readonly kmsKeyId?: string };
}

const text = z.string().min(1);
const milliseconds = z.int().min(0);

const settingsSchema: z.ZodType<ServiceSettings> = z
  .strictObject({
    tiers: z.array(text).min(1),
    closedTiers: z.array(text).optional(),
    formerTiers: z.record(text, text).optional(),
    verification: z.boolean(),
    verifyWithin: milliseconds,
    rotationGrace: milliseconds,
    paymentGrace: milliseconds,
    keepRetiredKeys: milliseconds,
    handOver: z.enum(["answer", "store"]),
    table: text,
    planIds: z.record(text, text),
    scheduler: z.strictObject({ group: text, role: text, target: text }),
    eventBus: text,
    store: z
      .strictObject({ type: z.enum(["ssm", "secretsmanager"]), prefix: text, kmsKeyId: text.optional() })
      .optional(),
  })
  .superRefine(({ tiers, planIds, handOver, store }, context) => {
    for (const tier of tiers)
      if (planIds[tier] === undefined)
        context.addIssue({ code: "custom", message: `planIds has no plan of "${tier}"` });
    if (handOver === "store" && store === undefined)
      context.addIssue({ code: "custom", message: 'handOver "store" needs a store' });
  }) as z.ZodType<ServiceSettings>;

/**
 * Reads the settings of a function.
 *
 * @throws Error with all that is wrong with them
 */
export function settingsFrom(environment: Readonly<Record<string, string | undefined>>): ServiceSettings {
  const written = environment[SETTINGS_VARIABLE];
  if (!written) throw new Error("SELF_SERVICE is missing: it holds the settings of the self-service, as JSON");
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    throw new Error("SELF_SERVICE is not valid JSON");
  }
  const result = settingsSchema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join(".") || "it"}: ${message}`);
  throw new Error(`SELF_SERVICE does not hold the settings of the self-service: ${problems.join("; ")}`);
}
