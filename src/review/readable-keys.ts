import { type Attributes, stringOf } from "../contract/attributes";
import type { ResourceChange } from "../model/resource-changes";
import { isObject } from "../vocabulary/objects";
import type { Facts, Finding } from "./finding";
import { holdsKeyValue } from "./held-keys";
import type { Holds } from "./key-sources";
import { nameOf } from "./place-names";

/** New with a change, so before it, or perhaps new: what it is made of is known only after the apply. */
type Wanted = "as-before" | "maybe-new" | "new";

/** A place in which the value of a key may stand. */
interface KeyPlace {
  readonly name: string;
  readonly before: boolean;
  readonly after: Holds;
  /** `, and is a String` */
  readonly but?: string;
}

const PARAMETER = "aws_ssm_parameter";
/** Types whose purpose is a key, and those that have words of their own. */
const HOLDERS = /^aws_(api_gateway_(api_key|usage_plan_key)|ssm_parameter|secretsmanager_secret_version)$/;
const VALUES = ["value", "value_wo"];
const INSECURE = "insecure_value";

/** Outputs, parameters and other places in which the value of a key can be read after the change. */
export function readableKeyFindings(facts: Facts, wanted: Wanted): Finding[] {
  return allPlaces(facts)
    .filter(({ before, after }) => after !== "not" && wanted === whichOf(before, after))
    .map(({ name, after, but = "" }) => ({
      about: name,
      subject: name,
      what: `${after === "certainly" ? "holds" : "may hold"} the value of a key${but}`,
    }));
}

const known = new WeakMap<Facts, readonly KeyPlace[]>();

/** Several rules ask for them. */
function allPlaces(facts: Facts): readonly KeyPlace[] {
  const found = known.get(facts) ?? [...outputs(facts), ...places(facts)];
  known.set(facts, found);
  return found;
}

const whichOf = (before: boolean, after: Holds): Wanted =>
  before ? "as-before" : after === "certainly" ? "new" : "maybe-new";

const outputs = (facts: Facts): KeyPlace[] =>
  facts.outputs.map(({ stack, name, before, after }) => ({
    name: facts.planned.length > 1 ? `output ${stack}/${name}` : `output ${name}`,
    before,
    after,
  }));

function places(facts: Facts): KeyPlace[] {
  const isKey = (type: string) => /^aws_api_gateway_(api_key|usage_plan_key)$/.test(type);
  const hasKeys = facts.keyValues.size > 0 || facts.changes.some(({ type }) => isKey(type));
  if (!hasKeys) return [];
  return facts.changes.flatMap((change) => {
    if (change.bodyOf !== undefined || (change.after === undefined && change.action !== "none")) return [];
    if (change.type === PARAMETER) return parameter(change, facts);
    return HOLDERS.test(change.type) ? [] : elsewhere(change, facts);
  });
}

/** How a parameter shows a key: one of secure strings does not, and there may be thousands. */
function parameter(change: ResourceChange, facts: Facts): KeyPlace[] {
  const name = nameOf(change, facts);
  const type = stringOf(change.after?.type);
  const isGiven = typeof change.after?.[INSECURE] === "string" || change.unknownAttributes.includes(INSECURE);
  const insecure = isGiven ? placeIn(change, INSECURE, facts) : undefined;
  if (insecure && insecure.after !== "not") return [{ name, ...insecure, but: ` in ${INSECURE}` }];
  if (type === "SecureString") return [];
  const readable = VALUES.map((attribute) => placeIn(change, attribute, facts));
  const before = readable.some((each) => each.before) && stringOf(change.before?.type) !== "SecureString";
  const after = readable.map((each) => each.after).find((each) => each !== "not");
  return after === undefined ? [] : [{ name, before, after, but: `, and is a ${type || "String"}` }];
}

/** Other resources in which a key stands: variables of a function or a stage, a file, a header of an integration. */
function elsewhere(change: ResourceChange, facts: Facts): KeyPlace[] {
  const names = new Set([...Object.keys(change.after ?? {}), ...change.unknownAttributes]);
  const places = new Map([...names].map((name) => [name, placeIn(change, name, facts)]));
  // The provider shows tags twice.
  if (["certainly", "possibly"].includes(places.get("tags")?.after ?? "not")) places.delete("tags_all");
  return [...places].map(([name, place]) => ({ name: `${nameOf(change, facts)} ${name}`, ...place }));
}

function placeIn(change: ResourceChange, attribute: string, facts: Facts): Omit<KeyPlace, "name"> {
  const { stack, address, unknownAttributes, sensitiveAttributes } = change;
  const standsIn = (side: "after" | "before") =>
    holdsWithin(facts[side].at(change)?.attributes[attribute]) || isShown(change[side], attribute, facts);
  if (standsIn("after")) return { before: standsIn("before"), after: "certainly" };
  const after =
    unknownAttributes.includes(attribute) || isWritten(change, attribute)
      ? facts.keySources
          .get(stack)
          ?.attribute(address, attribute, sensitiveAttributes.includes(attribute) || attribute.endsWith("_wo"))
      : undefined;
  return { before: after !== undefined && after !== "not" && standsIn("before"), after: after ?? "not" };
}

/** A write-only value is never shown; another version of it is written. */
const isWritten = ({ action, changedAttributes }: ResourceChange, attribute: string): boolean =>
  attribute.endsWith("_wo") &&
  (action === "create" || action === "replace" || changedAttributes.includes(`${attribute}_version`));

const isShown = (attributes: Attributes = {}, name: string, { keyValues }: Facts): boolean =>
  name in attributes && isWithin(attributes[name], (text) => keyValues.isIn(text));

const holdsWithin = (value: unknown): boolean => isWithin(value, holdsKeyValue);

function isWithin(value: unknown, isOne: (text: string) => boolean): boolean {
  if (typeof value === "string") return isOne(value);
  if (Array.isArray(value)) return value.some((each) => isWithin(each, isOne));
  return isObject(value) && Object.entries(value).some(([name, each]) => isOne(name) || isWithin(each, isOne));
}
