import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { parameterName } from "../../contract/parameter-name";
import { terraformName } from "../../contract/terraform-name";
import type { KeyStore } from "../../vocabulary/key-store";
import type { Subscription } from "../../vocabulary/subscription";
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
 * addresses that come from the subscription's id alone.
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
      if (subscription.handOver === undefined) continue;
      const key = keys.key(subscription.id);
      // Written out, since a token for each of 10,000 keys takes longer than all the rest.
      const address = `${key.terraformResourceType}.${key.friendlyUniqueId}`;
      const parts = new Construct(this, subscription.id);
      const add = subscription.handOver === "ssm" ? addParameter : addSecret;
      this.places.set(subscription.id, add(parts, subscription, address, keyStore));
    }
  }

  /**
   * The parameter or the secret that holds a subscription's key.
   *
   * @throws Error for a subscription whose key is not handed over here
   */
  place(subscription: string): SsmParameter | SecretsmanagerSecret {
    const place = this.places.get(subscription);
    if (!place) throw new Error(`the key of "${subscription}" is not handed over here; see keyStore and handOver`);
    return place;
  }
}

function addParameter(scope: Construct, subscription: Subscription, key: string, keyStore: KeyStore): SsmParameter {
  const parameter = new HandedOverParameter(scope, "parameter", {
    name: parameterName(keyStore.prefix, subscription.id),
    type: "SecureString",
    // Named even where it is AWS's own: left out, the provider keeps a key that was taken out of the catalog.
    keyId: keyStore.kmsKeyId ?? "alias/aws/ssm",
    valueWo: `\${${key}.value}`,
    // Another KMS key has the parameter written again; under the old version the provider would write an empty value.
    valueWoVersion: versionOf(key, keyStore.kmsKeyId),
    tags: tagsOf(subscription),
  });
  named(parameter, subscription);
  return parameter;
}

function addSecret(scope: Construct, subscription: Subscription, key: string, keyStore: KeyStore) {
  const secret = new HandedOverSecret(scope, "secret", {
    name: parameterName(keyStore.prefix, subscription.id),
    kmsKeyId: keyStore.kmsKeyId,
    // Gone at once: a key that was deleted opens nothing, and a name that waits for its recovery could not be used again.
    recoveryWindowInDays: 0,
    tags: tagsOf(subscription),
  });
  const version = new HandedOverSecretVersion(scope, "version", {
    secretId: `\${${secret.terraformResourceType}.${terraformName(subscription.id)}.id}`,
    secretStringWo: `\${${key}.value}`,
    secretStringWoVersion: versionOf(key),
  });
  named(secret, subscription);
  named(version, subscription);
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

function named(resource: HandedOverParameter | HandedOverSecret | HandedOverSecretVersion, subscription: Subscription) {
  resource.overrideLogicalId(terraformName(subscription.id));
  if (subscription.formerId !== undefined) resource.movedFrom = terraformName(subscription.formerId);
}

const tagsOf = ({ tags }: Subscription) => (Object.keys(tags).length > 0 ? tags : undefined);

class HandedOverParameter extends oneOfMany(SsmParameter) {}

class HandedOverSecret extends oneOfMany(SecretsmanagerSecret) {}

class HandedOverSecretVersion extends oneOfMany(SecretsmanagerSecretVersion) {}
