import { FIXED_LIMITS } from "../vocabulary/aws-limits";
import { type JsonSchema, problemsOfJsonSchema } from "../vocabulary/json-schema";
import { isObject } from "../vocabulary/objects";
import type { DocumentNode } from "./document";
import type { Remarks } from "./remarks";

/** A schema in draft 4. */
interface Translated {
  readonly schema: JsonSchema;
  /** Whether it takes nothing that the original refuses. */
  readonly exact: boolean;
}

type Schema = { -readonly [Word in keyof JsonSchema]: JsonSchema[Word] };

const ANYTHING: Translated = { schema: {}, exact: true };
/** A schema with more parts than these would be over AWS's limit for a model. */
const MOST_PARTS = 20_000;

/** Words that mean the same in every dialect. */
const SAME = [
  "maxItems",
  "maxLength",
  "maxProperties",
  "minItems",
  "minLength",
  "minProperties",
  "multipleOf",
  "pattern",
  "uniqueItems",
] as const;

/** Words that check something, and for which draft 4 has no other. */
const LOST = [
  "$dynamicRef",
  "contains",
  "else",
  "if",
  "maxContains",
  "minContains",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
] as const;

/**
 * Translates the schemas of a document (of OpenAPI 3.0, or JSON Schema 2020-12 in 3.1) into draft 4, with references
 * written out, for a model of API Gateway knows neither the words nor the rest of the document.
 *
 * What was translated never refuses a body that the original takes. So what cannot be said is left out, and told; `format`
 * is a hint in OpenAPI, and left out too, as is everything that only describes.
 */
export class BodySchemas {
  private readonly done = new Map<string, JsonSchema | undefined>();
  private readonly open = new Set<string>();
  private parts = 0;

  constructor(
    private readonly remarks: Remarks,
    /** Whether words beside a reference hold too, as in 3.1; in 3.0 they mean nothing. */
    private readonly besideReferences: boolean,
  ) {}

  /** `undefined` where nothing is left to check. */
  translate(node: DocumentNode): JsonSchema | undefined {
    const isAlone = !this.besideReferences || (isObject(node.value) && Object.keys(node.value).length === 1);
    const { id } = isAlone ? node.followed() : node;
    if (!this.done.has(id)) this.done.set(id, this.checkable(node));
    return this.done.get(id);
  }

  private checkable(node: DocumentNode): JsonSchema | undefined {
    this.parts = 0;
    const { schema } = this.schema(node);
    if (this.parts > MOST_PARTS || Buffer.byteLength(JSON.stringify(schema)) > FIXED_LIMITS.modelBytes - 100) {
      this.remarks.warning(
        node,
        `is more than ${FIXED_LIMITS.modelBytes} bytes with its references written out, which AWS refuses; the body is not checked`,
      );
      return undefined;
    }
    return Object.keys(schema).length > 0 ? schema : undefined;
  }

  private schema(node: DocumentNode): Translated {
    this.parts++;
    if (this.parts > MOST_PARTS) return { ...ANYTHING, exact: false };
    if (node.reference === undefined) return this.words(node);
    const referred = this.referred(node.followed());
    if (!this.besideReferences) return referred;
    const beside = this.words(node);
    return Object.keys(beside.schema).length === 0 ? referred : allOf([referred, beside]);
  }

  /** Only by a reference can a schema come to itself. */
  private referred(target: DocumentNode): Translated {
    const { id } = target;
    if (this.open.has(id)) {
      this.remarks.warning(target, "refers to itself, which a model cannot; from there on, a body is not checked");
      return { ...ANYTHING, exact: false };
    }
    this.open.add(id);
    const translated = this.words(target);
    this.open.delete(id);
    return translated;
  }

