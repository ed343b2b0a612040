import { canonicalJson } from "../text/canonical-json";
import { byName } from "../text/order";
import { DRAFT_4, type JsonSchema } from "../vocabulary/json-schema";
import { type NamedModel, problemOfModelName } from "../vocabulary/named-models";
import { CHECKED_CONTENT_TYPE } from "../vocabulary/request";
import { type Attributes, stringOf } from "./attributes";
import { fingerprint } from "./fingerprint";
import { ModelSchemas, NO_MODELS, readSchema } from "./model-schemas";
import { type Field, optionalText, ResourceType, text, type Written } from "./resource-type";

/** Texts that say the same JSON are equal, as they are for the provider. */
const json: Field<string> = {
  read: (value) => {
    const written = stringOf(value);
    try {
      return canonicalJson(JSON.parse(written));
    } catch {
      return written;
    }
  },
};

/** What JSON must be: a body, or a part of it. */
export const BODY_MODEL = new ResourceType("aws_api_gateway_model", {
  rest_api_id: optionalText,
  name: text(),
  description: text(),
  content_type: text(),
  schema: json,
});

export function encodeBodyModel(route: string, body: JsonSchema, models: ModelSchemas = NO_MODELS) {
  return {
    name: bodyModelName(route),
    description: `Body of ${route}`,
    content_type: CHECKED_CONTENT_TYPE as string,
    schema: models.encode({ $schema: DRAFT_4, ...body }),
  } satisfies Written<typeof BODY_MODEL.fields>;
}

/** The schema of the model of a route's body; `undefined` where the catalog does not take it. */
export function decodeBodyModel(schema: string, models: ModelSchemas = NO_MODELS): JsonSchema | undefined {
  const decoded = models.decode(schema);
  if (!decoded) return undefined;
  const { $schema: _, ...words } = decoded;
  return words;
}

/** A model that has a name in the catalog. AWS describes models of a document by their schemas, too. */
export function encodeNamedModel({ name, schema }: NamedModel, models: ModelSchemas) {
  return {
    name,
    description: schema.description,
    content_type: CHECKED_CONTENT_TYPE as string,
    schema: models.encode(schema),
  } satisfies Written<typeof BODY_MODEL.fields>;
}

/** AWS takes letters and digits: those of the key, for people, and a hash, for keys that differ in other characters. */
export const bodyModelName = (route: string): string =>
  `${route.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, 100)}${fingerprint(route).slice(0, 8)}`;

/**
 * The models of an API that have names, as far as the catalog takes them.
 *
 * @param models as they are in Terraform or in AWS
 */
export function decodeNamedModels(models: readonly Attributes[], restApiId: string): ModelSchemas {
  // The schema as it is written: people read it in the order in which it is.
  const read = (each: Attributes) => ({ ...BODY_MODEL.read(each), schema: stringOf(each.schema) });
  const written = new Map(models.map(read).map((each) => [each.name, each]));
  let candidates = [...written.values()]
    .flatMap(({ name, content_type, schema }): NamedModel[] => {
      const found = readSchema(schema, restApiId);
      const isTaken = content_type === CHECKED_CONTENT_TYPE && problemOfModelName(name) === undefined;
      return isTaken && found && found.schema.$ref === undefined ? [{ name, schema: found.schema }] : [];
    })
    .sort((a, b) => byName(a.name, b.name));
  for (;;) {
    const known = new ModelSchemas(candidates, restApiId);
    const kept = candidates.filter(
      ({ name }) => known.decode(written.get(name)?.schema ?? "") !== undefined && !known.neverEnds(name),
    );
    if (kept.length === candidates.length) return known;
    candidates = kept;
  }
}
