import type { Verdict } from "../limiter/verdict";
import type { GatewayError } from "./gateway-responses";
import type { GatewayRequest } from "./request";

/** What happened to a request. */
export interface Trace {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly request: GatewayRequest;
  readonly status: number;
  /** `GET /pets/{id}`; `undefined` where no route is. */
  readonly route: string | undefined;
  /** Ids of the key that was let in and of its plan. */
  readonly key: string | undefined;
  readonly plan: string | undefined;
  /** What the limits said, and what they have left; `undefined` for a request that did not come so far. */
  readonly verdict: Verdict | undefined;
  /** Why API Gateway itself answered; `undefined` where the integration did. */
  readonly gatewayError: GatewayError | undefined;
  /** What is not as on AWS and concerns this request, one sentence each. */
  readonly differences: readonly string[];
}
