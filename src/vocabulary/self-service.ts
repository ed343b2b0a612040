import { z } from "zod";
import { KEY_STORE_TYPES, type KeyStoreType } from "./key-store";
import { fieldsOf, wrong } from "./schema";

/**
 * Customers who sign up by themselves: a function with a table that owns their keys, so that none of them waits for a deploy. It has a
 * stack of its own, `self-service`. Terraform owns the plans, the function its keys, and neither changes what the other owns.
 */
export interface SelfServiceInput<TierId extends string = string> {
  /**
   * The tiers that customers can choose by themselves, the lowest first: a move to a later one is an upgrade, and made at once. One that
   * is `closed` keeps its customers, and takes no new ones; drop it here once nobody is on it.
   */
  readonly tiers: readonly TierId[];
  /**
   * What the function, its table and its group of schedules are called in AWS; part of the names of its keys. Another name is another
   * service, which knows none of the keys.
   * @default "api-tiers-self-service"
   */
  readonly name?: string;
  /**
   * Whether a subscription waits for `verify`, for example until a mail was answered, before it has a key.
   * @default true
   */
  readonly verification?: boolean;
  /**
   * Days after which a subscription ends that was not verified, 1 to 365.
   * @unit days
   * @default 7
   */
  readonly verifyWithinDays?: number;
  /**
   * Hours for which a key that was replaced works beside the new one, 0 to 2,160.
   * @unit hours
   * @default 72
   */
  readonly rotationGraceHours?: number;
  /**
   * Days for which the keys work after a failed payment, 0 to 365.
   * @unit days
   * @default 7
   */
  readonly paymentGraceDays?: number;
  /**
   * Days for which a key that is no longer used stays in AWS, disabled, so that its usage can still be collected: 1 to 365.
   * @unit days
   * @default 30
   */
  readonly keepRetiredKeysDays?: number;
  /**
   * Where values of keys are handed over: in the answer to the request that asked for the key, once, or in a key store, under
   * the `_self-service` of the catalog's `keyStore.prefix`.
   * @default "answer"
   */
  readonly handOver?: "answer" | KeyStoreType;
  /**
   * Name of the event bus that gets the events, in the same account and Region.
   * @default "default"
   */
  readonly eventBus?: string;
  /**
   * Deletes the stack's resources with the next deploy; afterwards the entry can be dropped. AWS refuses to delete the table
   * until its deletion protection is off. Keys that are left go on working: end the subscriptions before.
   * @default false
   */
  readonly retired?: boolean;
}

/** Customers who sign up by themselves, checked. */
export interface SelfService {
  /** The lowest first. */
  readonly tiers: readonly string[];
  readonly name: string;
  readonly verification: boolean;
  readonly verifyWithinDays: number;
  readonly rotationGraceHours: number;
  readonly paymentGraceDays: number;
  readonly keepRetiredKeysDays: number;
  readonly handOver: "answer" | KeyStoreType;
  readonly eventBus: string;
  readonly retired: boolean;
}

const whole = (least: number, most: number, what: string) => {
  const rule = {
    // Formatted only for a message: the first number that a process formats takes 10 ms.
    error: (issue: { readonly input?: unknown }) =>
      wrong(`must be a whole number from ${least} to ${most.toLocaleString("en")} ${what}`)(issue),
  };
  return z.int(rule).min(least, rule).max(most, rule);
};
const tiersRule = { error: wrong('must be a list of tiers, the lowest first, such as ["free", "startup"]') };
/** Of a function's name AWS takes 64 characters, of a role's prefix 38. */
const nameRule = { error: wrong('must be 3 to 50 letters, digits, "-" and "_", a letter first') };
const busRule = { error: wrong("must be the name of an event bus: 1 to 256 letters, digits and / . - _") };

export const selfServiceSchema = fieldsOf<SelfServiceInput>()({
  tiers: z.array(z.string(tiersRule), tiersRule).min(1, tiersRule),
  name: z
    .string(nameRule)
    .regex(/^[A-Za-z][A-Za-z0-9_-]{2,49}$/, nameRule)
    .optional(),
  verification: z.boolean({ error: wrong("must be true or false") }).optional(),
  verifyWithinDays: whole(1, 365, "days").optional(),
  rotationGraceHours: whole(0, 2_160, "hours").optional(),
  paymentGraceDays: whole(0, 365, "days").optional(),
  keepRetiredKeysDays: whole(1, 365, "days").optional(),
  handOver: z
    .enum(["answer", ...KEY_STORE_TYPES], { error: wrong('must be "answer", "ssm" or "secretsmanager"') })
    .optional(),
  eventBus: z
    .string(busRule)
    .regex(/^[A-Za-z0-9/._-]{1,256}$/, busRule)
    .optional(),
  retired: z.boolean({ error: wrong("must be true or false") }).optional(),
});

/** The checked form of the self-service. */
export const toSelfService = (written: z.infer<typeof selfServiceSchema>): SelfService => ({
  tiers: written.tiers,
  name: written.name ?? "api-tiers-self-service",
  verification: written.verification ?? true,
  verifyWithinDays: written.verifyWithinDays ?? 7,
  rotationGraceHours: written.rotationGraceHours ?? 72,
  paymentGraceDays: written.paymentGraceDays ?? 7,
  keepRetiredKeysDays: written.keepRetiredKeysDays ?? 30,
  handOver: written.handOver ?? "answer",
  eventBus: written.eventBus ?? "default",
  retired: written.retired ?? false,
});
