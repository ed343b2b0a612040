import { z } from "zod";
import { fieldsOf, isKnownLater, wrong } from "./schema";

export const KEY_STORE_TYPES = ["ssm", "secretsmanager"] as const;

/**
 * Where a key is handed over: `ssm` is a SecureString in SSM Parameter Store, `secretsmanager` a secret in AWS Secrets
 * Manager, which bills each secret by the month.
 */
export type KeyStoreType = (typeof KEY_STORE_TYPES)[number];

/**
 * Where keys are handed over to those who may read them: customers' operators, an authorizer.
 *
 * A name is there once, so a subscription leaves a cohort in two deploys: of the cohort's stack, then of the others.
 */
export interface KeyStoreInput {
  /** The store for all subscriptions that do not choose another by `handOver`. */
  readonly type: KeyStoreType;
  /**
   * Path that the names begin with. Everyone who may read what is under it may read these keys, so nothing else should be.
   * @default "/api-tiers/keys/"
   */
  readonly prefix?: string;
  /**
   * Id or ARN of the KMS key that encrypts the values; no alias, for an IAM policy cannot name one. To take a secret
   * back to AWS's own key name that key's ARN, for the provider changes nothing where the field is left out again.
   * @default - AWS's own key for the store
   */
  readonly kmsKeyId?: string;
}

/** Where keys are handed over, checked. */
export interface KeyStore {
  /** `undefined` where only subscriptions that say so are handed over. */
  readonly type: KeyStoreType | undefined;
  readonly prefix: string;
  readonly kmsKeyId: string | undefined;
}

const DEFAULT_PREFIX = "/api-tiers/keys/";
/** Secrets Manager takes names of 512 characters, the shorter of the two; a subscription's id takes up to 3 × 128. */
const LONGEST_PREFIX = 128;
/** Parameter Store takes 15 levels, the last of which is the subscription. */
const MOST_LEVELS = 14;

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
const prefixSchema = z
  .string({ error: wrong('must be a path such as "/acme/keys/"') })
  .max(LONGEST_PREFIX, { error: wrong(`must have at most ${LONGEST_PREFIX} characters`, "choose a shorter one") })
  .regex(/^\/(?:[A-Za-z0-9_.-]+\/)+$/, {
    error: wrong(
      'must be a path such as "/acme/keys/", of letters, digits, "_", "." and "-"',
      'begin and end it with "/"',
    ),
  })
  .refine((prefix) => prefix.split("/").length - 2 <= MOST_LEVELS, {
    error: wrong(`must have at most ${MOST_LEVELS} levels, for AWS takes 15 with the subscription's`, "drop some"),
  })
  .refine((prefix) => !/^\/(aws|ssm)/i.test(prefix), {
    error: wrong('must not begin with "/aws" or "/ssm", which AWS keeps for itself', "choose another"),
  });

const KEY_ID = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;

const kmsKeySchema = z
  .string({ error: wrong("must be the id or ARN of a KMS key") })
  .refine((key) => isKnownLater(key) || KEY_ID.test(key) || KEY_ARN.test(key), {
    error: wrong(
      "must be the id or ARN of a KMS key",
      "an alias will not do, for an IAM policy cannot name it; leave it out to use AWS's own key",
    ),
  });

export const keyStoreSchema = fieldsOf<KeyStoreInput>()({
  type: z.enum(KEY_STORE_TYPES, { error: wrong('must be "ssm" or "secretsmanager"') }),
  prefix: prefixSchema.optional(),
  kmsKeyId: kmsKeySchema.optional(),
});

/** The checked form of a key store, or of none. */
export function toKeyStore(written: z.infer<typeof keyStoreSchema> | undefined): KeyStore {
  return { type: written?.type, prefix: written?.prefix ?? DEFAULT_PREFIX, kmsKeyId: written?.kmsKeyId };
}
