import { canonicalJson } from "../text/canonical-json";
import { byName } from "../text/order";
import { type JsonSchema, MODELS, problemsOfJsonSchema } from "../vocabulary/json-schema";
import { ModelGraph, type NamedModel } from "../vocabulary/named-models";
import { isObject } from "../vocabulary/objects";
import { modelsIn, withReferences } from "../vocabulary/schema-references";

/** By it one model refers to another, the only form that AWS takes; it wants the other one to exist. */
export const modelUrl = (restApiId: string, name: string): string =>
  `https://apigateway.amazonaws.com/restapis/${restApiId}/models/${name}`;

const DEFINITIONS = "#/definitions/";

/**
 * Schemas as AWS keeps them, as JSON.
 *
 * A schema refers to other models by their URLs. AWS creates no model that refers to one that does not exist ("Model
 * reference must be in canonical form"), so models of a circle cannot be created one after another. A schema from which a
 * circle is reached therefore holds all that it needs under draft 4's `definitions`, and refers to these.
 */
export class ModelSchemas {
  private readonly graph: ModelGraph;

  /** @param restApiId of their API, or the reference to it */
  constructor(
    readonly models: readonly NamedModel[],
    private readonly restApiId: string,
  ) {
    this.graph = new ModelGraph(models);
  }

  encode(schema: JsonSchema): string {
    if (!this.graph.meetsCircle(schema))
      return canonicalJson(withReferences(schema, (reference) => modelUrl(this.restApiId, nameIn(reference))));
    const asDefinition = (each: JsonSchema) => withReferences(each, (reference) => DEFINITIONS + nameIn(reference));
    const definitions = this.graph.needs(schema).map((name) => {
      const { $schema: _, ...definition } = this.graph.schema(name) ?? {};
      return [name, asDefinition(definition)];
    });
    return canonicalJson({ ...asDefinition(schema), definitions: Object.fromEntries(definitions) });
  }

  /**
   * The schema of JSON that AWS has; `undefined` where the catalog does not take it, or where it refers to something else
   * than these models.
   */
  decode(json: string): JsonSchema | undefined {
    const read = readSchema(json, this.restApiId);
    if (!read) return undefined;
    const { schema, definitions } = read;
    if (modelsIn(schema).some((name) => this.graph.schema(name) === undefined)) return undefined;
    return definitions !== undefined && this.encode(schema) !== canonicalJson(read.written) ? undefined : schema;
  }

  /** The names of the models that must exist for a schema, also by way of others; sorted. */
  referredBy(schema: JsonSchema): readonly string[] {
    return this.graph.meetsCircle(schema) ? [] : this.graph.needs(schema);
  }

  /** Those of them to which it refers itself. */
  directlyReferredBy(schema: JsonSchema): readonly string[] {
    return this.graph.meetsCircle(schema) ? [] : modelsIn(schema).sort(byName);
  }

  /** The names of the models that a schema needs, whether they must exist or it holds them; sorted. */
  neededBy(schema: JsonSchema): readonly string[] {
    return this.graph.needs(schema);
  }

  /** Whether no check of a model would end. */
  neverEnds(name: string): boolean {
    return this.graph.neverEnds(name);
  }
}

/** Those of an API without named models. */
export const NO_MODELS = new ModelSchemas([], "");

const nameIn = (reference: string) => reference.slice(MODELS.length);

interface ReadSchema {
  readonly schema: JsonSchema;
  readonly definitions: unknown;
  /** As it stands in the JSON. */
  readonly written: Readonly<Record<string, unknown>>;
}

/** A schema that refers to models by their names, whether or not these are there; `undefined` where the catalog takes none such. */
export function readSchema(json: string, restApiId: string): ReadSchema | undefined {
  const written = parsed(json);
  if (!isObject(written)) return undefined;
  const { definitions, ...words } = written;
  const schema = withReferences(words, (reference) =>
    reference.startsWith(DEFINITIONS)
      ? MODELS + reference.slice(DEFINITIONS.length)
      : reference.replace(modelUrl(restApiId, ""), MODELS),
  );
  return problemsOfJsonSchema(schema).length === 0 ? { schema, definitions, written } : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
