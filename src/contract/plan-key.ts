import type { Attributes } from "./attributes";
import { ResourceType, text, type Written } from "./resource-type";

/** That a key is in a usage plan. */
export const PLAN_KEY = new ResourceType("aws_api_gateway_usage_plan_key", {
  key_id: text(),
  key_type: text("API_KEY"),
  usage_plan_id: text(),
});

/** Ids, or references to what has them. */
export interface PlanKeyEntry {
  readonly keyId: string;
  readonly usagePlanId: string;
}

export function encodePlanKey({ keyId, usagePlanId }: PlanKeyEntry) {
  return { key_id: keyId, key_type: "API_KEY", usage_plan_id: usagePlanId } satisfies Written<typeof PLAN_KEY.fields>;
}

export function decodePlanKey(attributes: Attributes): PlanKeyEntry {
  const { key_id, usage_plan_id } = PLAN_KEY.read(attributes);
  return { keyId: key_id, usagePlanId: usage_plan_id };
}
