import { z } from "zod";
import { byName } from "../text/order";
import { FIXED_LIMITS } from "./aws-limits";
import { existingKeyId, refuseBesideExistingKey } from "./existing-key";
import { problemOfKeyName } from "./identifier";
import { KEY_STORE_TYPES, type KeyStoreType } from "./key-store";
import { type KeyValueInput, keyValueSchema } from "./key-value";
import { MAIN_KEY } from "./main-key";
import { fieldsOf, literalText, shortOrLong, wrong, wrongMap } from "./schema";
import { type Tags, tagsSchema } from "./tags";

/** One of several keys of a subscription. */
export interface SubscriptionKeyInput {
  /**
   * Whether this key works, as long as its subscription does.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Name of the key in AWS, which need not be unique there. A change keeps the key.
   * @default - that of the subscription; with "-" and the name in the catalog for all but `main`
   */
  readonly keyName?: string;
  /**
   * A value that the customer has already, as the name of a Terraform variable. A new value replaces the key.
   * @default - AWS generates the value
   */
  readonly keyValue?: KeyValueInput;
  /**
   * The id in AWS of a key that is managed elsewhere: `a1b2c3d4e5`, never its value.
   * @default - a key of its own
   */
  readonly existingKeyId?: string;
  /**
   * Where the key is handed over, under the prefix of the catalog's `keyStore`; `false` for nowhere.
   * @default - as the subscription says
   */
  readonly handOver?: KeyStoreType | false;
  /**
   * AWS tags of the key, beside those of its subscription.
   * @default - none
   */
  readonly tags?: Tags;
}

/** The keys of a subscription by their names: `{ main: {}, ci: {} }`; `true` for `{}`, `false` for a key that is disabled. */
export type SubscriptionKeysInput = Readonly<Record<string, SubscriptionKeyInput | boolean>>;

/** One API key of a subscription, checked. */
export interface SubscriptionKey {
  /** Its name in the subscription; `main` for the only key. */
  readonly name: string;
  /** Its name in AWS. */
  readonly keyName: string;
  /** Whether it works, all in all: the subscription is enabled and has started, and the key is enabled. */
  readonly enabled: boolean;
  readonly keyVariable: string | undefined;
  /** Id in AWS of a key that is managed elsewhere; `undefined` for a key of its own. */
  readonly existingKeyId: string | undefined;
  /** `undefined` where the key is not handed over. */
  readonly handOver: KeyStoreType | undefined;
  readonly tags: Tags;
}

export const keyNameSchema = literalText
  .min(1, { error: wrong("must not be empty", "leave it out for the subscription's id") })
  .max(FIXED_LIMITS.apiKeyNameLength, {
    error: wrong(`must have at most ${FIXED_LIMITS.apiKeyNameLength} characters`),
  });

export const handOverSchema = z.union([z.enum(KEY_STORE_TYPES), z.literal(false)], {
  error: wrong('must be "ssm", "secretsmanager" or false', "leave it out for the catalog's keyStore"),
});

const enabled = z.boolean({ error: wrong("must be true or false") });
const NAMES = "must be an object of keys by name, such as { main: {}, ci: {} }";

const keySchema = fieldsOf<SubscriptionKeyInput>()({
  enabled: enabled.optional(),
  keyName: keyNameSchema.optional(),
  keyValue: keyValueSchema.optional(),
  existingKeyId: existingKeyId.optional(),
  handOver: handOverSchema.optional(),
  tags: tagsSchema.optional(),
}).superRefine((written, context) =>
  refuseBesideExistingKey(["keyName", "keyValue", "enabled", "handOver", "tags"], written, context),
);

export const subscriptionKeysSchema = z
  .record(
    z.string().superRefine((name, context) => {
      const problem = problemOfKeyName(name);
      if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
    }),
    shortOrLong(enabled, keySchema),
    { error: wrongMap(NAMES) },
  )
  .refine((keys) => Object.keys(keys).length > 0, {
    error: "has no key; keep one, or write enabled: false to suspend the subscription",
  });

/** What a subscription says of all its keys. */
export interface KeyDefaults {
  readonly keyName: string;
  readonly enabled: boolean;
  readonly handOver: KeyStoreType | undefined;
  readonly tags: Tags;
}

/** The name of a key in AWS: its own, or that of its subscription. */
export const nameInAws = (name: string, { keyName }: SubscriptionKeyInput, ofSubscription: string): string =>
  keyName ?? (name === MAIN_KEY ? ofSubscription : `${ofSubscription}-${name}`);

/** The keys of a subscription, sorted by name. */
export function toKeys(written: SubscriptionKeysInput, defaults: KeyDefaults): SubscriptionKey[] {
  return Object.entries(written)
    .map(([name, each]) => toKey(name, typeof each === "boolean" ? { enabled: each } : each, defaults))
    .sort((a, b) => byName(a.name, b.name));
}

function toKey(name: string, written: SubscriptionKeyInput, defaults: KeyDefaults): SubscriptionKey {
  const { handOver = defaults.handOver, existingKeyId: existing } = written;
  return {
    name,
    keyName: nameInAws(name, written, defaults.keyName),
    enabled: defaults.enabled && (written.enabled ?? true),
    keyVariable: written.keyValue?.variable,
    existingKeyId: existing,
    handOver: handOver === false || existing !== undefined ? undefined : handOver,
    tags: { ...defaults.tags, ...written.tags },
  };
}
