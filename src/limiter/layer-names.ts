/** What the layers are called. */
export const LAYER_NAMES = {
  "plan method": "usage plan method",
  plan: "usage plan",
  "stage method": "stage method",
  account: "account",
  quota: "quota",
} as const;

/** Whose calls a limit counts. */
export const COUNTED_CALLS = {
  "plan method": "calls of this method by this key",
  plan: "calls by this key, over all stages of the plan",
  "stage method": "calls of this method by everyone",
  account: "calls of all APIs of the account and Region",
  quota: "calls by this key, over all stages of the plan",
} as const;
