/** Whose limit it is: the plan's for this client and method, the plan's for this client, the stage's, the account's. */
export type ThrottleLayer = "plan method" | "plan" | "stage method" | "account";

export type Layer = ThrottleLayer | "quota";

/** What the client's plan has left after this request. */
interface Left {
  /** Requests that could follow at once; `undefined` where the plan does not throttle this method. */
  readonly tokens: number | undefined;
  /** Requests of the quota, in its period; `undefined` where the plan has no quota. */
  readonly quota: number | undefined;
}

export interface Allowed extends Left {
  readonly allowed: true;
}

/** AWS answers 429 `Too Many Requests`. */
export interface Throttled extends Left {
  readonly allowed: false;
  readonly reason: "throttled";
  readonly layer: ThrottleLayer;
}

/** AWS answers 429 `Limit Exceeded`. */
export interface QuotaUsedUp extends Left {
  readonly allowed: false;
  readonly reason: "quota";
  readonly layer: "quota";
}

export type Verdict = Allowed | Throttled | QuotaUsedUp;
