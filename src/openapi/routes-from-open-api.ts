import { DocumentFiles, type DocumentNode } from "../document/document";
import { EXTENSIONS } from "../document/extensions";
import { UnreadableFile } from "../document/source-file";
import { error, isError } from "../text/finding";
import { show } from "../text/show";
import { CatalogError } from "../vocabulary/catalog-error";
import { isObject } from "../vocabulary/objects";
import type { ComputedRoutes, RouteInput, RouteKey } from "../vocabulary/route";
import { routesFrom } from "../vocabulary/route-source";
import { siblingParameters } from "../vocabulary/sibling-parameters";
import { BodySchemas } from "./body-schema";
import { type OperationIntegration, OperationIntegrations } from "./operation-integrations";
import { type OpenApiOperation, operationsOf, type WrittenOperation } from "./operations";
import { Remarks } from "./remarks";
import { RequestReader } from "./request-rules";
import { type SchemeUse, Security } from "./security";
import { TIERS_HEADING } from "./tier-description";

/**
 * How the operations of a document become routes.
 *
 * @typeParam OperationId the document's operation ids, for completion and checks in the editor: `keyof operations` of what
 * openapi-typescript generates from it, for one
 */
export interface OpenApiOptions<OperationId extends string = string> {
  /**
   * Who answers, by operationId (or by `"GET /pets"`), or a function that says it for each operation; a text is the name of
   * a handler. It goes before `x-amazon-apigateway-integration`.
   *
   * @default - what `x-amazon-apigateway-integration` says; an operation without one is an error
   */
  readonly integrations?:
    | { readonly [Id in OperationId | RouteKey]?: OperationIntegration }
    | ((operation: OpenApiOperation) => OperationIntegration | undefined);
  /**
   * What becomes of security schemes that are not the header `x-api-key`, by name.
   *
   * @default - none; a scheme that API Gateway cannot ask for is an error
   */
  readonly securitySchemes?: Readonly<Record<string, SchemeUse>>;
  /**
   * Operations that do not become routes, by operationId or by `"GET /pets"`.
   * @default - none
   */
  readonly leaveOut?: readonly (OperationId | RouteKey)[];
  /**
   * Whether API Gateway answers 400 where a required parameter is missing, or where a JSON body does not fit its schema.
   * @default true
   */
  readonly validate?: boolean;
}

/** What an OpenAPI document says of an API; spread it into the API's entry. */
export interface OpenApiApi {
  /** The document's title. */
  readonly name: string;
  readonly description?: string;
  /** Only where the document says it, by `x-amazon-apigateway-api-key-source`. */
  readonly keySource?: "HEADER" | "AUTHORIZER";
  readonly routes: ComputedRoutes;
}

/**
 * The routes of an OpenAPI document (3.0 or 3.1, YAML or JSON, in one file or several).
 *
 * - `security` says which routes need a key: those that ask for the `apiKey` scheme of the header `x-api-key`. `security: []`
 *   opens a route; one of which nothing is said needs a key, as every route does.
 * - Required parameters and schemas of JSON bodies are checked by API Gateway, as far as it can.
 * - Who answers is said by `x-amazon-apigateway-integration`, or by `integrations`.
 *
 * Answers (`responses`) are not read: who answers decides on them.
 *
 * Spread among routes of your own, `{ ...routesFromOpenApi(…), "GET /version": … }`, each of them can be throttled by a tier.
 *
 * What API Gateway cannot express is an error where it would change who may call or who is called, and otherwise a warning
 * among the findings of the catalog; each names file and line.
 *
 * @param path relative to the folder in which the program runs
 * @throws CatalogError with all errors of the document at once
 */
export function routesFromOpenApi<OperationId extends string = string>(
  path: string,
  options: OpenApiOptions<OperationId> = {},
): ComputedRoutes {
  return apiFromOpenApi(path, options).routes;
}

/**
 * The routes of an OpenAPI document with the name, the description and the key source that it gives the API:
 * `pets: { stages: { prod: {} }, ...apiFromOpenApi("openapi.yaml") }`.
 *
 * @param path relative to the folder in which the program runs
 * @throws CatalogError with all errors of the document at once
 */
