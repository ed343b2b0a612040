import { z } from "zod";
import { looksLikeAKey } from "../text/like-a-key";
import { byName } from "../text/order";
import { FIXED_LIMITS } from "./aws-limits";
import { problemOfName, problemOfSubscriptionId } from "./identifier";
import { KEY_STORE_TYPES, type KeyStoreType } from "./key-store";
import { fieldsOf, literalText as text, wrong } from "./schema";
import { type Tags, tagsSchema } from "./tags";

/** A key value that is brought along. It never stands in the catalog: Terraform asks for it. */
export interface KeyValueInput {
  /** Name of the sensitive Terraform variable that holds the value, set as `TF_VAR_<name>` when deploying. */
  readonly variable: string;
}

/** A customer on a tier. It becomes one API key, and one plan key for each tier. */
export interface SubscriptionInput<TierId extends string = string, CohortId extends string = string> {
  /** The tier that was bought. */
  readonly tier: TierId;
  /**
   * Further tiers for the same key, each under a name that stays when its tier changes, such as
   * `{ sandbox: "bronze-test" }`. AWS wants a key in one plan only for each stage, so their stages must not overlap.
   * @default - none
   */
  readonly additionalTiers?: Readonly<Record<string, TierId>>;
  /**
   * Who the customer is; the key's description.
   * @default - none
   */
  readonly customer?: string;
  /**
   * Name of the key in AWS, which need not be unique there. A change keeps the key.
   * @default - the subscription's id
   */
  readonly keyName?: string;
  /**
   * Whether the key works. Switch it off to suspend the customer, and on again, with no other change.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * The customer's id in AWS Marketplace.
   * @default - none
   */
  readonly marketplaceCustomerId?: string;
  /**
   * A key value that the customer has already, as the name of a Terraform variable. A new value replaces the key.
   * AWS takes a value once: a key that moves to another state is deleted there first, in a deploy of its own.
   * @default - AWS generates the value
   */
  readonly keyValue?: KeyValueInput;
  /**
   * The id in AWS of a key that is managed elsewhere, or was made by hand: `a1b2c3d4e5`, never its value. The subscription only
   * puts that key into its plans. Its name, value, state, tags and hand-over are not the catalog's, so the fields that say
   * these cannot stand beside it.
   * @default - a key of its own
   */
  readonly existingKeyId?: string;
  /**
   * The id that this subscription had before, so that its key is kept through the renaming.
   * @default - none
   */
  readonly formerId?: string;
  /**
   * The declared cohort in whose state the key stands. Another cohort is another state: a change deletes the key there
   * and makes a new one here, with another value, and `formerId` does not help.
   * @default - the `access` stack
   */
  readonly cohort?: CohortId;
  /**
   * Where the key is handed over, under the prefix of the catalog's `keyStore`; `false` for nowhere.
   * @default - the type of the catalog's `keyStore`; nowhere without one
   */
  readonly handOver?: KeyStoreType | false;
  /**
   * AWS tags of the key.
   * @default - none
   */
  readonly tags?: Tags;
}

/** A subscription, checked. */
export interface Subscription {
  readonly id: string;
  readonly tier: string;
  /** Sorted by name. */
  readonly additionalTiers: readonly { readonly name: string; readonly tier: string }[];
  readonly customer: string;
  readonly keyName: string;
  readonly enabled: boolean;
  readonly marketplaceCustomerId: string | undefined;
  readonly keyVariable: string | undefined;
  /** Id in AWS of a key that is managed elsewhere; `undefined` for a key of its own. */
  readonly existingKeyId: string | undefined;
  readonly formerId: string | undefined;
  readonly cohort: string | undefined;
  /** `undefined` where the key is not handed over. */
  readonly handOver: KeyStoreType | undefined;
  readonly tags: Tags;
}

