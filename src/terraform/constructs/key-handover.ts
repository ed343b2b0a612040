import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { keyId } from "../../contract/key-id";
import { keyParameterName } from "../../contract/key-parameter-name";
import { terraformName } from "../../contract/terraform-name";
import type { KeyStore } from "../../vocabulary/key-store";
import { MAIN_KEY } from "../../vocabulary/main-key";
import type { Subscription } from "../../vocabulary/subscription";
import type { Tags } from "../../vocabulary/tags";
import { oneOfMany } from "./one-of-many";
import type { SubscriptionKeys } from "./subscription-keys";

export interface KeyHandoverProps {
  readonly subscriptions: readonly Subscription[];
  /** The keys of these subscriptions, in the same stack. */
  readonly keys: SubscriptionKeys;
  readonly keyStore: KeyStore;
}

/**
 * Hands each key over in the store that its subscription chose: one parameter, or one secret and its version, under
 * addresses that come from the key's id alone.
 *
 * The values are write-only: Terraform sends them and keeps none, so the state holds just the key's own. It sends them
 * again when their version changes, so a value that was changed in the store by hand stays until then.
 * A subscription that is renamed gets a parameter of its new name in exchange for the old one.
 */
export class KeyHandover extends Construct {
  private readonly places = new Map<string, SsmParameter | SecretsmanagerSecret>();

  constructor(scope: Construct, id: string, { subscriptions, keys, keyStore }: KeyHandoverProps) {
    super(scope, id);
    for (const subscription of subscriptions) {
      for (const { name, handOver, tags } of subscription.keys) {
        if (handOver === undefined) continue;
        const key = keys.key(subscription.id, name);
        // Written out, since a token for each of 10,000 keys takes longer than all the rest.
        const address = `${key.terraformResourceType}.${key.friendlyUniqueId}`;
        const { id: ofSubscription, formerId } = subscription;
        const handedOver: HandedOver = {
          id: keyId({ subscription: ofSubscription, key: name }),
          formerId: formerId === undefined ? undefined : keyId({ subscription: formerId, key: name }),
          name: keyParameterName(keyStore.prefix, ofSubscription, name),
          address,
          tags: Object.keys(tags).length > 0 ? tags : undefined,
        };
        const add = handOver === "ssm" ? addParameter : addSecret;
        this.places.set(handedOver.id, add(new Construct(this, handedOver.id.replace("/", " ")), handedOver, keyStore));
      }
    }
  }

  /**
   * The parameter or the secret that holds a subscription's key.
   *
   * @param key the name of the key among several
   * @throws Error for a key that is not handed over here
   */
  place(subscription: string, key: string = MAIN_KEY): SsmParameter | SecretsmanagerSecret {
    const id = keyId({ subscription, key });
    const place = this.places.get(id);
    if (!place) throw new Error(`the key of "${id}" is not handed over here; see keyStore and handOver`);
    return place;
  }
}

/** A key that is handed over. */
interface HandedOver {
  readonly id: string;
  readonly formerId: string | undefined;
  /** Of the parameter or the secret. */
  readonly name: string;
  /** Terraform's address of the key. */
  readonly address: string;
  readonly tags: Tags | undefined;
}

function addParameter(scope: Construct, key: HandedOver, keyStore: KeyStore): SsmParameter {
  const parameter = new HandedOverParameter(scope, "parameter", {
    name: key.name,
    type: "SecureString",
    // Named even where it is AWS's own: left out, the provider keeps a key that was taken out of the catalog.
    keyId: keyStore.kmsKeyId ?? "alias/aws/ssm",
    valueWo: `\${${key.address}.value}`,
    // Another KMS key has the parameter written again; under the old version the provider would write an empty value.
    valueWoVersion: versionOf(key.address, keyStore.kmsKeyId),
    tags: key.tags,
  });
  named(parameter, key);
  return parameter;
}

function addSecret(scope: Construct, key: HandedOver, keyStore: KeyStore) {
  const secret = new HandedOverSecret(scope, "secret", {
    name: key.name,
    kmsKeyId: keyStore.kmsKeyId,
    // Gone at once: a key that was deleted opens nothing, and a name that waits for its recovery could not be used again.
    recoveryWindowInDays: 0,
    tags: key.tags,
  });
  const version = new HandedOverSecretVersion(scope, "version", {
    secretId: `\${${secret.terraformResourceType}.${terraformName(key.id)}.id}`,
    secretStringWo: `\${${key.address}.value}`,
    secretStringWoVersion: versionOf(key.address),
  });
  named(secret, key);
  named(version, key);
  return secret;
}

/**
 * A number that is another as soon as the key is another, since a replaced key has a new id. 28 bits of a hash fit into
 * Terraform's 32; 0 would count as none. An expression, though cdktf's types know but numbers.
 */
function versionOf(key: string, kmsKeyId?: string): number {
  const what = kmsKeyId === undefined ? `${key}.id` : `"\${${key}.id} ${kmsKeyId}"`;
  return `\${1 + parseint(substr(sha1(${what}), 0, 7), 16)}` as unknown as number;
}

function named(resource: HandedOverParameter | HandedOverSecret | HandedOverSecretVersion, key: HandedOver) {
  resource.overrideLogicalId(terraformName(key.id));
  if (key.formerId !== undefined) resource.movedFrom = terraformName(key.formerId);
}

class HandedOverParameter extends oneOfMany(SsmParameter) {}

class HandedOverSecret extends oneOfMany(SecretsmanagerSecret) {}

class HandedOverSecretVersion extends oneOfMany(SecretsmanagerSecretVersion) {}
