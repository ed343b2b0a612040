import { nearestTo } from "../text/nearest";
import { show } from "../text/show";
import { FIXED_LIMITS } from "./aws-limits";
import { isObject } from "./objects";

export type JsonType = "array" | "boolean" | "integer" | "null" | "number" | "object" | "string";

/** A schema that the API's `models` have under this name. */
export type ModelReference = `#/models/${string}`;

/**
 * JSON Schema draft 4, the dialect of API Gateway models. What several schemas share has a name in the API's `models`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export interface JsonSchema {
  readonly $schema?: typeof DRAFT_4;
  /** A schema of the API's `models`, in the place of this one. Draft 4 ignores words beside it, so none may stand there. */
  readonly $ref?: ModelReference;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: JsonType | readonly JsonType[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly multipleOf?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: boolean;
  readonly minimum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly additionalItems?: boolean | JsonSchema;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly maxProperties?: number;
  readonly minProperties?: number;
  readonly dependencies?: Readonly<Record<string, JsonSchema | readonly string[]>>;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
}

export const DRAFT_4 = "http://json-schema.org/draft-04/schema#";
/** What references to models begin with. */
export const MODELS = "#/models/";
const TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"];

/** Says what is wrong with the value of a keyword, and reads the schemas within it. */
type Keyword = (value: unknown, path: string, within: (schema: unknown, path: string) => string[]) => string[];

const wants =
  (allowed: string, isRight: (value: unknown) => boolean): Keyword =>
  (value, path) =>
    isRight(value) ? [] : [`${path} must be ${allowed}, got ${show(value)}`];

const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
const isDistinct = (list: readonly unknown[]) => new Set(list.map((each) => JSON.stringify(each))).size === list.length;
/** AWS refuses an empty list, and one that holds something twice. */
const isListOf = (value: unknown, isRight: (each: unknown) => boolean) =>
  Array.isArray(value) && value.length > 0 && value.every(isRight) && isDistinct(value);
const isText = (value: unknown) => typeof value === "string";
const isRegExp = (value: unknown) => {
  try {
    return isText(value) && new RegExp(value as string) !== undefined;
  } catch {
    return false;
  }
};

const text = wants("a text", isText);
const flag = wants("true or false", (value) => typeof value === "boolean");
const number = wants("a number", (value) => typeof value === "number" && Number.isFinite(value));
const count = wants("a whole number, 0 or more", isCount);
const names = wants("a list of different names, at least one", (value) => isListOf(value, isText));
const anything: Keyword = () => [];

const schema: Keyword = (value, path, within) => within(value, path);
const schemaOrFlag: Keyword = (value, path, within) => (typeof value === "boolean" ? [] : within(value, path));
const schemas: Keyword = (value, path, within) =>
  Array.isArray(value) && value.length > 0
    ? value.flatMap((each, position) => within(each, `${path}.${position}`))
    : [`${path} must be a list of schemas, at least one, got ${show(value)}`];
const schemasByName: Keyword = (value, path, within) =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, each]) => within(each, `${path}.${name}`))
    : [`${path} must be an object from names to schemas, got ${show(value)}`];

/** @see https://json-schema.org/draft-04/schema */
const KEYWORDS: Readonly<Record<keyof JsonSchema, Keyword>> = {
  $schema: wants(`"${DRAFT_4}"`, (value) => value === DRAFT_4),
  $ref: wants(
    'a reference to one of the API\'s models, such as "#/models/Pet"',
    (value) => isText(value) && (value as string).startsWith(MODELS),
  ),
  title: text,
  description: text,
  default: anything,
  type: wants(
    `one of ${TYPES.join(", ")}, or a list of these`,
    (value) => TYPES.some((type) => type === value) || isListOf(value, (each) => TYPES.some((type) => type === each)),
  ),
  enum: wants("a list of different values, at least one", (value) => isListOf(value, () => true)),
  format: text,
  multipleOf: wants("a number above 0", (value) => typeof value === "number" && value > 0),
  maximum: number,
  exclusiveMaximum: flag,
  minimum: number,
  exclusiveMinimum: flag,
  maxLength: count,
  minLength: count,
  pattern: wants("a regular expression", isRegExp),
  items: (value, path, within) => (Array.isArray(value) ? schemas : schema)(value, path, within),
  additionalItems: schemaOrFlag,
  maxItems: count,
  minItems: count,
  uniqueItems: flag,
  properties: schemasByName,
  patternProperties: schemasByName,
  additionalProperties: schemaOrFlag,
  required: names,
  maxProperties: count,
  minProperties: count,
  dependencies: (value, path, within) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, each]) =>
          (Array.isArray(each) ? names : schema)(each, `${path}.${name}`, within),
        )
      : [`${path} must be an object from names to lists of names, or to schemas, got ${show(value)}`],
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
  not: schema,
};

/** The keywords that a model of API Gateway may use. */
export const JSON_SCHEMA_KEYWORDS = Object.keys(KEYWORDS) as readonly (keyof JsonSchema)[];

const isKeyword = (word: string): word is keyof JsonSchema => Object.hasOwn(KEYWORDS, word);

/** What API Gateway would refuse of a model's schema; each problem begins with its path, such as `properties.name`. */
export function problemsOfJsonSchema(written: unknown, path = ""): string[] {
  const problems = problemsAt(written, path);
  if (problems.length > 0) return problems;
  const text = JSON.stringify(written);
  if (text.includes("TfToken[")) return [`${path} must not hold "TfToken[", because it is taken literally; rename it`];
  const bytes = Buffer.byteLength(text);
  if (bytes <= FIXED_LIMITS.modelBytes) return [];
  return [`${path} has ${bytes} bytes, but AWS takes at most ${FIXED_LIMITS.modelBytes}; leave parts of it out`];
}

function problemsAt(written: unknown, path: string): string[] {
  if (!isObject(written)) return [`${path} must be a JSON schema, got ${show(written)}; write {} for anything`];
  const problems = Object.entries(written)
    .filter(([, value]) => value !== undefined)
    .flatMap(([word, value]) => {
      const place = path === "" ? word : `${path}.${word}`;
      return isKeyword(word) ? KEYWORDS[word](value, place, problemsAt) : [problemOfWord(word, place)];
    });
  for (const [exclusive, limit] of [
    ["exclusiveMaximum", "maximum"],
    ["exclusiveMinimum", "minimum"],
  ] as const)
    if (typeof written[exclusive] === "boolean" && written[limit] === undefined)
      problems.push(`${path} has ${exclusive} without ${limit}, to which it belongs; add ${limit}`);
  const beside = Object.keys(written).filter((word) => word !== "$ref" && written[word] !== undefined);
  if (written.$ref !== undefined && beside.length > 0)
    problems.push(
      `${path} has ${beside.join(", ")} beside $ref, which draft 4 ignores; leave it out, or write ` +
        `{ allOf: [{ $ref: ${JSON.stringify(written.$ref)} }], … } with it`,
    );
  return problems;
}

function problemOfWord(word: string, place: string): string {
  if (word === "definitions" || word === "$defs")
    return `${place} is not a keyword here; give each of its schemas a name in the API's models, and refer to them as "#/models/<name>"`;
  const nearest = nearestTo(word, JSON_SCHEMA_KEYWORDS);
  return `${place} is not a keyword of JSON Schema draft 4, and AWS refuses it${nearest ? `; did you mean "${nearest}"?` : "; leave it out"}`;
}
