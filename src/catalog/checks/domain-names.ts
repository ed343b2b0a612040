import { error, type Finding, warning } from "../../text/finding";
import { regionOfArn } from "../../vocabulary/certificate";
import { isOwnDomainName, type OwnDomainName } from "../../vocabulary/domain-name";
import { unknownName } from "../../vocabulary/identifier";
import { addressOf } from "../../vocabulary/stage-domain";
import type { Catalog } from "../catalog";
import { ownStages, type PlacedStage } from "./own-stages";

/** What domain names say of themselves, and which stages answer under them. */
export function checkDomainNames(catalog: Catalog): Finding[] {
  const stages = ownStages(catalog).filter(({ stage }) => !stage.retired);
  const own = (catalog.domainNames ?? []).filter(isOwnDomainName);
  return [
    ...addressesAreFree(stages),
    ...own.flatMap(certificateIsInReach),
    ...own.flatMap(mutualTlsWorks),
    ...mutualTlsIsAsked(own, stages),
    ...namesLeadSomewhere(own, stages),
    ...formerStagesAreKnown(catalog),
    ...stagesHaveAnAddress(stages),
  ];
}

const placeOf = (name: string) => `domain name "${name}"`;

/** AWS: "Base path already exists for this domain name". */
function addressesAreFree(stages: readonly PlacedStage[]): Finding[] {
  const users = new Map<string, string>();
  return stages.flatMap(({ place, stage }) =>
    stage.domains.flatMap((domain) => {
      const address = addressOf(domain);
      const user = users.get(address);
      if (user === undefined) users.set(address, place);
      if (user === undefined) return [];
      const other = user === place ? "this stage" : user;
      return [error(place, `domains "${address}" leads to ${other} already; give one of them another basePath`)];
    }),
  );
}

/** CloudFront, which stands before an EDGE name, takes certificates from us-east-1 alone. */
function certificateIsInReach({ name, endpointType, certificateArn }: OwnDomainName): Finding[] {
  const region = regionOfArn(certificateArn);
  if (endpointType !== "EDGE" || region === undefined || region === "us-east-1") return [];
  return [
    error(
      placeOf(name),
      `certificateArn is of a certificate in ${region}, but an EDGE name takes one in us-east-1; request it there, or ` +
        "make the name REGIONAL",
    ),
  ];
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html */
function mutualTlsWorks({ name, endpointType, securityPolicy, mutualTls }: OwnDomainName): Finding[] {
  if (!mutualTls) return [];
  const findings: Finding[] = [];
  const refuse = (what: string, remedy: string) =>
    findings.push(error(placeOf(name), `has mutualTls, which AWS takes ${what}; ${remedy}`));
  if (endpointType !== "REGIONAL") refuse("of a REGIONAL name alone, got EDGE", "leave endpointType out");
  if (securityPolicy !== "TLS_1_2") refuse(`with TLS 1.2 alone, got ${securityPolicy}`, "leave securityPolicy out");
  return findings;
}

/** A client without a certificate calls the API's own address. */
function mutualTlsIsAsked(names: readonly OwnDomainName[], stages: readonly PlacedStage[]): Finding[] {
  const asking = new Set(names.filter(({ mutualTls }) => mutualTls).map(({ name }) => name));
  return stages
    .filter(({ disableExecuteApiEndpoint }) => !disableExecuteApiEndpoint)
    .flatMap(({ place, stage }) => {
      const [first] = stage.domains.filter(({ name }) => asking.has(name));
      if (!first) return [];
      return [
        warning(
          place,
          `answers under "${first.name}", which asks for client certificates, and at AWS's own address, which asks for none; ` +
            "write disableExecuteApiEndpoint: true in its API",
        ),
      ];
    });
}

function namesLeadSomewhere(names: readonly OwnDomainName[], stages: readonly PlacedStage[]): Finding[] {
  const used = new Set(stages.flatMap(({ stage }) => stage.domains.map(({ name }) => name)));
  return names
    .filter(({ name }) => !used.has(name))
    .map(({ name }) =>
      warning(
        placeOf(name),
        "leads to no stage, so it answers 403 to every request; name it in the domains of a stage, or drop it",
      ),
    );
}

function formerStagesAreKnown(catalog: Catalog): Finding[] {
  const stages = ownStages(catalog);
  const known = stages.map(({ api, stage }) => `${api}/${stage.name}`);
  return (catalog.domainNames ?? []).flatMap(({ name, formerStages }) =>
    formerStages.flatMap((former): Finding[] => {
      const found = stages[known.indexOf(former)];
      if (!found)
        return [
          error(placeOf(name), `formerStages: ${unknownName(former, "stage", known)}; put it back with retired: true`),
        ];
      const paths = found.stage.domains.filter((domain) => domain.name === name).length;
      if (found.stage.retired || paths === 1) return [];
      return [
        error(
          placeOf(name),
          `formerStages has "${former}", which had one base path under this name, and has ${paths} now; keep that one in its ` +
            "domains, deploy, and change them then",
        ),
      ];
    }),
  );
}

/** A base path mapping outside of the catalog may lead to such a stage, so this is a warning. */
function stagesHaveAnAddress(stages: readonly PlacedStage[]): Finding[] {
  return stages
    .filter(({ disableExecuteApiEndpoint, stage }) => disableExecuteApiEndpoint && stage.domains.length === 0)
    .map(({ place }) =>
      warning(
        place,
        "has no domain name, and its API does not answer at its own address (disableExecuteApiEndpoint), so nobody can call " +
          "it; give it domains",
      ),
    );
}