  private words(node: DocumentNode): Translated {
    const { value } = node;
    if (value === true) return ANYTHING;
    if (value === false) return { schema: { not: {} }, exact: true };
    if (!isObject(value)) {
      this.remarks.error(node, "must be a schema; write {} for anything");
      return ANYTHING;
    }
    const schema: Schema = {};
    let exact = true;
    const beside: JsonSchema[] = [];
    const take = (part: Translated) => {
      if (Object.keys(part.schema).some((word) => word in schema)) beside.push(part.schema);
      else Object.assign(schema, part.schema);
      exact &&= part.exact;
    };
    this.lose(node, () => {
      exact = false;
    });
    for (const word of SAME) if (word in value) take(this.checked(node, { [word]: value[word] }));
    take(this.type(node, value));
    take(this.values(node, value));
    take(this.limits(node, value));
    take(this.items(node));
    take(this.properties(node));
    take(this.dependencies(node));
    take(this.combinations(node));
    return nullable(value, { schema: beside.length > 0 ? { allOf: [schema, ...beside] } : schema, exact });
  }

  /** Words with their values, if AWS takes them; otherwise they are wrong in any dialect. */
  private checked(node: DocumentNode, words: JsonSchema): Translated {
    const problems = problemsOfJsonSchema(words);
    const [word = ""] = Object.keys(words);
    for (const problem of problems) this.remarks.error(node.child(word) ?? node, problem);
    return problems.length === 0 ? { schema: words, exact: true } : ANYTHING;
  }

  private lose(node: DocumentNode, lost: () => void): void {
    for (const word of LOST) {
      const written = node.child(word);
      if (!written) continue;
      lost();
      this.remarks.warning(written, "has no word in JSON Schema draft 4; a body is not checked for it");
    }
  }

  private type(node: DocumentNode, { type }: Readonly<Record<string, unknown>>): Translated {
    return type === undefined ? ANYTHING : this.checked(node, { type: type as JsonSchema["type"] & {} });
  }

  private values(node: DocumentNode, value: Readonly<Record<string, unknown>>): Translated {
    if ("const" in value) return { schema: { enum: [value.const] }, exact: !("enum" in value) };
    if (!("enum" in value)) return ANYTHING;
    const all = value.enum;
    const different = Array.isArray(all) ? [...new Map(all.map((each) => [JSON.stringify(each), each])).values()] : all;
    return this.checked(node, { enum: different as readonly unknown[] });
  }

  /** Draft 4 has `exclusiveMinimum: true` beside a minimum, as 3.0 has; 3.1 has a number. */
  private limits(node: DocumentNode, value: Readonly<Record<string, unknown>>): Translated {
    const whole = value.type === "integer";
    const schema: Schema = {};
    for (const [limit, exclusive, sign] of [
      ["minimum", "exclusiveMinimum", 1],
      ["maximum", "exclusiveMaximum", -1],
    ] as const) {
      const { [limit]: included, [exclusive]: excluded } = value;
      for (const [word, each] of Object.entries({ [limit]: included, [exclusive]: excluded }))
        if (each !== undefined && typeof each !== "number" && (word === limit || typeof each !== "boolean"))
          this.remarks.error(node.child(word) ?? node, `${word} must be a number`);
      const bound = typeof included === "number" ? included : undefined;
      const open = excluded === true ? bound : typeof excluded === "number" ? excluded : undefined;
      // The narrower of the two.
      if (open === undefined || (excluded !== true && bound !== undefined && sign * bound > sign * open)) {
        if (bound !== undefined) schema[limit] = bound;
      } else if (whole) schema[limit] = sign * (Math.floor(sign * open) + 1);
      else Object.assign(schema, { [limit]: open, [exclusive]: true });
    }
    return { schema, exact: true };
  }

  private items(node: DocumentNode): Translated {
    const items = node.child("items");
    const first = node.child("prefixItems");
    const translated = items && this.schema(items);
    if (!first) return translated ? { schema: { items: translated.schema }, exact: translated.exact } : ANYTHING;
    const tuple = first.children().map((each) => this.schema(each));
    const schema: Schema = { items: tuple.map((each) => each.schema) };
    if (items && translated) schema.additionalItems = items.value === false ? false : translated.schema;
    return { schema, exact: [...tuple, ...(translated ? [translated] : [])].every(isExact) };
  }

