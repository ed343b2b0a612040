import { error, type Finding, warning } from "../../text/finding";
import { show } from "../../text/show";
import type { OwnApi } from "../../vocabulary/api";
import { DEFAULT_LIMITS } from "../../vocabulary/aws-limits";
import { CALLER_CREDENTIALS } from "../../vocabulary/role-arn";
import type { Route } from "../../vocabulary/route";
import { isKnownLater } from "../../vocabulary/schema";
import { type Catalog, isOwnApi } from "../catalog";

const { integrationTimeoutMilliseconds: DEFAULT_MOST } = DEFAULT_LIMITS;

export function checkIntegrations(catalog: Catalog): Finding[] {
  return catalog.apis
    .filter(isOwnApi)
    .filter((api) => !api.retired)
    .flatMap((api) => [...api.routes.flatMap((route) => findingsOf(api, route)), ...unusedLinks(api)]);
}

function findingsOf(api: OwnApi, route: Route): Finding[] {
  const place = `api "${api.id}": route "${route.key}"`;
  const { integration, authorization } = route;
  const { settings = {} } = integration;
  const { timeoutMilliseconds = 0, vpcLink, credentials, insecureSkipVerification, passthroughBehavior } = settings;
  const findings: Finding[] = [];
  if (timeoutMilliseconds > DEFAULT_MOST && api.endpointType === "EDGE")
    findings.push(
      error(
        place,
        `integration.timeoutMilliseconds must be at most ${DEFAULT_MOST} with endpointType EDGE, got ${timeoutMilliseconds}; lower it`,
      ),
    );
  else if (timeoutMilliseconds > DEFAULT_MOST)
    findings.push(
      warning(
        place,
        `integration.timeoutMilliseconds is ${timeoutMilliseconds}, which AWS takes only where the account's quota was raised; ask AWS for it`,
      ),
    );
  if (credentials === CALLER_CREDENTIALS && authorization.type !== "AWS_IAM")
    findings.push(
      error(
        place,
        'integration.credentials are the caller\'s, and the route does not ask for them; write authorizer: "AWS_IAM"',
      ),
    );
  if (insecureSkipVerification)
    findings.push(
      warning(
        place,
        "integration.insecureSkipVerification takes any certificate, so somebody in between can read and change requests; use a certificate that AWS trusts",
      ),
    );
  if (integration.type === "aws" && integration.service !== "s3" && passthroughBehavior !== "NEVER")
    findings.push(
      warning(
        place,
        `integration.passthroughBehavior lets a caller's body through to ${integration.service} as a request of its own; write requestTemplates, and "NEVER"`,
      ),
    );
  if (integration.type === "http" && vpcLink === undefined) findings.push(...internalHost(place, integration.url));
  return findings;
}

const INTERNAL =
  /(^|\.)(internal|local|localdomain|lan|corp|intranet|home\.arpa)$|^internal-.*\.elb\.amazonaws\.com(\.cn)?$|^(10|127)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^\[f[cd]/;

/** AWS calls backends from its own network. */
function internalHost(place: string, url: string): Finding[] {
  const host = isKnownLater(url) ? (/^https?:\/\/([^/:$]+)(?=[/:]|$)/.exec(url)?.[1] ?? "") : new URL(url).hostname;
  if (!INTERNAL.test(host.toLowerCase())) return [];
  return [
    warning(
      place,
      `http calls ${show(host)}, which looks like a name within a network that AWS cannot reach; ` +
        "write integration: { vpcLink } for a backend in a VPC, or use its public DNS name",
    ),
  ];
}

function unusedLinks(api: OwnApi): Finding[] {
  const used = new Set(api.routes.map(({ integration }) => integration.settings?.vpcLink));
  return api.vpcLinks
    .filter(({ id }) => !used.has(id))
    .map(({ id }) =>
      warning(`api "${api.id}": vpcLink "${id}"`, "is used by no route; name it in integration.vpcLink, or drop it"),
    );
}
