import { error, type Finding, warning } from "../../text/finding";
import type { Stage } from "../../vocabulary/stage";
import { regionOfArn } from "../../vocabulary/stage-domain";
import { type Catalog, isOwnApi } from "../catalog";

/** What stages say of their domain names, logs and settings. */
export function checkStages(catalog: Catalog): Finding[] {
  return [
    ...domainsAreFree(catalog),
    ...certificatesAreInReach(catalog),
    ...existingDomainsHaveNoPolicy(catalog),
    ...stagesLetTiersCall(catalog),
  ];
}

interface Placed {
  readonly place: string;
  readonly endpointType: "REGIONAL" | "EDGE";
  readonly api: string;
  readonly stage: Stage;
}

function liveStages({ apis }: Catalog): Placed[] {
  return apis
    .filter(isOwnApi)
    .flatMap(({ id, endpointType, stages }) =>
      stages
        .filter((stage) => !stage.retired)
        .map((stage) => ({ place: `api "${id}": stage "${stage.name}"`, endpointType, api: id, stage })),
    );
}

/** AWS: "The domain name you provided already exists", and "Base path already exists for this domain name". */
function domainsAreFree(catalog: Catalog): Finding[] {
  const creators = new Map<string, string>();
  const users = new Map<string, string>();
  return liveStages(catalog).flatMap(({ place, stage: { domain } }) => {
    if (!domain) return [];
    const findings: Finding[] = [];
    const { name, basePath } = domain;
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
    const address = basePath === undefined ? name : `${name}/${basePath}`;
    const user = users.get(address);
    if (user !== undefined)
      findings.push(error(place, `domain "${address}" leads to ${user} already; give one of them another basePath`));
    else users.set(address, place);
    return findings;
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
        "domain.securityPolicy changes nothing on a name that is there already; give certificateArn to create the name " +
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
