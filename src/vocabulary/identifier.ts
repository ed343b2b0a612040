import { nearestTo } from "../text/nearest";
import { show } from "../text/show";

/** Ids of APIs, tiers and cohorts: they become parts of stack names and of Terraform addresses. */
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
/** Ids of subscriptions often come from another system: customer numbers, domains, e-mail addresses. */
const SUBSCRIPTION_ID = /^[A-Za-z0-9][A-Za-z0-9._@+=:-]{0,127}$/;
/** Names of a subscription's keys: they follow its id and a "/". */
const KEY_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-stage.html */
const STAGE_NAME = /^[A-Za-z0-9_-]{1,128}$/;

const RESERVED = "is called by a word that JavaScript keeps for itself; rename it";

/** What is wrong with the id of an API, a tier or a cohort; `undefined` if nothing is. */
export function problemOfName(id: string): string | undefined {
  if (id in Object.prototype) return RESERVED;
  if (NAME.test(id)) return undefined;
  return 'must be called by 1 to 64 letters, digits, "-" and "_", a letter first; rename it';
}

export function problemOfSubscriptionId(id: string): string | undefined {
  if (id in Object.prototype) return RESERVED;
  if (SUBSCRIPTION_ID.test(id)) return undefined;
  return "must be called by 1 to 128 letters, digits and . _ @ + = : -, a letter or digit first; rename it";
}

export function problemOfKeyName(name: string): string | undefined {
  if (name in Object.prototype) return RESERVED;
  if (KEY_NAME.test(name)) return undefined;
  return "must be called by 1 to 64 letters, digits and . _ -, a letter or digit first; rename it";
}

export function problemOfStageName(name: string): string | undefined {
  if (name === "__proto__") return RESERVED;
  if (STAGE_NAME.test(name)) return undefined;
  return 'must be called by 1 to 128 letters, digits, "-" and "_"; rename it';
}

/**
 * `unknown tier "bronz"; did you mean "bronze"?` or the list of all that there are.
 *
 * @param shown what is said of the name; it may be a key that was written in the wrong place
 */
export function unknownName(name: string, kind: string, known: readonly string[], shown = show(name)): string {
  const nearest = nearestTo(name, known);
  if (nearest !== undefined) return `unknown ${kind} ${shown}; did you mean "${nearest}"?`;
  const list = known.slice(0, 12).map((each) => `"${each}"`);
  if (known.length > 12) list.push(`and ${known.length - 12} more`);
  return `unknown ${kind} ${shown}; ${list.length ? `there are ${list.join(", ")}` : "there are none"}`;
}
