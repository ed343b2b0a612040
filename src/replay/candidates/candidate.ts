import type { GatewayModel } from "../../model/model";

/** Limits that are tried. */
export interface Candidate {
  /** `as it is`, or what it changes: `gold.throttle.rateLimit=50`. */
  readonly name: string;
  readonly model: GatewayModel;
}
