import { type Attributes, booleanOf, stringOf } from "../../contract/attributes";
import { INTEGRATION } from "../../contract/integration-resource";
import { METHOD } from "../../contract/method";
import { INTEGRATION_RESPONSE, METHOD_RESPONSE } from "../../contract/mock";
import type { DocumentNode } from "../../document/document";
import { EXTENSIONS, integrationAttributes, integrationResponseAttributes } from "../../document/extensions";
import { HTTP_METHODS } from "../../vocabulary/http-method";
import { isObject } from "../../vocabulary/objects";
import type { BodyModels } from "./models";
import type { PartFactory } from "./part-factory";
import { type Problems, placeIn } from "./problems";
import type { BodySecurity } from "./security";
import type { BodyValidators } from "./validators";

/** What the operations of a document have in common. */
export interface Around {
  readonly security: BodySecurity;
  readonly validators: BodyValidators;
  readonly models: BodyModels;
}

/** Methods of OpenAPI's that API Gateway has none for. */
const UNKNOWN_METHODS = ["trace", "query"];
const PLACES: Readonly<Record<string, string>> = { path: "path", query: "querystring", header: "header" };

/** Adds the paths of a document, and the methods on them. */
export function addOperations(root: DocumentNode, parts: PartFactory, around: Around, problems: Problems): void {
  const ids = new Map([["/", parts.rootPath]]);
  for (const path of problems.reading(() => root.at("paths"))?.children() ?? []) {
    if (path.name.startsWith("x-")) continue;
    const item = problems.reading(() => path.followed());
    if (!item) continue;
    const id = pathId(path.name, ids, parts);
    for (const operation of item.children()) {
      const method = HTTP_METHODS.find(
        (known) => (known === "ANY" ? EXTENSIONS.anyMethod : known.toLowerCase()) === operation.name,
      );
      if (method) addOperation(`${method} ${path.name}`, method, id, item, operation, parts, around, problems);
      else if (UNKNOWN_METHODS.includes(operation.name)) problems.add({ kind: "method", place: placeIn(operation) });
    }
  }
}

/** The resource of a path, which is added with those above it. */
function pathId(path: string, ids: Map<string, string>, parts: PartFactory): string {
  let above = "";
  let id = parts.rootPath;
  for (const part of path.split("/").filter((each) => each !== "")) {
    const own = `${above}/${part}`;
    id = ids.get(own) ?? parts.add("aws_api_gateway_resource", own, { parent_id: id, path_part: part, path: own });
    ids.set(own, id);
    above = own;
  }
  return id;
}

function addOperation(
  key: string,
  method: string,
  resource_id: string,
  item: DocumentNode,
  node: DocumentNode,
  parts: PartFactory,
  { security, validators, models }: Around,
  problems: Problems,
): void {
  const place = { resource_id, http_method: method };
  const operation = isObject(node.value) ? node.value : {};
  for (const each of node.children())
    if (each.name.startsWith("x-amazon-apigateway-") && !READ.includes(each.name))
      problems.add({ kind: "extension", place: placeIn(each) });
  parts.add(METHOD.type, key, {
    ...place,
    ...security.of(node),
    operation_name: stringOf(operation.operationId) || undefined,
    request_parameters: { ...parametersOf(item, problems), ...parametersOf(node, problems) },
    request_models: models.of(node, key),
    request_validator_id: validators.of(node),
  });
  for (const { name } of problems.reading(() => node.at("responses"))?.children() ?? [])
    if (/^\d+$/.test(name)) parts.add(METHOD_RESPONSE.type, `${key} response ${name}`, { ...place, status_code: name });
  const integration = problems.reading(() => node.at(EXTENSIONS.integration));
  if (!integration || !isObject(integration.value)) return;
  parts.add(INTEGRATION.type, `${key} integration`, { ...place, ...integrationAttributes(integration.value) });
  for (const { name, value } of integration.child("responses")?.children() ?? [])
    parts.add(INTEGRATION_RESPONSE.type, `${key} integration response ${name}`, {
      ...place,
      ...integrationResponseAttributes(name, isObject(value) ? value : {}),
    });
}

const READ: readonly string[] = [EXTENSIONS.auth, EXTENSIONS.integration, EXTENSIONS.requestValidator];

/** `method.request.querystring.page`, and whether it is required. */
function parametersOf(node: DocumentNode, problems: Problems): Record<string, boolean> {
  const written = node.child("parameters")?.children() ?? [];
  return Object.fromEntries(
    written.flatMap((each): [string, boolean][] => {
      const parameter: Attributes = attributesOf(problems.reading(() => each.followed()));
      const place = PLACES[stringOf(parameter.in)];
      if (place === undefined) return [];
      return [
        [`method.request.${place}.${stringOf(parameter.name)}`, place === "path" || booleanOf(parameter.required)],
      ];
    }),
  );
}

const attributesOf = (node: DocumentNode | undefined): Attributes => (isObject(node?.value) ? node.value : {});
