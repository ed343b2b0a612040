import type { AccountKey } from "../aws/account";
import { keyAttributes } from "../aws/terraform-attributes";
import { API_KEY, encodeApiKey } from "../contract/api-key";
import { type Finding, warning } from "../text/finding";
import type { ImportedSubscription } from "../vocabulary/imports";
import { literalText } from "../vocabulary/schema";
import type { SubscriptionInput } from "../vocabulary/subscription-input";
import { adoptTags } from "./adopt-tags";

/** A plan that a key is in, and the id of its tier. */
export interface PlanOfKey {
  readonly tier: string;
  readonly usagePlanId: string;
}

export interface AdoptedSubscription {
  readonly subscription: SubscriptionInput;
  readonly imported: ImportedSubscription;
  readonly findings: readonly Finding[];
}

/** Why an attribute of a key is kept. */
const REASONS: Readonly<Record<string, string>> = {
  tags: "has tags that the catalog does not take",
  name: "has no name, and Terraform wants one",
  description: "has a description that is not plain text",
};

/** A key as a subscription. What a subscription does not support is kept as it is. */
export function adoptSubscription(
  id: string,
  key: AccountKey,
  first: PlanOfKey,
  others: readonly PlanOfKey[],
): AdoptedSubscription {
  const { tags } = adoptTags(key.tags);
  const isPlain = literalText.safeParse(key.description).success;
  const entry = {
    keyName: key.name === "" ? id : key.name,
    customer: isPlain ? key.description : "",
    enabled: key.enabled,
    marketplaceCustomerId: key.customerId,
    keyVariable: undefined,
    tags: tags ?? {},
  };
  const keep = API_KEY.differing(encodeApiKey(entry), keyAttributes(key));
  const findings = keep.map((attribute) =>
    warning(
      `key "${key.name}" (${key.id})`,
      `${REASONS[attribute] ?? "is not as the catalog writes it"}; ${attribute} stays as it is in AWS until the import of ` +
        `subscription "${id}" no longer keeps it`,
    ),
  );
  return {
    subscription: {
      tier: first.tier,
      ...(others.length > 0 && { additionalTiers: Object.fromEntries(others.map(({ tier }) => [tier, tier])) }),
      ...(entry.keyName === id ? {} : { keyName: entry.keyName }),
      ...(entry.customer === "" ? {} : { customer: entry.customer }),
      ...(key.enabled ? {} : { enabled: false }),
      ...(key.customerId !== undefined && { marketplaceCustomerId: key.customerId }),
      ...(tags && { tags }),
    },
    imported: {
      apiKeyId: key.id,
      usagePlanId: first.usagePlanId,
      ...(others.length > 0 && {
        additionalUsagePlanIds: Object.fromEntries(others.map(({ tier, usagePlanId }) => [tier, usagePlanId])),
      }),
      ...(keep.length > 0 && { keep }),
    },
    findings,
  };
}