  private properties(node: DocumentNode): Translated {
    const properties = node.child("properties");
    const patterns = node.child("patternProperties");
    const others = node.child("additionalProperties");
    const parts: Translated[] = [];
    const all = (map: DocumentNode) =>
      Object.fromEntries(
        map.children().map((each) => {
          const translated = this.schema(each);
          parts.push(translated);
          return [each.name, translated.schema];
        }),
      );
    const schema: Schema = {};
    if (properties) schema.properties = all(properties);
    if (patterns) schema.patternProperties = all(patterns);
    if (others) {
      if (typeof others.value === "boolean") schema.additionalProperties = others.value;
      else {
        const translated = this.schema(others);
        parts.push(translated);
        schema.additionalProperties = translated.schema;
      }
    }
    const required = this.required(node, properties);
    return {
      schema: { ...schema, ...required.schema },
      exact: required.exact && parts.every(isExact),
    };
  }

  /** What is read-only is never sent, even if it is required: that concerns answers. */
  private required(node: DocumentNode, properties: DocumentNode | undefined): Translated {
    const written = node.child("required");
    if (!written) return ANYTHING;
    if (!Array.isArray(written.value) || !written.value.every((name) => typeof name === "string")) {
      this.remarks.error(written, 'must be a list of the names of properties that are required, such as ["name"]');
      return ANYTHING;
    }
    const names = [...new Set<string>(written.value)];
    const sent = names.filter((name) => {
      const property = properties?.child(name)?.followed().value;
      return !(isObject(property) && property.readOnly === true);
    });
    return { schema: sent.length > 0 ? { required: sent } : {}, exact: sent.length === names.length };
  }

  private dependencies(node: DocumentNode): Translated {
    const schemas = (node.child("dependentSchemas")?.children() ?? []).map(
      (each) => [each.name, this.schema(each)] as const,
    );
    const names = (node.child("dependentRequired")?.children() ?? []).filter(
      ({ value }) => Array.isArray(value) && value.length > 0,
    );
    const parts: Translated[] = [];
    if (schemas.length > 0)
      parts.push({
        schema: { dependencies: Object.fromEntries(schemas.map(([name, { schema }]) => [name, schema])) },
        exact: schemas.every(([, each]) => each.exact),
      });
    for (const each of names)
      parts.push(this.checked(node, { dependencies: { [each.name]: [...new Set(each.value as string[])] } }));
    const [only] = parts;
    return parts.length === 0 ? ANYTHING : parts.length === 1 && only ? only : allOf(parts);
  }

  private combinations(node: DocumentNode): Translated {
    const parts: Translated[] = [];
    for (const word of ["allOf", "anyOf", "oneOf"] as const) {
      const written = node.child(word);
      if (!written) continue;
      const list = written.children().map((each) => this.schema(each));
      if (!Array.isArray(written.value) || list.length === 0) {
        this.remarks.error(written, "must be a list of schemas, at least one");
        continue;
      }
      const exact = list.every(isExact);
      const schemas = list.map((each) => each.schema);
      // If one of them takes more than it should, two may fit where one did.
      parts.push({ schema: { [word === "oneOf" && !exact ? "anyOf" : word]: schemas }, exact });
    }
    const not = node.child("not");
    const refused = not && this.schema(not);
    if (refused)
      parts.push(refused.exact ? { schema: { not: refused.schema }, exact: true } : { ...ANYTHING, exact: false });
    const words = parts.flatMap(({ schema }) => Object.keys(schema));
    // A oneOf that became an anyOf may stand beside another.
    if (new Set(words).size < words.length)
      return { schema: { allOf: parts.map(({ schema }) => schema) }, exact: false };
    return { schema: Object.assign({}, ...parts.map(({ schema }) => schema)), exact: parts.every(isExact) };
  }
}

const isExact = ({ exact }: Translated) => exact;

const allOf = (parts: readonly Translated[]): Translated => ({
  schema: { allOf: parts.map(({ schema }) => schema) },
  exact: parts.every(isExact),
});

/** `nullable` is a word of 3.0. */
function nullable(value: Readonly<Record<string, unknown>>, { schema, exact }: Translated): Translated {
  if (value.nullable !== true || Object.keys(schema).length === 0) return { schema, exact };
  const { type } = schema;
  const plain = !["enum", "allOf", "anyOf", "oneOf", "not"].some((word) => word in schema);
  if (plain && typeof type === "string") return { schema: { ...schema, type: [type, "null"] }, exact };
  return { schema: { anyOf: [schema, { type: "null" }] }, exact };
}
