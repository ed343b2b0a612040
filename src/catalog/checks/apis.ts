import { error, type Finding, warning } from "../../text/finding";
import { show } from "../../text/show";
import type { OwnApi } from "../../vocabulary/api";
import { authorizerOf } from "../../vocabulary/authorization";
import { AUTHORIZER_OF_API } from "../../vocabulary/authorizer";
import { DEFAULT_LIMITS } from "../../vocabulary/aws-limits";
import { partsOf } from "../../vocabulary/route";
import { siblingParameters } from "../../vocabulary/sibling-parameters";
import { type Catalog, isOwnApi } from "../catalog";
import { repeated } from "./repeated";

export function checkApis(catalog: Catalog): Finding[] {
  return catalog.apis
    .filter(isOwnApi)
    .filter((api) => !api.retired)
    .flatMap((api) => {
      const place = `api "${api.id}"`;
      return [
        ...siblingParametersAgree(api, place),
        ...reservedPaths(api, place),
        ...parametersOfOtherFrameworks(api, place),
        ...keySourceWorks(api, place),
        ...authorizerNames(api, place),
        ...unusedAuthorizers(api, place),
        ...bodiesThatNobodySends(api, place),
        ...privateApis(api, place),
        ...sizes(api, place),
      ];
    });
}

function siblingParametersAgree(api: OwnApi, place: string): Finding[] {
  return siblingParameters(api.routes).map(({ key, problem }) => error(`${place}: route "${key}"`, problem));
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
function reservedPaths(api: OwnApi, place: string): Finding[] {
  return api.routes
    .filter((route) => route.path === "/ping" || route.path === "/sping")
    .map((route) =>
      warning(
        `${place}: route "${route.key}"`,
        "is answered by AWS's own health check on a custom domain; choose another path, such as /health",
      ),
    );
}

/** API Gateway takes a part such as ":id" for the text that it is. */
function parametersOfOtherFrameworks(api: OwnApi, place: string): Finding[] {
  return api.routes.flatMap((route) =>
    partsOf(route.path)
      .filter((part) => /^:\w/.test(part))
      .map((part) =>
        warning(
          `${place}: route "${route.key}"`,
          `has the path part "${part}", which matches just this text; write {${part.slice(1)}} for a parameter`,
        ),
      ),
  );
}

/** With the key source AUTHORIZER, a key comes from the answer of a Lambda authorizer and from nowhere else. */
function keySourceWorks(api: OwnApi, place: string): Finding[] {
  if (api.keySource !== "AUTHORIZER") return [];
  const without = api.routes.filter(
    ({ apiKeyRequired, authorization }) => apiKeyRequired && authorization.type !== "CUSTOM",
  );
  if (without.length === 0) return [];
  if (api.authorizers.length === 0)
    return [
      error(
        place,
        "keySource is AUTHORIZER, but no authorizer returns a key, so every route that needs one would answer 403; " +
          "give the API an authorizer, or leave keySource out",
      ),
    ];
  return without.map(({ key }) =>
    error(
      `${place}: route "${key}"`,
      "needs a key, which the keySource AUTHORIZER takes from a Lambda authorizer's answer, and asks none, so it would " +
        "answer 403; name one, write apiKeyRequired: false, or leave keySource out",
    ),
  );
}

/** AWS: "Authorizer name must be unique." */
function authorizerNames(api: OwnApi, place: string): Finding[] {
  return repeated(api.authorizers, ({ name }) => name).map(({ again, first, value }) =>
    error(
      `${place}: authorizer "${again.id}"`,
      `is called ${show(value)} in AWS, as authorizer "${first.id}" is; give it another name`,
    ),
  );
}

function unusedAuthorizers(api: OwnApi, place: string): Finding[] {
  const used = new Set(api.routes.map(({ authorization }) => authorizerOf(authorization)));
  return api.authorizers
    .filter(({ id }) => !used.has(id))
    .map(({ id }) =>
      warning(
        id === AUTHORIZER_OF_API ? place : `${place}: authorizer "${id}"`,
        id === AUTHORIZER_OF_API
          ? "has an authorizer that no route asks; name it at a route, or drop it"
          : "is asked by no route; name it at a route, or drop it",
      ),
    );
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.1 */
function bodiesThatNobodySends(api: OwnApi, place: string): Finding[] {
  return api.routes
    .filter(({ method, request }) => request?.body !== undefined && ["GET", "HEAD", "OPTIONS"].includes(method))
    .map(({ key, method }) =>
      warning(
        `${place}: route "${key}"`,
        `has request.body, but clients send none with ${method}, so they would be answered 400; leave it out`,
      ),
    );
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html */
function privateApis({ endpointType, vpcEndpointIds, policy, stages }: OwnApi, place: string): Finding[] {
  if (endpointType !== "PRIVATE")
    return vpcEndpointIds === undefined
      ? []
      : [
          error(
            place,
            `has vpcEndpointIds, which AWS takes of a PRIVATE API alone, got ${endpointType}; leave them out`,
          ),
        ];
  const named = stages.filter(({ retired, domains }) => !retired && domains.length > 0);
  return [
    ...named.map(({ name }) =>
      error(
        `${place}: stage "${name}"`,
        "has domains, but its API is PRIVATE, and AWS maps no public domain name to it; leave domains out",
      ),
    ),
    ...(policy === undefined
      ? [
          error(
            place,
            "is PRIVATE and has no policy, without which AWS deploys no stage of it; write a policy that allows " +
              "execute-api:Invoke from your VPC endpoints (aws:SourceVpce)",
          ),
        ]
      : []),
    ...(policy !== undefined && !/"aws:SourceVpce?"/i.test(JSON.stringify(policy))
      ? [
          warning(
            place,
            "is PRIVATE, and its policy names neither aws:SourceVpce nor aws:SourceVpc, so VPC endpoints of every AWS account reach " +
              "it; add a condition",
          ),
        ]
      : []),
  ];
}

function sizes(api: OwnApi, place: string): Finding[] {
  const findings: Finding[] = [];
  const over = (what: string, count: number, limit: number) => {
    if (count > limit)
      findings.push(warning(place, `has ${count} ${what}, over AWS's default of ${limit}; ask AWS to raise it`));
  };
  const resources = new Set(
    api.routes.flatMap(({ path }) => partsOf(path).map((_, depth, parts) => parts.slice(0, depth + 1).join("/"))),
  );
  over("resources", resources.size + 1, DEFAULT_LIMITS.resourcesPerApi);
  over("stages", api.stages.filter((stage) => !stage.retired).length, DEFAULT_LIMITS.stagesPerApi);
  if (api.policy)
    over("bytes of resource policy", Buffer.byteLength(JSON.stringify(api.policy)), DEFAULT_LIMITS.resourcePolicyBytes);
  return findings;
}
