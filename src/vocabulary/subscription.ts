import { z } from "zod";
import { byName } from "../text/order";
import { FIXED_LIMITS } from "./aws-limits";
import { calendarDaySchema } from "./calendar-day";
import { existingKeyId, refuseBesideExistingKey } from "./existing-key";
import { problemOfName, problemOfSubscriptionId } from "./identifier";
import type { KeyStoreType } from "./key-store";
import { keyValueSchema } from "./key-value";
import { MAIN_KEY } from "./main-key";
import { type NegotiatedLimitsInput, negotiatedLimitsSchema, negotiatedPlanId } from "./negotiated-limits";
import { fieldsOf, literalText as text, wrong } from "./schema";
import {
  pendingTierSchema,
  problemsOfDates,
  type SubscriptionDates,
  tierIdSchema,
  trialSchema,
} from "./subscription-dates";
import type { SubscriptionInput } from "./subscription-input";
import {
  handOverSchema,
  keyNameSchema,
  nameInAws,
  type SubscriptionKey,
  subscriptionKeysSchema,
  toKeys,
} from "./subscription-key";
import { tagsSchema } from "./tags";

/** A subscription, checked. */
export interface Subscription {
  readonly id: string;
  /** The tier in effect: that of a trial, as long as it stands in the catalog. */
  readonly tier: string;
  /** The tier that was bought. */
  readonly boughtTier: string;
  /** Sorted by name. */
  readonly additionalTiers: readonly { readonly name: string; readonly tier: string }[];
  readonly customer: string;
  /** Whether it has keys that may work: it is not suspended, and has started. */
  readonly enabled: boolean;
  readonly marketplaceCustomerId: string | undefined;
  readonly formerId: string | undefined;
  readonly cohort: string | undefined;
  /** At least one; sorted by name. */
  readonly keys: readonly SubscriptionKey[];
  /** `undefined` where the tier's own hold. */
  readonly limits: NegotiatedLimitsInput | undefined;
  /** Id of the usage plan that its keys are in: the tier's, or that of its own limits, which hold once a trial is over. */
  readonly plan: string;
  readonly dates: SubscriptionDates;
}

const flag = z.boolean({ error: wrong("must be true or false") });

/** What says something of a key itself, and so cannot be said of a key that is managed elsewhere. */
const OF_OWN_KEYS = [
  "keyName",
  "keyValue",
  "enabled",
  "marketplaceCustomerId",
  "handOver",
  "tags",
  "startsOn",
  "endsOn",
] as const;
/** What can be said of one key alone. */
const OF_ONE_KEY = ["keyValue", "existingKeyId"] as const;

/** Fields of a subscription, in a catalog and in a data file alike. */
export const subscriptionSchema = fieldsOf<SubscriptionInput>()({
  tier: tierIdSchema,
  additionalTiers: z
    .record(
      z
        .string()
        .refine((name) => problemOfName(name) === undefined, { error: "must be named by letters, digits, - and _" }),
      tierIdSchema,
      { error: wrong('must be an object such as { sandbox: "bronze-test" }') },
    )
    .optional(),
  customer: text.optional(),
  keyName: keyNameSchema.optional(),
  enabled: flag.optional(),
  marketplaceCustomerId: text.optional(),
  keyValue: keyValueSchema.optional(),
  existingKeyId: existingKeyId.optional(),
  formerId: text
    .refine((id) => problemOfSubscriptionId(id) === undefined, { error: wrong("must be the id that it had before") })
    .optional(),
  cohort: text.optional(),
  handOver: handOverSchema.optional(),
  tags: tagsSchema.optional(),
  keys: subscriptionKeysSchema.optional(),
  limits: negotiatedLimitsSchema.optional(),
  startsOn: calendarDaySchema.optional(),
  endsOn: calendarDaySchema.optional(),
  trial: trialSchema.optional(),
  pendingTier: pendingTierSchema.optional(),
}).superRefine((written, context) => {
  const refuse = (path: readonly string[], message: string) =>
    context.addIssue({ code: "custom", path: [...path], message });
  refuseBesideExistingKey(OF_OWN_KEYS, written, context);
  for (const { path, message } of problemsOfDates(written)) refuse(path, message);
  const { keys, additionalTiers = {} } = written;
  if (keys === undefined) return;
  for (const field of OF_ONE_KEY)
    if (written[field] !== undefined)
      refuse([field], `must not be given beside keys; write it in one of them, such as keys.${MAIN_KEY}`);
  for (const name of Object.keys(keys))
    if (Object.hasOwn(additionalTiers, name))
      refuse(["keys", name], "is the name of an additional tier too, but their plan keys share names; rename one");
  for (const [name, key] of Object.entries(keys)) {
    const own = typeof key === "object" && key !== null ? key : {};
    const keyName = nameInAws(name, own, written.keyName ?? "");
    if (own.keyName === undefined && own.existingKeyId === undefined && keyName.length > FIXED_LIMITS.apiKeyNameLength)
      refuse(
        ["keys", name],
        `gets the name of its subscription with "-${name}", of ${keyName.length} characters, but AWS takes at most ` +
          `${FIXED_LIMITS.apiKeyNameLength}; shorten keyName, or give this key one of its own`,
      );
  }
  const existing = Object.entries(keys).find(
    ([, key]) => typeof key === "object" && key !== null && key.existingKeyId !== undefined,
  );
  for (const field of ["enabled", "startsOn", "endsOn"] as const)
    if (existing && written[field] !== undefined)
      refuse(
        [field],
        `must not be given, because the key "${existing[0]}" is managed elsewhere and would stay as it is; write ` +
          "enabled in each of the other keys",
      );
});

/**
 * The checked form of a subscription.
 *
 * @param keyStore where the keys of those are handed over that do not choose
 */
export function toSubscription(
  id: string,
  written: z.infer<typeof subscriptionSchema>,
  keyStore: KeyStoreType | undefined,
): Subscription {
  const { handOver = keyStore, startsOn, endsOn, trial, pendingTier, keyValue, existingKeyId: existing } = written;
  const only = {
    ...(keyValue === undefined ? {} : { keyValue }),
    ...(existing === undefined ? {} : { existingKeyId: existing }),
  };
  const enabled = (written.enabled ?? true) && startsOn === undefined;
  return {
    id,
    tier: trial?.tier ?? written.tier,
    boughtTier: written.tier,
    additionalTiers: Object.entries(written.additionalTiers ?? {})
      .map(([name, tier]) => ({ name, tier }))
      .sort((a, b) => byName(a.name, b.name)),
    customer: written.customer ?? "",
    enabled,
    marketplaceCustomerId: written.marketplaceCustomerId,
    formerId: written.formerId,
    cohort: written.cohort,
    keys: toKeys(written.keys ?? { [MAIN_KEY]: only }, {
      keyName: written.keyName ?? id,
      enabled,
      handOver: handOver === false ? undefined : handOver,
      tags: written.tags ?? {},
    }),
    limits: written.limits,
    plan: trial?.tier ?? (written.limits ? negotiatedPlanId(id) : written.tier),
    dates: { startsOn, endsOn, trial, pendingTier },
  };
}

/** The tiers of a subscription: the one in effect and the additional ones. */
export function tiersOf(subscription: Subscription): string[] {
  return [subscription.tier, ...subscription.additionalTiers.map(({ tier }) => tier)];
}
