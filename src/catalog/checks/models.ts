import { bodyModelName } from "../../contract/body-model";
import { ModelSchemas } from "../../contract/model-schemas";
import { error, type Finding } from "../../text/finding";
import type { OwnApi } from "../../vocabulary/api";
import { FIXED_LIMITS } from "../../vocabulary/aws-limits";
import type { JsonSchema } from "../../vocabulary/json-schema";
import { ModelGraph, type NamedModel } from "../../vocabulary/named-models";
import { modelsIn, referredModel } from "../../vocabulary/schema-references";
import { type Catalog, isOwnApi } from "../catalog";

/** Schemas that refer to models by name. */
export function checkModels(catalog: Catalog): Finding[] {
  return catalog.apis.filter(isOwnApi).flatMap((api) => {
    const schemas = schemasOf(api);
    const known = new Set(api.models.map(({ name }) => name));
    // What a model that could not be read would hold, nobody can say.
    const areKnown = schemas.every(({ schema }) => modelsIn(schema).every((name) => known.has(name)));
    return [...wrongReferences(api), ...(areKnown ? tooLarge(schemas, api) : []), ...sharedNames(api)];
  });
}

interface PlacedSchema {
  readonly place: string;
  readonly schema: JsonSchema;
}

const placeOfModel = (api: OwnApi, { name }: NamedModel) => `api "${api.id}": model "${name}"`;

function schemasOf(api: OwnApi): PlacedSchema[] {
  return [
    ...api.models.map((model) => ({ place: placeOfModel(api, model), schema: model.schema })),
    ...api.routes.flatMap(({ key, request }) =>
      request?.body === undefined
        ? []
        : [{ place: `api "${api.id}": route "${key}": request.body`, schema: request.body }],
    ),
  ];
}

function wrongReferences(api: OwnApi): Finding[] {
  const graph = new ModelGraph(api.models);
  return api.models.flatMap((model) => {
    const place = placeOfModel(api, model);
    const other = referredModel(model.schema);
    if (other !== undefined)
      return [error(place, `is nothing but a reference to "${other}"; refer to "${other}" itself, and drop this one`)];
    if (!graph.neverEnds(model.name)) return [];
    return [
      error(
        place,
        "refers to itself for one and the same value, by allOf, anyOf, oneOf, not or dependencies alone, so no check of it ends; " +
          "refer to it from properties or items, or write out what is meant",
      ),
    ];
  });
}

/** As long as the ids of REST APIs are. */
const AN_ID = "a1b2c3d4e5";

function tooLarge(schemas: readonly PlacedSchema[], { models }: OwnApi): Finding[] {
  const encoded = new ModelSchemas(models, AN_ID);
  return schemas.flatMap(({ place, schema }) => {
    const bytes = Buffer.byteLength(encoded.encode(schema));
    if (bytes <= FIXED_LIMITS.modelBytes) return [];
    return [
      error(
        place,
        `has ${bytes} bytes with its references as AWS takes them, but AWS takes at most ${FIXED_LIMITS.modelBytes}; a schema from which ` +
          "a circle of models is reached holds all that it refers to: refer to less",
      ),
    ];
  });
}

/** Models of bodies without a name are called after their routes. */
function sharedNames(api: OwnApi): Finding[] {
  const own = api.routes.filter(({ request }) => request?.body && referredModel(request.body) === undefined);
  const routes = new Map(own.map(({ key }) => [bodyModelName(key), key]));
  return api.models.flatMap((model) => {
    const route = routes.get(model.name);
    if (route === undefined) return [];
    return [error(placeOfModel(api, model), `has the name of the model of the body of ${route} in AWS; rename it`)];
  });
}
