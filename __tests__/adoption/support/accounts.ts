import { adoptAccount } from "../../../src/adoption/adopt-account";
import { type Adoption, type KnownCatalog, NOTHING_KNOWN } from "../../../src/adoption/adoption";
import { EVERYTHING, type Selection } from "../../../src/adoption/selection";
import type { Account, AccountKey, AccountPlan } from "../../../src/aws/account";

/** A usage plan as AWS gives it, that covers the stage `prod` of the API `api1`. */
export const plan = (id: string, name: string, parts: Partial<AccountPlan> = {}): AccountPlan => ({
  id,
  name,
  description: "",
  productCode: undefined,
  throttle: { rateLimit: 10, burstLimit: 20 },
  quota: undefined,
  stages: [{ apiId: "api1", stage: "prod", methodThrottles: {} }],
  tags: {},
  ...parts,
});

/** A key as AWS gives it; the number in its id tells when it was made. */
export const key = (id: string, name: string, parts: Partial<AccountKey> = {}): AccountKey => ({
  id,
  name,
  description: "",
  enabled: true,
  customerId: undefined,
  createdAt: Number(/\d+$/.exec(id)?.[0] ?? 0),
  tags: {},
  ...parts,
});

/** An account with the API "Pet Store" and these plans; each key is in the first, if nothing else is said. */
export function account(
  plans: readonly AccountPlan[],
  keys: readonly AccountKey[],
  plansOfKeys: Readonly<Record<string, readonly string[]>> = {},
): Account {
  const first = plans[0]?.id;
  return {
    apis: [{ id: "api1", name: "Pet Store", createdAt: 1, stages: ["test", "prod"] }],
    plans,
    keys,
    plansOfKeys: new Map(keys.map(({ id }) => [id, plansOfKeys[id] ?? (first === undefined ? [] : [first])])),
  };
}

export const adopted = (
  read: Account,
  selection: Partial<Selection> = {},
  known: Partial<KnownCatalog> = {},
): Adoption => adoptAccount(read, { ...EVERYTHING, ...selection }, { ...NOTHING_KNOWN, ...known });

export const messages = ({ findings }: Adoption): string[] =>
  findings.map(({ place, message }) => `${place}: ${message}`);
