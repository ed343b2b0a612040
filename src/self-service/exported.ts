import type { ExportedSubscription } from "../contract/self-service-export";
import { keyWorks, type RuntimeSubscription } from "./machine/subscription";

const iso = (at: number): string => new Date(at).toISOString();
const until = (at: number | undefined) => (at === undefined ? {} : { to: iso(at) });

/** A subscription as others read it: whose a key is, and on which tier it was when. */
export function exported(subscription: RuntimeSubscription): ExportedSubscription {
  const { id, customer, state, tiers, keys } = subscription;
  return {
    subscription: id,
    customer,
    state,
    tiers: tiers.map(({ tier, from, to }) => ({ tier, from: iso(from), ...until(to) })),
    keys: keys.flatMap((key) =>
      key.aws.id === undefined
        ? []
        : [
            {
              id: key.aws.id,
              name: key.name,
              from: iso(key.from),
              ...until(key.retiredAt),
              works: keyWorks(subscription, key) && key.aws.enabled === true && key.aws.missing !== true,
            },
          ],
    ),
  };
}
