import { canonicalJson } from "../text/canonical-json";
import { DRAFT_4, type JsonSchema, problemsOfJsonSchema } from "../vocabulary/json-schema";
import { isObject } from "../vocabulary/objects";
import { CHECKED_CONTENT_TYPE } from "../vocabulary/request";
import { fingerprint } from "./fingerprint";
import { optionalText, ResourceType, text, type Written } from "./resource-type";

/** What a JSON body must be. */
export const BODY_MODEL = new ResourceType("aws_api_gateway_model", {
  rest_api_id: optionalText,
  name: text(),
  description: text(),
  content_type: text(),
  schema: text(),
});

export function encodeBodyModel(route: string, body: JsonSchema) {
  return {
    name: modelName(route),
    description: `Body of ${route}`,
    content_type: CHECKED_CONTENT_TYPE as string,
    schema: canonicalJson({ $schema: DRAFT_4, ...body }),
  } satisfies Written<typeof BODY_MODEL.fields>;
}

/** AWS takes letters and digits: those of the key, for people, and a hash, for keys that differ in other characters. */
const modelName = (route: string): string =>
  `${route.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, 100)}${fingerprint(route).slice(0, 8)}`;

/** The schema of a model; `undefined` where it is none that the catalog takes. */
export function decodeBodySchema(schema: string): JsonSchema | undefined {
  let written: unknown;
  try {
    written = JSON.parse(schema);
  } catch {
    return undefined;
  }
  if (!isObject(written) || problemsOfJsonSchema(written).length > 0) return undefined;
  const { $schema, ...words } = written;
  return $schema === undefined || $schema === DRAFT_4 ? words : undefined;
}
