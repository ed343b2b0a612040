import { createHmac, randomBytes } from "node:crypto";
import type { Attributes } from "../contract/attributes";
import type { StackIdentity } from "../contract/identity";
import type { Unsupported } from "./model";
import { isRedacted } from "./redacted";

/** A Terraform resource, with all that is known of it before a deploy. */
export interface TerraformResource {
  readonly stack: string | undefined;
  /** Without the stack: `module.shop.aws_api_gateway_stage.this["prod"]`. */
  readonly address: string;
  readonly type: string;
  /** Paths of files are relative to it. */
  readonly folder: string;
  /** Names as Terraform writes them, `rest_api_id`; what is known only later is a `reference`. */
  readonly attributes: Attributes;
  /** Of an API key whose value was taken out: equal for equal values, within one run of the program. */
  readonly valueHash?: string;
  /** Address of the API whose body describes it; only of a part that Terraform does not manage as a resource. */
  readonly bodyOf?: string;
}

/** What a front end has read. */
export interface TerraformResources {
  readonly resources: readonly TerraformResource[];
  readonly unsupported: readonly Unsupported[];
  /** What stacks say of what they hold of the catalog, by stack. A stack that says nothing is not this project's. */
  readonly identities: Identities;
}

export type Identities = ReadonlyMap<string | undefined, StackIdentity>;

/**
 * References stand in texts, between two characters that no Terraform file holds: so the URL of a function whose
 * ARN AWS will make is a text like any other, and two attributes that refer to the same thing are equal.
 */
const OPEN = "\uE000";
const CLOSE = "\uE001";
const REFERENCE = /\uE000([~?]?)([^\uE000\uE001|]*)\|([^\uE000\uE001|]*)\|([^\uE000\uE001]*)\uE001/g;

export interface Reference {
  readonly stack: string | undefined;
  readonly address: string;
  readonly attribute: string;
  /** A Terraform function has made something else of it. */
  readonly derived: boolean;
}

/** A text in the place of an attribute that is known only after a deploy. */
export function reference(stack: string | undefined, address: string, attribute: string): string {
  return `${OPEN}${stack ?? ""}|${address}|${attribute}${CLOSE}`;
}

/** A text in the place of what a function makes of texts that are known only after a deploy. */
export function derivedFrom(texts: readonly string[]): string {
  return texts
    .flatMap(referencesIn)
    .map(({ stack, address, attribute }) => `${OPEN}~${stack ?? ""}|${address}|${attribute}${CLOSE}`)
    .join("");
}

/**
 * A text in the place of what could not be evaluated; `why` completes "it is given by …".
 *
 * @param possible references, of which it is one
 */
export function unevaluated(why: string, possible: readonly string[] = []): string {
  return `${OPEN}||${why.replace(/[\uE000\uE001]/g, "")}${CLOSE}${possible.map(markPossible).join("")}`;
}

const markPossible = (text: string) => text.replaceAll(OPEN, `${OPEN}?`);

/** What a text refers to; not what it may refer to. */
export function referencesIn(text: string): Reference[] {
  return marked(text)
    .filter(({ mark }) => mark !== "?")
    .map(({ mark, ...found }) => ({ ...found, derived: mark === "~" }));
}

/** What a text may refer to: the references of which it is one. */
export const possibleReferences = (text: string): Omit<Reference, "derived">[] =>
  marked(text).flatMap(({ mark, ...found }) => (mark === "?" ? [found] : []));

/** Whether there is something that a text may refer to. */
export const hasPossibleReferences = (text: string): boolean => text.includes(`${OPEN}?`);

const marked = (text: string) =>
  // Most texts hold none, and there are many.
  (isKnown(text) ? [] : [...text.matchAll(REFERENCE)]).map(([, mark, stack, address = "", attribute = ""]) => ({
    mark,
    stack: stack || undefined,
    address,
    attribute,
  }));

/** Whether all of a text is known before a deploy. */
export const isKnown = (text: string): boolean => !text.includes(OPEN);

/** Whether a number of a throttle is known only after a deploy. */
export const hasUnknownLimit = (block: Attributes): boolean =>
  Object.entries(block).some(([name, limit]) => /_limit$/.test(name) && typeof limit === "string" && !isKnown(limit));

/** A text with its references made readable, for messages: `https://${aws_lb.main.dns_name}/`. */
export function readable(text: string): string {
  if (isKnown(text)) return text;
  return text.replace(REFERENCE, (_, mark, stack, address, attribute) =>
    mark === "?" ? "" : address === "" ? attribute : `\${${stack ? `${stack}: ` : ""}${address}.${attribute}}`,
  );
}

/** A text whose references are to other addresses. */
export function withReferences(
  text: string,
  addressOf: (reference: { readonly stack: string | undefined; readonly address: string }) => string,
): string {
  if (isKnown(text)) return text;
  return text.replace(REFERENCE, (_, mark, stack, address, attribute) => {
    const other = address === "" ? address : addressOf({ stack: stack || undefined, address });
    return `${OPEN}${mark}${stack}|${other}|${attribute}${CLOSE}`;
  });
}

/** Replaces texts wherever they stand in a JSON value. What holds none that changes is not copied: so are most of many. */
export function mapStrings(value: unknown, replace: (text: string) => unknown): unknown {
  if (typeof value === "string") return replace(value);
  if (typeof value !== "object" || value === null) return value;
  let isChanged = false;
  const mapped = (each: unknown) => {
    const next = mapStrings(each, replace);
    isChanged ||= next !== each;
    return next;
  };
  if (Array.isArray(value)) {
    const items = value.map(mapped);
    return isChanged ? items : value;
  }
  const entries = Object.entries(value).map(([name, each]) => [name, mapped(each)] as const);
  return isChanged ? Object.fromEntries(entries) : value;
}

/** AWS takes no shorter value of a key. */
const SHORTEST_KEY_VALUE = 20;

/**
 * The same resources without the value of any key: where one stands, on its own or within a text, there is a reference
 * to the key instead.
 */
export function withoutKeyValues(resources: readonly TerraformResource[]): TerraformResource[] {
  const values = new Map<string, string>();
  for (const { stack, address, type, attributes } of resources)
    if (type === "aws_api_gateway_api_key" && typeof attributes.value === "string" && isKnown(attributes.value))
      if (attributes.value.length >= SHORTEST_KEY_VALUE && !isRedacted(attributes.value))
        values.set(attributes.value, reference(stack, address, "value"));
  if (values.size === 0) return [...resources];
  // Looked up by word, not one value after the other: there may be ten thousand.
  const mask = (text: string) =>
    text.replace(/[A-Za-z0-9_.-]{20,}/g, (word) => values.get(word) ?? maskWithin(word, values));
  return resources.map((each) => {
    const { value } = each.attributes;
    const isKeyValue = each.type === "aws_api_gateway_api_key" && typeof value === "string" && values.has(value);
    const attributes = mapStrings(each.attributes, mask) as Attributes;
    return { ...each, attributes, ...(isKeyValue && { valueHash: hashOf(value) }) };
  });
}

/** A salt of this run, so that nobody can find a value by trying some. */
const SALT = randomBytes(32);
const hashOf = (value: string) => createHmac("sha256", SALT).update(value).digest("hex");

function maskWithin(word: string, values: ReadonlyMap<string, string>): string {
  return word.replace(/[A-Za-z0-9]{20,}/g, (part) => values.get(part) ?? part);
}
