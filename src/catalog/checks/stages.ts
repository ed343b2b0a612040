import { error, type Finding, warning } from "../../text/finding";
import type { Stage } from "../../vocabulary/stage";
import { regionOfArn, type StageDomain } from "../../vocabulary/stage-domain";
import { type Catalog, isOwnApi } from "../catalog";

/** What stages say of their domain names, logs and settings. */
export function checkStages(catalog: Catalog): Finding[] {
  return [
    ...domainsAreFree(catalog),
    ...retiredStagesKeepNoDomain(catalog),
    ...certificatesAreInReach(catalog),
    ...existingDomainsHaveNoPolicy(catalog),
    ...stagesHaveAnAddress(catalog),
    ...stagesLetTiersCall(catalog),
  ];
}

interface Placed {
  readonly place: string;
  readonly endpointType: "REGIONAL" | "EDGE";
  readonly disableExecuteApiEndpoint: boolean | undefined;
  readonly api: string;
  readonly stage: Stage;
}

function ownStages({ apis }: Catalog): Placed[] {
  return apis.filter(isOwnApi).flatMap(({ id, endpointType, disableExecuteApiEndpoint, stages }) =>
    stages.map((stage) => ({
      place: `api "${id}": stage "${stage.name}"`,
      endpointType,
      disableExecuteApiEndpoint,
      api: id,
      stage,
    })),
  );
}

const liveStages = (catalog: Catalog) => ownStages(catalog).filter(({ stage }) => !stage.retired);

const addressOf = ({ name, basePath }: StageDomain) => (basePath === undefined ? name : `${name}/${basePath}`);

/** A base path mapping outside of the catalog may lead to such a stage, so this is a warning. */
function stagesHaveAnAddress(catalog: Catalog): Finding[] {
  return liveStages(catalog)
    .filter(({ disableExecuteApiEndpoint, stage }) => disableExecuteApiEndpoint && !stage.domain)
    .map(({ place }) =>
      warning(
        place,
        "has no domain name, and its API does not answer at its own address (disableExecuteApiEndpoint), so nobody can call " +
          "it; give it a domain",
      ),
    );
}

/** AWS: "The domain name you provided already exists", and "Base path already exists for this domain name". */
function domainsAreFree(catalog: Catalog): Finding[] {
  const creators = new Map<string, string>();
  const users = new Map<string, string>();
  return liveStages(catalog).flatMap(({ place, stage: { domain } }) => {
    if (!domain) return [];
    const findings: Finding[] = [];
    const { name } = domain;
    const creator = creators.get(name);
    if (domain.certificateArn !== undefined && creator !== undefined)
      findings.push(
        error(
          place,
          `domain.name "${name}" is created by ${creator} already, and AWS takes a name once; leave certificateArn out ` +
            "here to use it",
        ),
      );
    else if (domain.certificateArn !== undefined) creators.set(name, place);
    const address = addressOf(domain);
    const user = users.get(address);
    if (user !== undefined)
      findings.push(error(place, `domain "${address}" leads to ${user} already; give one of them another basePath`));
    else users.set(address, place);
    return findings;
  });
}

/**
 * What a retired stage holds is deleted after the other stages were deployed: until then its domain name and its base
 * path are taken, and with the name goes every base path under it, whichever stage that leads to.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteDomainName.html
 */
function retiredStagesKeepNoDomain(catalog: Catalog): Finding[] {
  const retired = ownStages(catalog).filter(({ stage }) => stage.retired);
  return liveStages(catalog).flatMap(({ place, stage: { domain } }) => {
    if (!domain) return [];
    const creator = retired.find(({ stage }) => stage.domain?.certificateArn && stage.domain.name === domain.name);
    if (creator)
      return [
        error(
          place,
          domain.certificateArn === undefined
            ? `domain.name "${domain.name}" is created by ${creator.place}, which is retired, and the name would be ` +
                "deleted under this stage; keep that stage, or take the domain out of this one first"
            : `domain.name "${domain.name}" is still created by ${creator.place}, which is retired, and AWS takes a name ` +
                "once; deploy without this domain first, then drop the retired entry and create the name here",
        ),
      ];
    const user = retired.find(({ stage }) => stage.domain && addressOf(stage.domain) === addressOf(domain));
    if (!user) return [];
    return [
      error(
        place,
        `domain "${addressOf(domain)}" still leads to ${user.place}, which is retired, and AWS takes a base path once; ` +
          "deploy without this domain first, then drop the retired entry and add the domain here",
      ),
    ];
  });
}

/** CloudFront, which stands before an EDGE API, takes certificates from us-east-1 alone. */
function certificatesAreInReach(catalog: Catalog): Finding[] {
  return liveStages(catalog).flatMap(({ place, endpointType, stage: { domain } }) => {
    if (endpointType !== "EDGE" || domain?.certificateArn === undefined) return [];
    const region = regionOfArn(domain.certificateArn);
    if (region === undefined || region === "us-east-1") return [];
    return [
      error(
        place,
        `domain.certificateArn is of a certificate in ${region}, but an EDGE API takes one in us-east-1; ` +
          "request it there, or make the API REGIONAL",
      ),
    ];
  });
}

function existingDomainsHaveNoPolicy(catalog: Catalog): Finding[] {
  return liveStages(catalog)
    .filter(({ stage: { domain } }) => domain?.securityPolicy !== undefined && domain.certificateArn === undefined)
    .map(({ place }) =>
      warning(
        place,
        "domain.securityPolicy changes nothing on a name that already exists; give certificateArn to create the name " +
          "here, or leave securityPolicy out",
      ),
    );
}

function stagesLetTiersCall(catalog: Catalog): Finding[] {
  return liveStages(catalog).flatMap(({ place, api, stage }) => {
    const limits = stage.settings?.throttle;
    if (!limits) return [];
    return catalog.tiers
      .filter((tier) => tier.access.some((each) => each.api === api && each.stages.includes(stage.name)))
      .filter(({ throttle }) => throttle && throttle.rateLimit > limits.rateLimit)
      .map((tier) =>
        warning(
          place,
          `settings.throttle: rateLimit ${limits.rateLimit} for all clients is under the ${tier.throttle?.rateLimit} that ` +
            `tier "${tier.id}" promises to one; raise it`,
        ),
      );
  });
}
