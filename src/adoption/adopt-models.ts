import type { AccountDefinition } from "../aws/definition";
import { modelAttributes } from "../aws/terraform-attributes";
import { BODY_MODEL, encodeNamedModel } from "../contract/body-model";
import type { ModelSchemas } from "../contract/model-schemas";
import { type Finding, notice } from "../text/finding";
import type { ImportedApi } from "../vocabulary/imports";
import type { JsonSchema } from "../vocabulary/json-schema";
import type { Route } from "../vocabulary/route";

export interface AdoptedModels {
  /** Those that bodies of routes need, by name. */
  readonly models: Readonly<Record<string, JsonSchema>>;
  readonly imported: NonNullable<ImportedApi["models"]>;
  readonly findings: readonly Finding[];
}

/**
 * The models to which bodies of routes refer, also by way of others. Others stay with their owner: AWS would refuse to delete
 * one that an answer names.
 *
 * @param schemas those of the API that the catalog takes
 */
export function adoptModels(
  place: string,
  schemas: ModelSchemas,
  routes: readonly Route[],
  definition: Pick<AccountDefinition, "models">,
): AdoptedModels {
  const needed = new Set(routes.flatMap(({ request }) => (request?.body ? schemas.neededBy(request.body) : [])));
  const there = new Map(definition.models.map((model) => [model.name, modelAttributes(model)]));
  const adopted = schemas.models
    .filter(({ name }) => needed.has(name))
    .map((model) => {
      const keep = BODY_MODEL.differing(encodeNamedModel(model, schemas), there.get(model.name) ?? {});
      return { ...model, keep };
    });
  return {
    models: Object.fromEntries(adopted.map(({ name, schema }) => [name, schema])),
    imported: Object.fromEntries(adopted.map(({ name, keep }) => [name, keep.length > 0 ? { keep } : {}])),
    findings: adopted.flatMap(({ name, keep }) =>
      keep.length > 0 ? [notice(`${place}: model ${name}`, `keeps ${keep.join(", ")} as in AWS`)] : [],
    ),
  };
}
