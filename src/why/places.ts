import type { Layer } from "../limiter/verdict";
import type { ApiModel, KeyModel, Origin, RouteModel, UsagePlanModel } from "../model/model";
import type { WrittenAt } from "./explanation";
import type { Target } from "./target";
import { placeOf } from "./unknowns";

/** The call whose limit it is. */
export interface LimitedCall {
  readonly target: Target;
  readonly plan: UsagePlanModel | undefined;
  readonly route: RouteModel | undefined;
}

/** Where the parts of a call are written. */
export interface Places {
  limit(layer: Layer, call: LimitedCall): WrittenAt;
  plan(plan: UsagePlanModel): WrittenAt;
  route(api: ApiModel, route: RouteModel): WrittenAt;
  /** The place that puts a key into its plan. */
  subscription(key: KeyModel, plan: UsagePlanModel): WrittenAt;
}

export const addressOf = (origin: Origin | undefined, line?: string): WrittenAt => ({
  address: origin && placeOf(origin),
  line,
});

/** The resource that holds the limit of a layer; `undefined` for the account, which no file of ours holds. */
export function holderOf(layer: Layer, { target, plan }: LimitedCall): Origin | undefined {
  switch (layer) {
    case "account":
      return undefined;
    case "stage method":
      return target.served?.stage;
    default:
      return plan;
  }
}

/** Only what the files say: Terraform's addresses. */
export const NOWHERE: Places = {
  limit: (layer, call) => addressOf(holderOf(layer, call)),
  plan: (plan) => addressOf(plan),
  route: (_, route) => addressOf(route),
  subscription: (key) => addressOf(key),
};
