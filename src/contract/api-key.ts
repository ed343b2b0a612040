import type { Subscription } from "../vocabulary/subscription";
import type { SubscriptionKey } from "../vocabulary/subscription-key";
import type { Attributes } from "./attributes";
import { type Field, flag, optionalText, ResourceType, strings, text, type Written } from "./resource-type";

const VARIABLE = /^\$\{var\.([a-z0-9_]+)\}$/;

/** A key's value is read only where it is the name of a Terraform variable: a value itself never leaves its attribute. */
const variableReference: Field<string | undefined> = {
  read: (value) => (typeof value === "string" && VARIABLE.test(value) ? value : undefined),
};

/** A customer's key. */
export const API_KEY = new ResourceType("aws_api_gateway_api_key", {
  name: text(),
  description: text(),
  enabled: flag(true),
  customer_id: optionalText,
  value: variableReference,
  tags: strings,
});

/** What a subscription says of one of its keys, besides the key's address, which is its id. */
export type KeyEntry = Pick<Subscription, "customer" | "marketplaceCustomerId"> &
  Pick<SubscriptionKey, "keyName" | "enabled" | "keyVariable" | "tags">;

export function encodeApiKey(key: KeyEntry) {
  return {
    name: key.keyName,
    // Always given, or the provider would send a description of its own.
    description: key.customer,
    enabled: key.enabled,
    customer_id: key.marketplaceCustomerId,
    value: key.keyVariable === undefined ? undefined : `\${var.${key.keyVariable}}`,
    tags: Object.keys(key.tags).length > 0 ? { ...key.tags } : undefined,
  } satisfies Written<typeof API_KEY.fields>;
}

export function decodeApiKey(attributes: Attributes): KeyEntry {
  const { name, description, enabled, customer_id, value, tags } = API_KEY.read(attributes);
  return {
    keyName: name,
    customer: description,
    enabled,
    marketplaceCustomerId: customer_id,
    keyVariable: VARIABLE.exec(value ?? "")?.[1],
    tags,
  };
}
