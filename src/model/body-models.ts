import { BODY_MODEL } from "../contract/body-model";
import { DRAFT_4 } from "../vocabulary/json-schema";
import type { ResourceIndex } from "./resource-index";
import { isKnown, type TerraformResource } from "./terraform-resource";

/** By it models refer to others: `https://apigateway.amazonaws.com/restapis/<id>/models/Pet`. */
export const MODELS_URL = "https://apigateway.amazonaws.com/restapis/this/models/";

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
    const own = ids.reduce((text, id) => text.replaceAll(`/restapis/${id}/models/`, "/restapis/this/models/"), schema);
    return [name, own] as const;
  });
  return new Map([...Object.entries(BUILT_IN), ...models.filter(([, schema]) => schema !== "" && isKnown(schema))]);
}
