import type { ImportedApi, ImportedStage } from "../../vocabulary/imports";
import { ownEntry } from "../../vocabulary/objects";
import type { ApiDefinition } from "../constructs/api-definition";
import type { ApiRelease } from "../constructs/api-release";
import type { ImportedResource } from "../constructs/import-blocks";

/** What of a definition is in the account already. What it does not name is made. */
export function importedDefinition(definition: ApiDefinition, imported: ImportedApi): ImportedResource[] {
  const { restApiId, resources, authorizers = {}, gatewayResponses = {}, models = {}, keep } = imported;
  const paths = [...definition.resources].flatMap(([path, resource]) => {
    const id = resources[path];
    return id === undefined ? [] : [{ resource, id: `${restApiId}/${id}` }];
  });
  const responses = [...definition.gatewayResponses].flatMap(([type, resource]) => {
    const there = gatewayResponses[type];
    return there ? [{ resource, id: `${restApiId}/${type}`, keep: there.keep }] : [];
  });
  return [
    { resource: definition.restApi, id: restApiId, keep },
    ...paths,
    ...[...definition.authorizers].flatMap(([name, resource]) => {
      const there = authorizers[name];
      return there ? [{ resource, id: `${restApiId}/${there.id}`, keep: there.keep }] : [];
    }),
    ...[...definition.models.byName].flatMap(([name, resource]) => {
      const there = ownEntry(models, name);
      return there ? [{ resource, id: `${restApiId}/${name}`, keep: there.keep }] : [];
    }),
    ...importedValidators(definition, imported),
    ...importedRoutes(definition, imported),
    ...responses,
  ];
}

/** Routes share validators. */
function importedValidators(
  definition: ApiDefinition,
  { restApiId, validators = {} }: ImportedApi,
): ImportedResource[] {
  const used = new Set([...definition.routes.values()].flatMap(({ requestValidator }) => requestValidator ?? []));
  return [...used].flatMap((resource) => {
    const there = ownEntry(validators, resource.nameInput ?? "");
    if (there === undefined) return [];
    const { id, keep } = typeof there === "string" ? { id: there, keep: undefined } : there;
    return [{ resource, id: `${restApiId}/${id}`, keep }];
  });
}

function importedRoutes(definition: ApiDefinition, { restApiId, resources, routes }: ImportedApi): ImportedResource[] {
  return [...definition.routes].flatMap(([key, { method, integration, responses, answers, bodyModel }]) => {
    const [verb, path = ""] = key.split(" ");
    const imported = routes[key];
    const resource = resources[path];
    if (!imported || resource === undefined) return [];
    const id = `${restApiId}/${resource}/${verb}`;
    const { keep = {} } = imported;
    return [
      ...(bodyModel && imported.bodyModel
        ? [{ resource: bodyModel, id: `${restApiId}/${bodyModel.nameInput}`, keep: keep.bodyModel }]
        : []),
      { resource: method, id, keep: keep.method },
      { resource: integration, id, keep: keep.integration },
      ...[...responses].map(([status, resource]) => ({
        resource,
        id: `${id}/${status}`,
        keep: keep[`response ${status}`],
      })),
      ...[...answers].map(([status, resource]) => ({
        resource,
        id: `${id}/${status}`,
        keep: keep[`answer ${status}`],
      })),
    ];
  });
}

/** The stage that is in the account already, and what it serves. */
export function importedRelease(
  release: ApiRelease,
  name: string,
  restApiId: string,
  imported: ImportedStage,
): ImportedResource[] {
  const { deployment, canaryDeployment, stage } = release;
  const { deploymentId, canaryDeploymentId, keep = [] } = imported;
  const deployed = keep.filter((attribute) => attribute.startsWith("deployment."));
  const ofDeployment = deployed.map((attribute) => attribute.slice("deployment.".length));
  // AWS does not keep triggers: Terraform would take the deployment for another one, and create it again.
  const triggers = (snapshot: ImportedStage["snapshot"]) => (snapshot ? [] : ["triggers"]);
  return [
    {
      resource: deployment,
      id: `${restApiId}/${deploymentId}`,
      // Beside a canary it stays by itself, and without one it is replaced: that promotes the canary.
      keep: [...(canaryDeploymentId === undefined ? triggers(imported.snapshot) : []), ...ofDeployment],
    },
    ...(canaryDeployment && canaryDeploymentId !== undefined
      ? [
          {
            resource: canaryDeployment,
            id: `${restApiId}/${canaryDeploymentId}`,
            keep: [...triggers(imported.canarySnapshot), ...ofDeployment],
          },
        ]
      : []),
    { resource: stage, id: `${restApiId}/${name}`, keep: keep.filter((attribute) => !deployed.includes(attribute)) },
    ...importedSettings(release, `${restApiId}/${name}`, imported),
    ...importedWebAcl(release, name, restApiId, imported),
  ];
}

function importedSettings(
  { settings, methodSettings }: ApiRelease,
  stage: string,
  { methodSettings: there = {} }: ImportedStage,
): ImportedResource[] {
  const all = [["*", settings] as const, ...methodSettings];
  return all.flatMap(([route, own]) => {
    const imported = ownEntry(there, route);
    const resource = own?.methodSettings;
    return imported && resource ? [{ resource, id: `${stage}/${resource.methodPathInput}`, keep: imported.keep }] : [];
  });
}

function importedWebAcl(
  { webAcl }: ApiRelease,
  name: string,
  restApiId: string,
  { webAcl: isThere }: ImportedStage,
): ImportedResource[] {
  const acl = webAcl?.webAclArnInput;
  if (!webAcl || !isThere || acl === undefined) return [];
  const [, partition, , region] = acl.split(":");
  return [
    { resource: webAcl, id: `${acl},arn:${partition}:apigateway:${region}::/restapis/${restApiId}/stages/${name}` },
  ];
}
