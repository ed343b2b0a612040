import { isDeepStrictEqual } from "node:util";
import type { DocumentNode } from "../../document/document";
import type { ApiModel, StageModel } from "../../model/model";
import { entriesOf, isObject } from "../../vocabulary/objects";
import type { OpenApiServer } from "../openapi-document";
import { descriptionOfStage, serversOf } from "../stage-servers";
import type { PlannedChanges } from "./planned-changes";

export interface ServerOptions {
  /** Where stages answer, by stage, where the model does not know it. */
  readonly servers: Readonly<Record<string, string>>;
  /** The path that the document has in its servers, and the API in its routes. */
  readonly prefix: string;
  /** Whether servers that are none of the API's go. */
  readonly isForCustomers: boolean;
}

/** Plans the addresses of the API's stages; answers what there is to say of them. */
export function planServers(
  root: DocumentNode,
  api: ApiModel,
  options: ServerOptions,
  changes: PlannedChanges,
): string[] {
  const stages = api.stages.map((stage) => ({ stage, servers: knownServers(stage, options) }));
  const unknown = stages.filter(({ servers }) => servers.length === 0).map(({ stage }) => stage);
  const known = stages.flatMap(({ servers }) => servers);
  if (root.child("swagger")) return planHost(root, known, changes);
  const list = root.at("servers");
  const written = list?.children() ?? [];
  const missing =
    unknown.length === 0 || written.length > 0
      ? []
      : [`has no servers, and where ${names(unknown)} will answer is known only after a deploy; ${GIVE_SERVER}`];
  const placeholders = written.length === 0 ? unknown.flatMap((stage) => serversOf(stage, undefined)) : [];
  const wanted = [...known, ...placeholders];
  if (wanted.length === 0) return unknown.length > 0 && written.length > 0 ? [kept(unknown)] : [];
  if (!list || written.length === 0) {
    changes.set(root, "servers", wanted, ["openapi", "info", "externalDocs", "tags"]);
    return missing;
  }
  const isOwn = (node: DocumentNode) => wanted.some(({ url }) => sameUrl(url, addressOf(node)));
  const added = wanted.filter(({ url }) => !written.some((node) => sameUrl(url, addressOf(node))));
  const gone = written.filter((node) => !isOwn(node) && (options.isForCustomers || isOurs(node, api, known)));
  if (gone.length === written.length) changes.set(root, "servers", wanted);
  else {
    for (const node of gone) changes.remove(node);
    if (added.length > 0) changes.prepend(list, added);
  }
  const others = written.filter((node) => !isOwn(node) && !gone.includes(node)).map(addressOf);
  const removed = gone.filter((node) => !isOurs(node, api, known)).map(addressOf);
  return [
    ...(unknown.length > 0 ? [kept(unknown)] : []),
    ...(others.length > 0
      ? [`keeps servers that are not stages of the API: ${others.join(", ")}; --for customers leaves them out`]
      : []),
    ...(removed.length > 0 ? [`no longer has servers that are not stages of the API: ${removed.join(", ")}`] : []),
  ];
}

const GIVE_SERVER = "give it by --server, such as --server prod=https://api.example.com";
const names = (stages: readonly StageModel[]) => stages.map(({ name }) => `stage ${name}`).join(" and ");
const kept = (stages: readonly StageModel[]) =>
  `keeps its servers for ${names(stages)}, whose address is known only after a deploy; ${GIVE_SERVER}`;

function knownServers(stage: StageModel, { servers, prefix }: ServerOptions): OpenApiServer[] {
  const given = servers[stage.name];
  if (given === undefined && stage.customUrls.length === 0) return [];
  return serversOf(stage, given).map((server) => ({ ...server, url: server.url.replace(/\/$/, "") + prefix }));
}

/** A server that was written for this stage before, perhaps with an address that is known by now. */
function isOurs(node: DocumentNode, api: ApiModel, known: readonly OpenApiServer[]): boolean {
  const { value } = node;
  if (!isObject(value)) return false;
  return api.stages.some(
    (stage) =>
      value.description === descriptionOfStage(stage) &&
      known.some(({ description }) => description === value.description) &&
      Object.keys(value).every((word) => ["url", "description", "variables"].includes(word)),
  );
}

const sameUrl = (a: string, b: string) => a.replace(/\/$/, "") === b.replace(/\/$/, "");

/** A server's URL with the defaults of its variables. */
export function addressOf({ value }: DocumentNode): string {
  const { url, variables } = isObject(value) ? value : {};
  const defaults = new Map(
    entriesOf(variables).map(([name, variable]) => [name, isObject(variable) ? String(variable.default) : ""]),
  );
  return String(url).replaceAll(/\{([^}]*)\}/g, (text, name) => defaults.get(name) ?? text);
}

/** Swagger 2.0 has one address, in three words. */
function planHost(root: DocumentNode, known: readonly OpenApiServer[], changes: PlannedChanges): string[] {
  const [written = "", basePath = ""] = ["host", "basePath"].map((word) => String(root.child(word)?.value ?? ""));
  const isWritten = ({ url }: OpenApiServer) => sameUrl(url.replace(/^https?:\/\//, ""), written + basePath);
  const [server, ...others] = known;
  if (!server)
    return [`keeps its host and its basePath, because the address is known only after a deploy; ${GIVE_SERVER}`];
  if (known.some(isWritten)) return [];
  if (others.length > 0)
    return [
      `keeps its host and its basePath: Swagger 2.0 has one address, and the API has ${known.map(({ url }) => url).join(", ")}; ` +
        "write one of them there",
    ];
  const { protocol, host, pathname } = new URL(server.url);
  const words = { host, basePath: pathname, schemes: [protocol.replace(":", "")] };
  for (const [word, value] of Object.entries(words))
    if (
      !isDeepStrictEqual(root.child(word)?.value, value) &&
      !(word === "basePath" && value === "/" && basePath === "")
    )
      changes.set(root, word, value, ["swagger", "info", "host", "basePath"]);
  return [];
}

/** The path of the document's servers, without a slash at its end: `/v1`; empty for none. */
export function basePathOf(root: DocumentNode): string {
  const [server] = root.at("servers")?.children() ?? [];
  const path = root.child("swagger")
    ? String(root.child("basePath")?.value ?? "")
    : (/^(?:(?:https?:)?\/\/[^/]*)?(\/.*)?$/.exec(server ? addressOf(server) : "")?.[1] ?? "");
  return path.replace(/\/$/, "");
}
