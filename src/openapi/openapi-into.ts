import { isDeepStrictEqual } from "node:util";
import type { DocumentNode } from "../document/document";
import { EXTENSIONS } from "../document/extensions";
import type { ApiModel, GatewayModel } from "../model/model";
import { show } from "../text/show";
import { isObject } from "../vocabulary/objects";
import { ChangedFiles } from "./into/changed-files";
import { type MatchedOperation, matched, operationsOf } from "./into/document-operations";
import { listed } from "./into/listed";
import { PlannedChanges } from "./into/planned-changes";
import { readRoot } from "./into/read-root";
import { referredFiles } from "./into/referred-files";
import { planSecurity } from "./into/security-changes";
import { basePathOf, planServers } from "./into/server-changes";
import { TIERS } from "./openapi-document";
import { apiOfName, type OpenApiOfOptions } from "./openapi-of";
import { describeTiers, tiersOf, withTiers } from "./tier-description";

export interface OpenApiIntoOptions extends OpenApiOfOptions {
  /**
   * Whether customers read it: what is behind the API, operations that it does not serve and servers that are none of its
   * stages are left out. Otherwise nothing of the document is taken away.
   *
   * @default false
   */
  readonly forCustomers?: boolean;
}

/** A document with an API written into it. */
export interface OpenApiInto {
  /** The texts of the root and of the files that it refers to, by absolute path; those that did not change are there too. */
  readonly files: ReadonlyMap<string, string>;
  /** Absolute paths of those of which the text changed. */
  readonly changed: readonly string[];
  /** What a person should know of it, one sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Writes what is known of a synthesized API into the document that it came from, OpenAPI 3.0 and 3.1 or Swagger 2.0: servers,
 * security, key source and tiers. All else keeps its bytes. Nothing is written on disk.
 *
 * @param name of the API: its id in the catalog; of one that this project did not create, its name or address
 * @param path of the document's root file
 * @throws Error for an API or a document that is not there, a document of another API, or one that cannot be changed
 */
export function openApiInto(
  model: GatewayModel,
  name: string,
  path: string,
  { servers = {}, forCustomers = false }: OpenApiIntoOptions = {},
): OpenApiInto {
  const api = apiOfName(model.apis, name, servers);
  const root = readRoot(path);
  const { operations, prefix } = operationsFor(root, api);
  const changes = new PlannedChanges();
  const kept = forCustomers ? operations.filter(({ route }) => route !== undefined) : operations;
  const remarks = [
    ...planServers(root, api, { servers, prefix, isForCustomers: forCustomers }, changes),
    ...planSecurity(root, kept, api, changes),
    ...remarksOnRoutes(operations, api, forCustomers),
  ];
  planTiers(root, api, model, changes);
  if (forCustomers) planRemovals(operations, changes);
  const rootFile = root.location.file;
  const texts = new ChangedFiles(changes, forCustomers);
  const all = [rootFile, ...referredFiles(rootFile, (file) => texts.of(file).value)];
  return {
    files: new Map(all.map((file) => [file, texts.of(file).text])),
    changed: all.filter((file) => texts.of(file).isChanged),
    remarks: [...remarks, ...texts.remarks(all)].map((each) => `${root.place} ${each}`),
  };
}

/** The API's operations as the document has them; the paths of its servers may be in the routes. */
function operationsFor(root: DocumentNode, api: ApiModel): { operations: MatchedOperation[]; prefix: string } {
  const written = operationsOf(root);
  for (const prefix of new Set(["", basePathOf(root)])) {
    const operations = matched(written, api.routes, prefix);
    if (operations.some(({ route }) => route)) return { operations, prefix };
  }
  throw new Error(
    `${root.place}: none of its operations (${listed(written.map(({ key }) => key))}) is a route of API ${show(api.id)}, which has ` +
      `${listed(api.routes.map(({ key }) => key))}; give the document that this API was made of`,
  );
}

function remarksOnRoutes(operations: readonly MatchedOperation[], api: ApiModel, forCustomers: boolean): string[] {
  const unserved = operations.filter(({ route }) => route === undefined).map(({ key }) => key);
  const served = new Set(operations.map(({ route }) => route));
  // A preflight is the browser's business.
  const missing = api.routes.filter((route) => route.method !== "OPTIONS" && !served.has(route)).map(({ key }) => key);
  const what = `operations that API ${show(api.id)} does not serve: ${listed(unserved)}`;
  return [
    ...(unserved.length === 0
      ? []
      : [forCustomers ? `is written without ${what}` : `keeps ${what}; --for customers leaves them out`]),
    ...(missing.length === 0
      ? []
      : [
          `lacks routes of API ${show(api.id)}: ${listed(missing)}; write them into the document, if customers may know of them`,
        ]),
  ];
}

function planTiers(root: DocumentNode, api: ApiModel, { plans }: GatewayModel, changes: PlannedChanges): void {
  const tiers = tiersOf(api, plans);
  const written = root.child(TIERS);
  const plain = JSON.parse(JSON.stringify(tiers));
  if (written && tiers.length === 0) changes.remove(written);
  else if (tiers.length > 0 && !isDeepStrictEqual(written?.value, plain))
    changes.set(root, TIERS, plain, [...HEAD, EXTENSIONS.keySource]);
  const source = root.child(EXTENSIONS.keySource)?.value ?? "HEADER";
  if (source !== api.keySource) changes.set(root, EXTENSIONS.keySource, api.keySource, HEAD);
  const info = root.at("info");
  const old = info?.child("description")?.value;
  const description = withTiers(typeof old === "string" ? old : "", describeTiers(tiers));
  if (info && isObject(info.value) && description !== (old ?? ""))
    changes.set(info, "description", description, ["title", "summary"]);
}

/** Words at the beginning of a document, after which ours are written. */
const HEAD = ["openapi", "swagger", "info", "host", "basePath", "schemes", "servers"];

/** Operations that are not served, and what is empty without them. */
function planRemovals(operations: readonly MatchedOperation[], changes: PlannedChanges): void {
  const served = new Set(operations.filter(({ route }) => route).map(({ item }) => item.id));
  for (const { route, item, node } of operations) if (!route) changes.remove(served.has(item.id) ? node : item);
}
