import { TerraformOutput } from "cdktf";
import type { Catalog } from "../../catalog/catalog";
import { BASE_PATH_MAPPING, DOMAIN_NAME } from "../../contract/domain-name";
import { nameOfParts } from "../../contract/name-of-parts";
import { outputNames } from "../../contract/output-names";
import { type DomainName, isOwnDomainName } from "../../vocabulary/domain-name";
import type { Imports } from "../../vocabulary/imports";
import { addressOf } from "../../vocabulary/stage-domain";
import { DomainNames } from "../constructs/domain-names";
import type { ImportedResource } from "../constructs/import-blocks";
import { idOf } from "../constructs/named";
import { type LiveStage, liveStages } from "./release-order";
import type { TierStack } from "./tier-stack";

/**
 * Adds the domain names to their stack, with the base paths of all stages.
 *
 * @param restApiIds ids of the REST APIs by the ids of their APIs
 */
export function addDomainNames(
  stack: TierStack,
  { apis, domainNames = [] }: Catalog,
  imports: Imports,
  restApiIds: Readonly<Record<string, string>>,
): DomainNames {
  const stages = liveStages(apis);
  const names = new DomainNames(stack, idOf("domain-names"), {
    domainNames,
    basePaths: stages.flatMap(({ api, stage }) =>
      stage.domains.map((domain) => ({ ...domain, restApiId: restApiIds[api.id] ?? "", stageName: stage.name })),
    ),
  });
  stack.import(importedNames(names, domainNames, stages, imports));
  if (names.targets.size > 0)
    new TerraformOutput(stack, outputNames.domainTargets, {
      description: "Where the DNS record of each domain name must lead (an alias in Route 53, or a CNAME), by name.",
      value: Object.fromEntries(
        [...names.targets].map(([name, target]) => [name, { name: target.name, hosted_zone_id: target.hostedZoneId }]),
      ),
    });
  return names;
}

/** What is in the account already: adopted, or until now in the stack of a stage. */
function importedNames(
  { domainNames, basePaths }: DomainNames,
  written: readonly DomainName[],
  stages: readonly LiveStage[],
  imports: Imports,
): ImportedResource[] {
  return written.flatMap(({ name, formerStages }) => {
    const imported = imports.domainNames?.[name];
    const resource = domainNames.get(name);
    const former = stages.filter(({ api, stage }) => formerStages.includes(`${api.id}/${stage.name}`));
    const paths = [
      ...(imported?.basePaths ?? []),
      ...former
        .flatMap(({ stage }) => stage.domains.filter((each) => each.name === name))
        .map((each) => each.basePath ?? ""),
    ];
    return [
      ...(resource && (imported || formerStages.length > 0) ? [{ resource, id: name, keep: imported?.keep }] : []),
      ...[...new Set(paths)].flatMap((path) => {
        const mapping = basePaths.get(addressOf({ name, basePath: path || undefined }));
        return mapping ? [{ resource: mapping, id: `${name}/${path}` }] : [];
      }),
    ];
  });
}

/**
 * What a stage has in its own state by the former field `domain`, and must forget; of a retired stage the name alone, as its
 * base path goes with it.
 */
export function formerAddresses(
  domainNames: readonly DomainName[],
  api: string,
  stage: { readonly name: string; readonly retired: boolean },
): string[] {
  const former = domainNames.filter(({ formerStages }) => formerStages.includes(`${api}/${stage.name}`));
  const name = nameOfParts([api, stage.name, "domain"]);
  return [
    ...(former.some(isOwnDomainName) ? [`${DOMAIN_NAME.type}.${name}`] : []),
    ...(former.length > 0 && !stage.retired ? [`${BASE_PATH_MAPPING.type}.${name}`] : []),
  ];
}
