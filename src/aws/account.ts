import type * as sdk from "@aws-sdk/client-api-gateway";
import type { Attributes } from "../contract/attributes";
import type { Quota } from "../vocabulary/quota";
import type { Tags } from "../vocabulary/tags";
import type { AccountDefinition } from "./definition";

/** What AWS limits by; either number may be missing, which blocks every request. */
export interface AccountThrottle {
  readonly rateLimit?: number | undefined;
  readonly burstLimit?: number | undefined;
}

/** A stage that a usage plan covers. */
export interface CoveredStage {
  readonly apiId: string;
  readonly stage: string;
  /** By AWS's path of the method: `/pets/GET`. */
  readonly methodThrottles: Readonly<Record<string, AccountThrottle>>;
}

/** A usage plan, as AWS has it. */
export interface AccountPlan {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly productCode: string | undefined;
  readonly throttle: AccountThrottle | undefined;
  readonly quota: Partial<Quota> | undefined;
  readonly stages: readonly CoveredStage[];
  readonly tags: Tags;
}

/** An API key, as AWS has it, without its value, which is never asked for. */
export interface AccountKey {
  readonly id: string;
  /** Empty where it has none. */
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly customerId: string | undefined;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly tags: Tags;
}

/** A REST API, as AWS has it. */
export interface AccountApi {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly stages: readonly string[];
  /** Only where it was asked for. */
  readonly definition?: AccountDefinition | undefined;
}

/** A domain name, as AWS has it, under the names of Terraform attributes. */
export interface AccountDomainName {
  readonly attributes: Attributes;
  /** Its base paths. */
  readonly mappings: readonly Attributes[];
}

/** What was read of an account in one Region. */
export interface Account {
  readonly apis: readonly AccountApi[];
  readonly plans: readonly AccountPlan[];
  readonly keys: readonly AccountKey[];
  /** Ids of the plans that a key is in, by the key's id; without the keys that were known before. */
  readonly plansOfKeys: ReadonlyMap<string, readonly string[]>;
  /** Only where definitions were asked for. */
  readonly domainNames?: readonly AccountDomainName[];
}

/** A usage plan as AWS gives it. */
export function toPlan(plan: sdk.UsagePlan): AccountPlan {
  return {
    id: plan.id ?? "",
    name: plan.name ?? "",
    description: plan.description ?? "",
    productCode: plan.productCode || undefined,
    throttle: plan.throttle && { rateLimit: plan.throttle.rateLimit, burstLimit: plan.throttle.burstLimit },
    quota: plan.quota && { ...plan.quota },
    stages: (plan.apiStages ?? []).map(({ apiId = "", stage = "", throttle = {} }) => ({
      apiId,
      stage,
      methodThrottles: throttle,
    })),
    tags: plan.tags ?? {},
  };
}

/** A key as AWS gives it; its value, if there should be one, is left behind. */
export function toKey(key: sdk.ApiKey): AccountKey {
  return {
    id: key.id ?? "",
    name: key.name ?? "",
    description: key.description ?? "",
    enabled: key.enabled ?? false,
    customerId: key.customerId || undefined,
    createdAt: key.createdDate?.getTime() ?? 0,
    tags: key.tags ?? {},
  };
}
