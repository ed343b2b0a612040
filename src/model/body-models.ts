import { BODY_MODEL } from "../contract/body-model";
import { modelUrl } from "../contract/model-schemas";
import { byName } from "../text/order";
import { DRAFT_4 } from "../vocabulary/json-schema";
import type { ResourceIndex } from "./resource-index";
import { isKnown, type TerraformResource } from "./terraform-resource";

/** By it models refer to others: `https://apigateway.amazonaws.com/restapis/<id>/models/Pet`. */
export const MODELS_URL = modelUrl("this", "");

/** Models that every API has. */
const BUILT_IN: Readonly<Record<string, string>> = {
  Empty: JSON.stringify({ $schema: DRAFT_4, title: "Empty Schema", type: "object" }),
  Error: JSON.stringify({
    $schema: DRAFT_4,
    title: "Error Schema",
    type: "object",
    properties: { message: { type: "string" } },
  }),
};

/**
 * Schemas of an API's models by the models' names, in which `this` stands for the API's id; one that is known only after a
 * deploy is left out.
 */
export function bodyModelsOf(api: TerraformResource, index: ResourceIndex): ReadonlyMap<string, string> {
  const ids = index.attributeTexts(api, "id");
  const models = index.partsOf(BODY_MODEL.type, api).map(({ attributes }) => {
    const { name, schema } = BODY_MODEL.read(attributes);
    const own = ids.reduce((text, id) => text.replaceAll(modelUrl(id, ""), MODELS_URL), schema);
    return [name, own] as const;
  });
  return new Map([...Object.entries(BUILT_IN), ...models.filter(([, schema]) => schema !== "" && isKnown(schema))]);
}

/** Any mention counts: a model too many that is compared does no harm. */
const MENTIONS = new RegExp(`${MODELS_URL.replaceAll(".", "\\.")}([A-Za-z0-9]+)`, "g");

/** The schemas of all models to which schemas refer, also by way of others, by name; `undefined` for one that is not known. */
export function referredModels(
  schemas: readonly string[],
  models: ReadonlyMap<string, string>,
): Record<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  const open = [...schemas];
  for (let schema = open.pop(); schema !== undefined; schema = open.pop())
    for (const [, name = ""] of schema.matchAll(MENTIONS)) {
      if (found.has(name)) continue;
      const referred = models.get(name);
      found.set(name, referred);
      if (referred !== undefined) open.push(referred);
    }
  return Object.fromEntries([...found].sort(([a], [b]) => byName(a, b)));
}
