import { type Attributes, booleanOf, stringOf } from "../../contract/attributes";
import { INTEGRATION } from "../../contract/integration-resource";
import { METHOD } from "../../contract/method";
import { INTEGRATION_RESPONSE, METHOD_RESPONSE } from "../../contract/mock";
import type { ApiDocument } from "../../document/api-document";
import type { DocumentNode } from "../../document/document";
import { EXTENSIONS, integrationAttributes, integrationResponseAttributes } from "../../document/extensions";
import { type DocumentOperation, type DocumentPath, documentPath, pathNodes } from "../../document/path-items";
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

const PLACES: Readonly<Record<string, string>> = { path: "path", query: "querystring", header: "header" };

/**
 * Adds the paths of a document, and the methods on them.
 *
 * @param prefix comes before each path
 */
export function addOperations(
  document: ApiDocument,
  prefix: string,
  parts: PartFactory,
  around: Around,
  problems: Problems,
): void {
  const ids = new Map([["/", parts.rootPath]]);
  for (const node of problems.reading(() => pathNodes(document)) ?? []) {
    const found = problems.reading(() => documentPath(node));
    if (!found) continue;
    const path = `${prefix}${node.name}`;
    const id = pathId(path, ids, parts);
    problems.addWords(found.items, "path");
    for (const each of found.doubled) problems.add({ kind: "extension", place: placeIn(each) });
    for (const operation of found.operations)
      addOperation(document, found, operation, `${operation.method} ${path}`, id, parts, around, problems);
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
  document: ApiDocument,
  { items }: DocumentPath,
  { method, node }: DocumentOperation,
  key: string,
  resource_id: string,
  parts: PartFactory,
  { security, validators, models }: Around,
  problems: Problems,
): void {
  const place = { resource_id, http_method: method };
  const operation = isObject(node.value) ? node.value : {};
  problems.addWords([node], "operation");
  const inItems = [...items].reverse().map((item) => parametersOf(document, item, problems));
  parts.add(METHOD.type, key, {
    ...place,
    ...security.of(node),
    operation_name: stringOf(operation.operationId) || undefined,
    request_parameters: Object.assign({}, ...inItems, parametersOf(document, node, problems)),
    request_models: models.of(node, items, key),
    request_validator_id: validators.of(node),
  });
  for (const { name } of problems.reading(() => node.at("responses"))?.children() ?? [])
    if (/^\d+$/.test(name)) parts.add(METHOD_RESPONSE.type, `${key} response ${name}`, { ...place, status_code: name });
  const integration = problems.reading(() => node.at(EXTENSIONS.integration));
  if (!integration || !isObject(integration.value)) return;
  problems.addWords([integration], "integration");
  parts.add(INTEGRATION.type, `${key} integration`, { ...place, ...integrationAttributes(integration.value) });
  for (const { name, value } of integration.child("responses")?.children() ?? [])
    parts.add(INTEGRATION_RESPONSE.type, `${key} integration response ${name}`, {
      ...place,
      ...integrationResponseAttributes(name, isObject(value) ? value : {}),
    });
}

/** `method.request.querystring.page`, and whether it is required. */
function parametersOf(document: ApiDocument, node: DocumentNode, problems: Problems): Record<string, boolean> {
  const written = problems.reading(() => document.parametersAt(node)) ?? [];
  return Object.fromEntries(
    written.flatMap((each): [string, boolean][] => {
      const parameter: Attributes = isObject(each.value) ? each.value : {};
      const place = PLACES[stringOf(parameter.in)];
      if (place === undefined) return [];
      return [
        [`method.request.${place}.${stringOf(parameter.name)}`, place === "path" || booleanOf(parameter.required)],
      ];
    }),
  );
}
