import { keyIdOf } from "../contract/key-id";
import type { GatewayModel, HandedOverKey, KeyModel, UsagePlanModel } from "../model/model";
import { groupedBy } from "../text/grouped-by";
import { byName } from "../text/order";

/** A key of a subscription with several, in the usage plan of its tier. */
export interface RotatingKey {
  /** Its id in the catalog: `acme`, `acme/2026-11`. */
  readonly id: string;
  /** Its name in the subscription. */
  readonly name: string;
  readonly awsId: string | undefined;
  readonly enabled: boolean;
  /** As AWS said it when the key was created; `undefined` where the states do not say it. */
  readonly createdAt: string | undefined;
  readonly handedOver: HandedOverKey | undefined;
  /** Plans that it is in. */
  readonly plans: readonly UsagePlanModel[];
}

/** A subscription with several keys. */
export interface Rotation {
  readonly subscription: string;
  /** The oldest first; in the order of their names where it is not known when they were created. */
  readonly keys: readonly RotatingKey[];
  /** Whether it is known which key is the newest. */
  readonly isOrdered: boolean;
}

/** All subscriptions with several keys, sorted by id. */
export function rotationsIn(model: GatewayModel): Rotation[] {
  const own = model.keys.filter((key) => keyIdOf(key) !== undefined);
  return [...groupedBy(own, ({ subscription = "" }) => subscription)]
    .filter(([, keys]) => keys.length > 1)
    .map(([subscription, keys]) => {
      const isOrdered = keys.every(({ createdAt }) => createdAt !== undefined);
      const rotating = keys.map((key) => rotatingKey(key, model));
      return {
        subscription,
        isOrdered,
        keys: rotating.sort((a, b) => byName(a.createdAt ?? "", b.createdAt ?? "") || byName(a.name, b.name)),
      };
    })
    .sort((a, b) => byName(a.subscription, b.subscription));
}

function rotatingKey(key: KeyModel, { plans }: GatewayModel): RotatingKey {
  const { id, key: name = "", awsId, enabled, createdAt, handedOver } = key;
  return { id, name, awsId, enabled, createdAt, handedOver, plans: plans.filter((plan) => plan.keys.includes(key)) };
}
