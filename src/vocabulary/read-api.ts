import type { z } from "zod";
import { type Api, type OwnApi, ownApiSchema, toOwnApi } from "./api";
import { readHandlers } from "./api-handlers";
import { type Authorization, readAuthorizers } from "./authorization";
import { preflightRoutes } from "./cors-answers";
import { existingApiSchema } from "./existing-api";
import { problemOfName, unknownName } from "./identifier";
import type { JsonSchema } from "./json-schema";
import { readNamedModels } from "./named-models";
import { entriesOf, isObject } from "./objects";
import { at, type EntryReader } from "./read-entry";
import { readRoutes } from "./route";
import { routeSourceSchema, sourcesOf } from "./route-source";
import { modelsIn } from "./schema-references";
import { existingStageSchema, readStages } from "./stage";
import { readVpcLinks } from "./vpc-link";

/** Reads an API with its stages and routes; `undefined` where too little of it is left. */
export function readApi(reader: EntryReader, id: string, written: unknown): Api | undefined {
  const place = `api "${id}"`;
  reader.refuse(place, problemOfName(id));
  return isObject(written) && written.restApiId !== undefined
    ? readExistingApi(reader, id, written, place)
    : readOwnApi(reader, id, written, place);
}

function readExistingApi(reader: EntryReader, id: string, written: unknown, place: string): Api | undefined {
  const api = reader.read(existingApiSchema, written, at(place));
  if (!api) return undefined;
  const stages = readStages(reader, { id, schema: existingStageSchema }, api.stages);
  return { kind: "existing", id, restApiId: api.restApiId, stages };
}

function readOwnApi(reader: EntryReader, id: string, written: unknown, place: string): OwnApi | undefined {
  const read = reader.read(ownApiSchema, written, at(place));
  if (!read) return undefined;
  const retired = read.retired ?? false;
  const stages = readStages(reader, { id, endpointType: read.endpointType }, read.stages).map((stage) =>
    retired ? { ...stage, retired } : stage,
  );
  const asked = readAuthorizers(reader, place, read);
  const routes = readRoutes(reader, place, read.routes, asked);
  const models = readNamedModels(reader, place, read.models);
  const vpcLinks = readVpcLinks(reader, id, place, read.vpcLinks);
  const handlers = readHandlers(reader, place, {
    routes,
    authorizers: asked.handlers,
    retired: read.retiredHandlers ?? [],
  });
  const api = toOwnApi(id, read, { authorizers: asked.authorizers, vpcLinks, models, stages, routes, handlers });
  refuseUnknownNames(reader, place, api, read);
  readSources(
    reader,
    place,
    api,
    asked.byDefault,
    entriesOf(read.routes).map(([, route]) => route),
  );
  // AWS: "The REST API doesn't contain any methods" refuses the deployment.
  const writtenRoutes = isObject(written) ? (written.routes ?? {}) : {};
  const empty = isObject(writtenRoutes) && Object.keys(writtenRoutes).length === 0;
  if (empty && stages.some((stage) => !stage.retired))
    reader.refuse(place, "has stages but no route, and AWS deploys no empty API; add a route");
  return api;
}

/** Names that were written are known, also where the entry is otherwise wrong. */
function refuseUnknownNames(
  reader: EntryReader,
  place: string,
  { routes, stages, models, cors, retired }: OwnApi,
  written: Pick<z.infer<typeof ownApiSchema>, "models" | "routes" | "vpcLinks">,
): void {
  const preflights = cors ? preflightRoutes(routes).map(({ key }) => key) : [];
  const keys: readonly string[] = [...Object.keys(written.routes ?? {}), ...preflights];
  for (const { name, methodSettings } of stages)
    for (const route of Object.keys(methodSettings).filter((key) => !keys.includes(key)))
      reader.refuse(`${place}: stage "${name}": methodSettings`, unknownName(route, "route", keys));
  const names = Object.keys(written.models ?? {});
  const refuseUnknownModels = (where: string, schema: JsonSchema = {}) => {
    for (const name of modelsIn(schema).filter((each) => !names.includes(each)))
      reader.refuse(where, `$ref: ${unknownName(name, "model", names)}`);
  };
  for (const { name, schema } of retired ? [] : models) refuseUnknownModels(`${place}: model "${name}"`, schema);
  const links = Object.keys(written.vpcLinks ?? {});
  for (const { key, integration, request } of retired ? [] : routes) {
    const { vpcLink } = integration.settings ?? {};
    if (vpcLink !== undefined && !links.includes(vpcLink))
      reader.refuse(`${place}: route "${key}"`, `integration.vpcLink: ${unknownName(vpcLink, "vpcLink", links)}`);
    refuseUnknownModels(`${place}: route "${key}": request.body`, request?.body);
  }
}

/** What the documents have to say from which routes come. */
function readSources(
  reader: EntryReader,
  place: string,
  api: OwnApi,
  byDefault: Authorization,
  routes: readonly unknown[],
): void {
  for (const written of sourcesOf(routes)) {
    const source = reader.read(routeSourceSchema, written, at(`${place}: source of its routes`));
    if (!source) continue;
    reader.findings.push(...source.findings);
    const { keySource = api.keySource, authorizer, policy, endpointType = api.endpointType } = source.needs;
    if (keySource !== api.keySource)
      reader.refuse(
        place,
        `has the keySource ${api.keySource}, but its routes come from ${source.place}, which says ${keySource}; write ` +
          `keySource: "${keySource}", or spread what apiFromOpenApi returns`,
      );
    if (policy && api.policy === undefined)
      reader.refuse(
        place,
        `has no policy, but its routes come from ${source.place}, which has one; spread what apiFromOpenApi returns, or give the API a policy`,
      );
    if (endpointType !== api.endpointType)
      reader.refuse(
        place,
        `is ${api.endpointType}, but its routes come from ${source.place}, which says ${endpointType}; spread what apiFromOpenApi returns`,
      );
    const problem = authorizer && problemOfAuthorizers(api, byDefault);
    if (problem)
      reader.refuse(
        place,
        `${problem}, but its routes come from ${source.place}, which asks one; give the API an authorizer`,
      );
  }
}

/** Authorizers that other routes name protect none of those that a document wants asked. */
function problemOfAuthorizers({ authorizers, routes }: OwnApi, byDefault: Authorization): string | undefined {
  if (authorizers.length === 0) return "has no authorizer";
  if (byDefault.type !== "NONE") return undefined;
  const asksNobody = routes.some((route) => route.apiKeyRequired && route.authorization.type === "NONE");
  return asksNobody ? "has routes that need a key and ask no authorizer" : undefined;
}
