import type { DocumentNode } from "../document/document";
import { FIXED_LIMITS } from "../vocabulary/aws-limits";
import type { JsonSchema } from "../vocabulary/json-schema";
import { isObject } from "../vocabulary/objects";
import { combinationsOf } from "./body-schema/combinations";
import { dependenciesOf } from "./body-schema/dependencies";
import { itemsOf } from "./body-schema/items";
import { propertiesOf } from "./body-schema/properties";
import { ANYTHING, allOf, nullable, type Schema, type Translated, type Translation } from "./body-schema/translated";
import { checked, limitsOf, typeOf, valuesOf } from "./body-schema/values";
import type { DocumentModels } from "./document-models";
import type { Remarks } from "./remarks";

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

export interface BodySchemaOptions {
  /** Whether words beside a reference hold too, as in 3.1; in 3.0 they mean nothing. */
  readonly besideReferences: boolean;
  /** Models that references become; without them, references are written out, and circles are cut. */
  readonly models: DocumentModels | undefined;
}

/**
 * Translates the schemas of a document (of OpenAPI 3.0, or JSON Schema 2020-12 in 3.1) into draft 4: a model of API Gateway knows
 * neither the words nor the rest of the document.
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
    private readonly options: BodySchemaOptions,
  ) {}

  /** `undefined` where nothing is left to check. */
  translate(node: DocumentNode): JsonSchema | undefined {
    const isAlone = !this.options.besideReferences || (isObject(node.value) && Object.keys(node.value).length === 1);
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
    if (!this.options.besideReferences) return referred;
    const beside = this.words(node);
    return Object.keys(beside.schema).length === 0 ? referred : allOf([referred, beside]);
  }

  /** Only by a reference can a schema come to itself. */
  private referred(target: DocumentNode): Translated {
    const { models } = this.options;
    if (models) return models.refer(target, () => this.words(target));
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
    const { remarks } = this;
    const translation: Translation = { remarks, translate: (part) => this.schema(part) };
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
    for (const word of SAME) if (word in value) take(checked(remarks, node, { [word]: value[word] }));
    take(typeOf(remarks, node, value));
    take(valuesOf(remarks, node, value));
    take(limitsOf(remarks, node, value));
    take(itemsOf(translation, node));
    take(propertiesOf(translation, node));
    take(dependenciesOf(translation, node));
    take(combinationsOf(translation, node));
    return nullable(value, { schema: beside.length > 0 ? { allOf: [schema, ...beside] } : schema, exact });
  }

  private lose(node: DocumentNode, lost: () => void): void {
    for (const word of LOST) {
      const written = node.child(word);
      if (!written) continue;
      lost();
      this.remarks.warning(written, "has no word in JSON Schema draft 4; a body is not checked for it");
    }
  }
}
