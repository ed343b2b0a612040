import { ApiDocument } from "../document/api-document";
import { DocumentFiles, type DocumentNode } from "../document/document";
import { EXTENSIONS } from "../document/extensions";
import { basePathOf, pathPrefix, serversOf } from "../document/servers";
import { UnreadableFile } from "../document/source-file";
import { error, isError } from "../text/finding";
import { CatalogError } from "../vocabulary/catalog-error";
import { isObject } from "../vocabulary/objects";
import { routesFrom } from "../vocabulary/route-source";
import { gatewayResponsesOf, settingsOf } from "./api-settings";
import { BodySchemas } from "./body-schema";
import { DocumentAuthorizers } from "./document-authorizers";
import { DocumentModels } from "./document-models";
import { LeftOpen, refuseOpenValues } from "./left-open";
import { refuseMisplaced } from "./misplaced-words";
import type { OpenApiApi, OpenApiOptions } from "./open-api-options";
import { OperationIntegrations } from "./operation-integrations";
import { operationsOf, type WrittenOperation } from "./operations";
import { readRoutes } from "./read-routes";
import { Remarks } from "./remarks";
import { RequestReader } from "./request-rules";
import { EVERYTHING, NOTHING, RequestValidators } from "./request-validators";
import { Security } from "./security";
import { WordReader } from "./word-reader";

/** What was read of a document, with all that there is to say of it. */
export interface ReadDocument {
  readonly document: ApiDocument;
  readonly operations: readonly WrittenOperation[];
  readonly remarks: Remarks;
  /** With what could be read, where there are errors. */
  readonly api: OpenApiApi;
}

export interface ReadDocumentOptions {
  /** Whether the API is taken with its routes: then named schemas become its models, and preflight routes its `cors`. */
  readonly isWhole: boolean;
}

/**
 * Reads a document with whatever is wrong with it.
 *
 * @throws CatalogError where there is no document
 */
export function readDocument(path: string, options: OpenApiOptions, { isWhole }: ReadDocumentOptions): ReadDocument {
  const files = new DocumentFiles(options.variables);
  const document = documentAt(path, files);
  const { root } = document;
  const remarks = new Remarks();
  const words = new WordReader(document.version, remarks);
  const leftOpen = new LeftOpen(files, remarks);
  const readers = { words, leftOpen };
  words.read(root, "root");
  words.read(root.child("components"), "components");
  for (const tag of root.child("tags")?.children() ?? []) words.read(tag, "tag");
  const authorizers = new DocumentAuthorizers(words, leftOpen, remarks);
  const security = new Security(document, options, { authorizers, words }, remarks);
  const integrations = new OperationIntegrations(root, options.integrations ?? {}, readers, remarks);
  const prefix = pathPrefix(options.basePath ?? "ignore", basePathOf(document));
  const operations = operationsOf(document, { prefix, leaveOut: options.leaveOut ?? [] }, words, remarks);
  const isForAws = isWrittenForAws(document, operations);
  const validators = new RequestValidators(document, words, remarks);
  const checks = operations.map(({ node }) =>
    options.validate === undefined
      ? isForAws
        ? validators.of(node)
        : EVERYTHING
      : options.validate
        ? EVERYTHING
        : NOTHING,
  );
  const readRequests = (models: DocumentModels | undefined) => {
    const schemas = new BodySchemas(remarks, { besideReferences: document.version === "3.1", models });
    const requests = new RequestReader(remarks, schemas, document, isForAws);
    return operations.map((each, index) => remarks.reading(() => requests.read(each, checks[index] ?? NOTHING)));
  };
  const models = isWhole ? new DocumentModels() : undefined;
  const named = models && readRequests(models);
  const requests = named && models?.isTaken ? named : readRequests(undefined);
  const read = operations.map((operation, index) => ({
    operation,
    security: security.of(operation.node, { isPreflight: operation.method === "OPTIONS", key: operation.key }),
    request: requests[index],
  }));
  const settings = settingsOf(document, readers, remarks);
  const responses = gatewayResponsesOf(document, readers, remarks);
  integrations.refuseUnused(operations);
  const { routes, cors, vpcLinks, gatewayResponses } = readRoutes(read, integrations, responses, isWhole, remarks);
  tellServers(document, words, options, remarks);
  refuseMisplaced(root, words, remarks);
  refuseOpenValues(files, root, options.variables ?? {}, remarks);
  const { keySource, asksApiAuthorizer, authorizers: asked } = security;
  const needs = {
    keySource,
    authorizer: asksApiAuthorizer,
    ...(settings.policy ? { policy: true } : {}),
    ...(settings.endpointType === "PRIVATE" ? { endpointType: settings.endpointType } : {}),
  };
  const findings = remarks.findings.filter((finding) => !isError(finding));
  const api: OpenApiApi = {
    ...settings,
    ...(keySource ? { keySource } : {}),
    ...(asked.size > 0 ? { authorizers: Object.fromEntries(asked) } : {}),
    ...(Object.keys(vpcLinks).length > 0 ? { vpcLinks } : {}),
    ...(cors ? { cors } : {}),
    ...(requests === named && Object.keys(models?.models ?? {}).length > 0 ? { models: models?.models } : {}),
    ...(Object.keys(gatewayResponses).length > 0 ? { gatewayResponses } : {}),
    routes: routesFrom({ place: root.place, findings, needs }, routes),
  };
  return { document, operations, remarks, api };
}

/** The document at a path, or why there is none. */
function documentAt(path: string, files: DocumentFiles): ApiDocument {
  let root: DocumentNode;
  try {
    root = files.root(path);
  } catch (cause) {
    if (!(cause instanceof UnreadableFile)) throw cause;
    throw new CatalogError([error(path, `${cause.message}; paths are relative to the project's folder`)]);
  }
  const document = ApiDocument.of(root);
  if ("problem" in document) throw new CatalogError([error(root.place, document.problem)]);
  const paths = root.child("paths")?.value;
  if (!isObject(paths) || Object.keys(paths).length === 0)
    throw new CatalogError([error(root.place, "has no paths, so there are no routes in it; add one")]);
  return document;
}

/** Whether it says by AWS's words who answers or what is checked, so that what it leaves out means what AWS takes it for. */
function isWrittenForAws(document: ApiDocument, operations: readonly WrittenOperation[]): boolean {
  const says = (node: DocumentNode, ...words: readonly string[]) =>
    words.some((word) => node.child(word) !== undefined);
  return (
    says(document.root, EXTENSIONS.requestValidator, EXTENSIONS.requestValidators) ||
    operations.some(({ node }) => says(node, EXTENSIONS.integration, EXTENSIONS.requestValidator))
  );
}

/** Paths of servers are not part of the routes, unless the options say so. */
function tellServers(document: ApiDocument, words: WordReader, { basePath }: OpenApiOptions, remarks: Remarks): void {
  const servers = document.root.child("servers");
  if (servers && !Array.isArray(servers.value)) remarks.warning(servers, "must be a list of servers; it is not read");
  for (const { node, path } of serversOf(document)) {
    if (document.version !== "2.0") words.read(node, "server");
    const written = path.join("/");
    if (written === "" || basePath !== undefined) continue;
    remarks.notice(
      node,
      `has the path /${written}, which is not part of the routes; give a stage domains with basePath: "${written}" for it, or say ` +
        'basePath: "prepend" beside the document',
    );
  }
}