/** Reserved by Terraform as meta-arguments of a module. */
const RESERVED_VARIABLES = ["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];

/** Says what came by its type alone: what stands here by mistake may be a live key. */
const keyValueSchema = z
  .custom<KeyValueInput>((written) => typeof written === "object" && written !== null && "variable" in written, {
    error:
      'must be { variable: "name_of_a_terraform_variable" }; a key value never stands in the catalog, ' +
      "so take out what is there and replace the key if it was committed",
  })
  .pipe(
    z.strictObject(
      {
        variable: z
          .string({ error: "must be the name of a Terraform variable" })
          .refine((name) => !looksLikeAKey(name), {
            error: "looks like a key's value; name the Terraform variable that holds it, such as globex_key",
            abort: true,
          })
          .regex(/^[a-z_][a-z0-9_]{0,63}$/, {
            error: "must be the name of a Terraform variable: lower-case letters, digits and _, a letter first",
          })
          .refine((name) => !RESERVED_VARIABLES.includes(name), {
            error: "is a word that Terraform reserves; choose another",
          }),
      },
      { error: "knows only the field variable; a key value never stands in the catalog" },
    ),
  );

const flag = z.boolean({ error: wrong("must be true or false") });
const noTier = { error: wrong("must be the id of a tier", "name the one that was bought") };
const tierId = z.string(noTier).min(1, noTier);

/** An id has 10 characters; what has 20 and more may be the value of a key, which is not shown. */
const existingKeyId = z
  .string({ error: "must be the id of a key in AWS, such as a1b2c3d4e5" })
  .regex(/^[a-z0-9]{1,19}$/, {
    error: "must be the id of a key in AWS, such as a1b2c3d4e5, and not its name or value; get-api-keys lists the ids",
  });

/** What says something of a key itself, and so cannot be said of a key that is managed elsewhere. */
const OF_OWN_KEYS = ["keyName", "keyValue", "enabled", "marketplaceCustomerId", "handOver", "tags"] as const;

/** Fields of a subscription, in a catalog and in a data file alike. */
export const subscriptionSchema = fieldsOf<SubscriptionInput>()({
  tier: tierId,
  additionalTiers: z
    .record(
      z
        .string()
        .refine((name) => problemOfName(name) === undefined, { error: "must be named by letters, digits, - and _" }),
      tierId,
      { error: wrong('must be an object such as { sandbox: "bronze-test" }') },
    )
    .optional(),
  customer: text.optional(),
  keyName: text
    .min(1, { error: wrong("must not be empty", "leave it out for the subscription's id") })
    .max(FIXED_LIMITS.apiKeyNameLength, {
      error: wrong(`must have at most ${FIXED_LIMITS.apiKeyNameLength} characters`),
    })
    .optional(),
  enabled: flag.optional(),
  marketplaceCustomerId: text.optional(),
  keyValue: keyValueSchema.optional(),
  existingKeyId: existingKeyId.optional(),
  formerId: text
    .refine((id) => problemOfSubscriptionId(id) === undefined, { error: wrong("must be the id that it had before") })
    .optional(),
  cohort: text.optional(),
  handOver: z
    .union([z.enum(KEY_STORE_TYPES), z.literal(false)], {
      error: wrong('must be "ssm", "secretsmanager" or false', "leave it out for the catalog's keyStore"),
    })
    .optional(),
  tags: tagsSchema.optional(),
}).superRefine((written, context) => {
  if (written.existingKeyId === undefined) return;
  for (const field of OF_OWN_KEYS)
    if (written[field] !== undefined && !(field === "handOver" && written[field] === false))
      context.addIssue({
        code: "custom",
        path: [field],
        message: "must not be given beside existingKeyId, because that key is managed elsewhere; drop one of the two",
      });
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
  const { handOver = keyStore } = written;
  return {
    id,
    tier: written.tier,
    additionalTiers: Object.entries(written.additionalTiers ?? {})
      .map(([name, tier]) => ({ name, tier }))
      .sort((a, b) => byName(a.name, b.name)),
    customer: written.customer ?? "",
    keyName: written.keyName ?? id,
    enabled: written.enabled ?? true,
    marketplaceCustomerId: written.marketplaceCustomerId,
    keyVariable: written.keyValue?.variable,
    existingKeyId: written.existingKeyId,
    formerId: written.formerId,
    cohort: written.cohort,
    handOver: handOver === false || written.existingKeyId !== undefined ? undefined : handOver,
    tags: written.tags ?? {},
  };
}

/** The tiers of a subscription: the one that was bought and the additional ones. */
export function tiersOf(subscription: Subscription): string[] {
  return [subscription.tier, ...subscription.additionalTiers.map(({ tier }) => tier)];
}
