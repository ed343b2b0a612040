import { terraformName } from "./terraform-name";

/**
 * Addresses of what the catalog names, each from its id alone (invariant I1). A former address moves with its id. A key is named
 * by its id: `joe-black`, or `joe-black/ci` for one of several.
 */
export const addresses = {
  apiKey: (key: string): string => `aws_api_gateway_api_key.${terraformName(key)}`,
  /** Of the subscription's tier, or of one of its additional tiers by the name that stays. */
  planKey: (key: string, additionalTier?: string): string =>
    `aws_api_gateway_usage_plan_key.${planKeyName(key, additionalTier)}`,
  usagePlan: (tier: string): string => `aws_api_gateway_usage_plan.${terraformName(tier)}`,
} as const;

/** The Terraform name of a plan key: that of its key; for an additional tier, one of both. */
export const planKeyName = (key: string, additionalTier?: string): string =>
  terraformName(additionalTier === undefined ? key : `${key}/${additionalTier}`);

/**
 * The type and the name in an address of the root module; `undefined` for what stands in a module, and for one of many
 * (`count`, `for_each`), which this project writes nowhere.
 */
export function readAddress(address: string): { readonly type: string; readonly name: string } | undefined {
  const [, type, name] = /^([a-z]\w*)\.([A-Za-z_][\w-]*)$/.exec(address) ?? [];
  return type === undefined || name === undefined || type === "module" ? undefined : { type, name };
}
