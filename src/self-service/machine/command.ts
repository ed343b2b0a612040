import type { Instant } from "./subscription";

/** Something that is to happen to a subscription. */
export type Command =
  | { readonly name: "start"; readonly tier: string; readonly customer: string }
  | { readonly name: "verify" }
  /** Up at once, down at the end of the period; `on` says another time. */
  | { readonly name: "move"; readonly tier: string; readonly on?: Instant }
  | { readonly name: "suspend" | "resume"; readonly occurredAt?: Instant }
  | { readonly name: "payment-failed" | "payment-recovered"; readonly occurredAt?: Instant }
  /** With `leaked`, the old key stops before the new one works; otherwise both work for `grace` milliseconds. */
  | { readonly name: "rotate"; readonly grace?: number; readonly leaked?: boolean }
  | { readonly name: "end"; readonly on?: Instant }
  /** Time has passed. */
  | { readonly name: "tick" };

/** A command with what makes it one of its kind. */
export interface Request {
  /** The same for each delivery of the same command, and unique among all commands of all subscriptions. */
  readonly id: string;
  readonly subscription: string;
  readonly command: Command;
}

/** Why a command was refused: what to answer, and what the caller can do. */
export interface Refusal {
  readonly code:
    | "unknown-subscription"
    | "subscription-exists"
    | "unknown-tier"
    /** The tier takes no new customers. */
    | "tier-closed"
    /** The tier that it is on is not one of the service's any more. */
    | "tier-withdrawn"
    | "not-verified"
    | "already-verified"
    | "ended"
    | "rotating"
    | "request-reused";
  readonly message: string;
}
