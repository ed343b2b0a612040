// Why it is not known which limits calls meet, each as the end of a sentence that begins with `calls`.
export const UNKNOWN_API = "are of an API that is not in the stacks, or of which nobody says what it is called there";
export const SEVERAL_APIS = "are of an API whose name several of the stacks have";
export const UNKNOWN_KEY = "have a key of which nobody says whose it is";
export const UNLOGGED_KEY = "were answered on a route that needs a key, and the log does not say which key it was";

/** Of a customer who was suspended, or on no tier: with access, these calls would meet limits. */
export const NO_ACCESS_THEN = "were refused then, as their keys had no access, and are not tried with it";

export const VALUE_OF_KEY = "have something in the place of the key's id that may be a key's value, which is not kept";

/** What to do so that calls are known, by the reason for which they are not. */
export const UNKNOWN_CALLS: ReadonlyMap<string, string> = new Map([
  [
    UNKNOWN_API,
    "Some calls are of an API that these stacks do not have, or have without its id in AWS: give the states of the APIs with --state, or " +
      "other stacks with --against.",
  ],
  [
    SEVERAL_APIS,
    "Several stacks have an API of that name, such as those of two environments or Regions: give the states with --against in place of " +
      "cdktf.out, or the stacks of one place alone.",
  ],
  [
    UNKNOWN_KEY,
    "Of some keys in the log nobody says whose they are: give the state of the stack access with --state, the usage store with --store, a " +
      'file with { "<id of the key in AWS>": "<id of the subscription>" } with --keys, or --account.',
  ],
  [
    VALUE_OF_KEY,
    "Ids of keys have fewer than 20 letters and digits, and some calls have more in their place, so they are nobody's: log $context.identity.apiKeyId, " +
      "never $context.identity.apiKey, give the format by which the lines were written with --log-format, and treat these logs as secrets.",
  ],
  [
    UNLOGGED_KEY,
    "The log does not say by which keys some calls came, so they are nobody's: write accessLog: true at the stage, or add " +
      'apiKeyId: "$context.identity.apiKeyId" to its format; what is logged from then on can be replayed.',
  ],
]);
