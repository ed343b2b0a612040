import type { LimiterOptions } from "../limiter/limiter";
import type { UsagePlanModel } from "../model/model";
import type { CountedQuota } from "./limits";
import type { Places } from "./places";

export interface ExplainOptions {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** A status that a customer reports. @default - none */
  readonly status?: number | undefined;
  /** @default - see `LimitChoices`, and AWS's default for an account */
  readonly limits?: LimiterOptions;
  /** What AWS has counted, of the key in a plan. @default - nothing is known */
  readonly counted?: ((plan: UsagePlanModel) => CountedQuota | undefined) | undefined;
  /** Where the catalog has its parts. @default - only Terraform's addresses are known */
  readonly places?: Places;
  /** Where AWS has something else than the files. @default - AWS was not asked */
  readonly differsInAws?: readonly string[] | undefined;
}
