import { isError } from "../text/finding";
import { CatalogError } from "../vocabulary/catalog-error";
import type { ComputedRoutes } from "../vocabulary/route";
import type { OpenApiApi, OpenApiOptions } from "./open-api-options";
import type { ReadDocumentOptions } from "./read-document";

// Loaded with the first document: most catalogs have none.
const reading = () => require("./read-document") as typeof import("./read-document");

/**
 * The routes of an OpenAPI document (2.0, which is Swagger, 3.0 or 3.1, YAML or JSON, in one file or several).
 *
 * - `security` says what each route asks of its callers: a key by the `apiKey` scheme of the header `x-api-key`, an authorizer by
 *   `x-amazon-apigateway-authorizer`. `security: []` opens a route; one of which nothing is said needs a key, as every route does.
 * - Required parameters and schemas of JSON bodies are checked by API Gateway, as far as it can.
 * - Who answers is said by `x-amazon-apigateway-integration`, or by `integrations`.
 *
 * Spread among routes of your own, `{ ...routesFromOpenApi(…), "GET /version": … }`, each of them can be throttled by a tier.
 *
 * What API Gateway cannot express is an error where it would change who may call or who is called, and otherwise a warning
 * among the findings of the catalog; each names file and line.
 *
 * @param path relative to the folder in which the program runs; a document within a file stands after `#`:
 * `template.yaml#/Resources/Api/Properties/DefinitionBody`
 * @throws CatalogError with all errors of the document at once
 */
export function routesFromOpenApi<OperationId extends string = string>(
  path: string,
  options: OpenApiOptions<OperationId> = {},
): ComputedRoutes {
  return read(path, options, { isWhole: false }).routes;
}

/**
 * The routes of an OpenAPI document with all that it says of the API itself: `pets: { stages: { prod: {} },
 * ...apiFromOpenApi("openapi.yaml") }`. Name, authorizers, resource policy, endpoint, gateway responses, media types, CORS.
 *
 * @param path relative to the folder in which the program runs; a document within a file stands after `#`:
 * `template.yaml#/Resources/Api/Properties/DefinitionBody`
 * @throws CatalogError with all errors of the document at once
 */
export function apiFromOpenApi<OperationId extends string = string>(
  path: string,
  options: OpenApiOptions<OperationId> = {},
): OpenApiApi {
  return read(path, options, { isWhole: true });
}

function read(path: string, options: OpenApiOptions, how: ReadDocumentOptions): OpenApiApi {
  const { api, remarks } = reading().readDocument(path, options, how);
  const errors = remarks.findings.filter(isError);
  if (errors.length > 0) throw new CatalogError(errors);
  return api;
}
