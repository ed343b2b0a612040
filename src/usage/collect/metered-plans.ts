import type { ExternalKey, GatewayModel, KeyModel } from "../../model/model";
import { byName } from "../../text/order";
import type { Price } from "../../vocabulary/price";

/** A usage plan whose usage is collected, with the keys that are in it. */
export interface MeteredPlan {
  /** Its id in AWS. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** `undefined` for that of the environment. */
  readonly region: string | undefined;
  readonly tier: string | undefined;
  readonly price: Price | "unknown" | undefined;
  readonly members: readonly MeteredKey[];
}

export interface MeteredKey {
  /** Its id in AWS. */
  readonly id: string;
  readonly subscription: string | undefined;
  readonly customer: string | undefined;
  readonly enabled: boolean;
  /** `undefined` where the states do not say it. */
  readonly createdAt: string | undefined;
}

export interface Metered {
  /** Sorted by id. */
  readonly plans: readonly MeteredPlan[];
  /** Ids of all keys that the states know, whichever plan they are in. */
  readonly keys: ReadonlySet<string>;
  /** Plans that have no id in AWS yet, by what people call them. Sorted. */
  readonly withoutId: readonly string[];
}

/** What is metered, by what Terraform's states say of it. */
export function meteredIn({ plans, keys, external }: GatewayModel): Metered {
  const managed = plans.map((plan) => ({
    name: plan.id,
    awsId: plan.awsId,
    region: plan.region,
    tier: plan.tier,
    price: plan.price,
    members: [...plan.keys, ...plan.externalKeys],
  }));
  const others = external.plans.map((plan) => ({
    name: plan.id,
    awsId: plan.awsId,
    region: undefined,
    tier: undefined,
    price: undefined,
    members: plan.keys,
  }));
  const all = [...managed, ...others];
  return {
    plans: all
      .flatMap(({ awsId, members, ...plan }) =>
        isAwsId(awsId) ? [{ ...plan, id: awsId, members: members.flatMap(meteredKey) }] : [],
      )
      .sort((a, b) => byName(a.id, b.id)),
    keys: new Set([...keys, ...external.keys].flatMap(({ awsId }) => (isAwsId(awsId) ? [awsId] : []))),
    withoutId: all.flatMap(({ name, awsId }) => (isAwsId(awsId) ? [] : [name])).sort(byName),
  };
}

/** A planned resource has none yet. */
const isAwsId = (id: string | undefined): id is string => id !== undefined && /^[a-z0-9]+$/.test(id);

function meteredKey(key: KeyModel | ExternalKey): MeteredKey[] {
  if (!isAwsId(key.awsId)) return [];
  const { awsId: id, subscription } = key;
  if ("external" in key) return [{ id, subscription, customer: undefined, enabled: true, createdAt: undefined }];
  // The description of a key is its customer only where it is a subscription's.
  const customer = subscription === undefined ? undefined : key.description || undefined;
  return [{ id, subscription, customer, enabled: key.enabled, createdAt: key.createdAt }];
}