export function apiFromOpenApi<OperationId extends string = string>(
  path: string,
  options: OpenApiOptions<OperationId> = {},
): OpenApiApi {
  const root = rootOf(path);
  const remarks = new Remarks();
  const security = new Security(root, options.securitySchemes ?? {}, remarks);
  const integrations = new OperationIntegrations(root, options.integrations ?? {}, remarks);
  const requests = new RequestReader(remarks, new BodySchemas(remarks, isVersion31(root)), options.validate ?? true);
  const operations = operationsOf(root, options.leaveOut ?? [], remarks);
  const entries = operations.map((operation): [RouteKey, RouteInput | undefined] => {
    const integration = integrations.of(operation);
    const apiKeyRequired = keyRequirement(operation, security, remarks);
    const request = remarks.reading(() => requests.read(operation));
    const rest = { ...(apiKeyRequired === undefined ? {} : { apiKeyRequired }), ...(request ? { request } : {}) };
    return [operation.key, integration && { ...integration, ...rest }];
  });
  integrations.refuseUnused(operations);
  for (const { key, problem } of siblingParameters(operations)) {
    const operation = operations.find((each) => each.key === key);
    if (operation) remarks.error(operation.node, `"${key}" ${problem}`);
  }
  remarkOnTheRest(root, remarks);
  const { findings } = remarks;
  const errors = findings.filter(isError);
  if (errors.length > 0) throw new CatalogError(errors);
  const { keySource, asksAuthorizer } = security;
  const needs = { keySource, authorizer: asksAuthorizer !== undefined };
  const written = Object.fromEntries(entries.flatMap(([key, route]) => (route ? [[key, route]] : [])));
  const routes = routesFrom({ place: root.place, findings, needs }, written);
  return { ...infoOf(root), ...(keySource ? { keySource } : {}), routes };
}

/** What the document calls the API. */
function infoOf(root: DocumentNode): Pick<OpenApiApi, "name" | "description"> {
  const [title, about] = ["title", "description"].map((word) => root.child("info")?.child(word)?.value);
  const name = typeof title === "string" && title !== "" ? title : "api";
  // A document of our own says there what its tiers are.
  const [own = ""] = typeof about === "string" ? about.split(TIERS_HEADING) : [];
  return { name, ...(own.trim() === "" ? {} : { description: own.trim() }) };
}

/** The document, or why it is none. */
function rootOf(path: string): DocumentNode {
  try {
    const root = new DocumentFiles().root(path);
    const problem = problemOfDocument(root.value);
    if (problem !== undefined) throw new CatalogError([error(root.place, problem)]);
    return root;
  } catch (cause) {
    if (!(cause instanceof UnreadableFile)) throw cause;
    throw new CatalogError([error(path, `${cause.message}; paths are relative to the project's folder`)]);
  }
}

const isVersion31 = ({ value }: DocumentNode) => isObject(value) && /^3\.1/.test(String(value.openapi));

function problemOfDocument(value: unknown): string | undefined {
  const { openapi, swagger, paths } = isObject(value) ? value : {};
  if (swagger !== undefined)
    return `is Swagger ${String(swagger)}, and OpenAPI 3.0 and 3.1 are read; convert it with "npx swagger2openapi"`;
  if (openapi === undefined)
    return 'is not an OpenAPI document: it has no "openapi" field; it begins with "openapi: 3.1.0"';
  if (!/^3\.[01](\.|$)/.test(String(openapi)))
    return `is of OpenAPI ${show(openapi)}, and 3.0 and 3.1 are read; write it in one of them, in quotes`;
  if (!isObject(paths) || Object.keys(paths).length === 0) return "has no paths, so there are no routes in it; add one";
  return undefined;
}

function keyRequirement({ method, node }: WrittenOperation, security: Security, remarks: Remarks): boolean | undefined {
  // What is said of all operations is not meant for a preflight, with which a browser sends no key.
  if (method === "OPTIONS" && !node.child("security")) return undefined;
  const required = security.apiKeyRequired(node);
  if (method !== "OPTIONS" || !required) return required;
  remarks.error(node, 'asks for a key, and a browser sends none with a CORS preflight; write "security: []"');
  return undefined;
}

/** Things of a document that are not read at all. */
function remarkOnTheRest(root: DocumentNode, remarks: Remarks): void {
  const webhooks = root.child("webhooks");
  if (webhooks)
    remarks.warning(
      webhooks,
      "describe requests that the provider sends, and API Gateway sends none; they are left out",
    );
  for (const server of root.child("servers")?.children() ?? []) {
    const [, path] = /^(?:https?:\/\/[^/]*)?(\/.*?)\/?$/.exec(String(server.child("url")?.value)) ?? [];
    if (path !== undefined && path !== "/")
      remarks.notice(
        server,
        `has the path ${path}, which is not part of the routes; give a stage domains with basePath: "${path.slice(1)}" for it`,
      );
  }
  for (const node of root.children())
    if (node.name.startsWith("x-amazon-apigateway-") && node.name !== EXTENSIONS.keySource)
      remarks.warning(
        node,
        `${node.name} is not read; ${IN_THE_CATALOG[node.name] ?? "the catalog does not support it"}`,
      );
}

const IN_THE_CATALOG: Readonly<Record<string, string>> = {
  "x-amazon-apigateway-cors": "say it in the catalog, as the API's cors",
  "x-amazon-apigateway-endpoint-configuration": "say it in the catalog, as the API's endpointType",
  "x-amazon-apigateway-gateway-responses": "say it in the catalog, as the API's gatewayResponses",
  "x-amazon-apigateway-policy": "say it in the catalog, as the API's policy",
  "x-amazon-apigateway-request-validator": "what the document requires is checked; validate: false checks nothing",
  "x-amazon-apigateway-request-validators": "what the document requires is checked; validate: false checks nothing",
};
