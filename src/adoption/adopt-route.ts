import {
  type DecodedRoute,
  decodeRoute,
  differencesOfRoute,
  encodeRoute,
  type RouteResources,
} from "../contract/route";
import type { Unsupported } from "../contract/unsupported";
import type { AnswerHeaders } from "../vocabulary/cors-answers";
import type { RoutePart } from "../vocabulary/imports";
import { type RouteInput, routeSchema, toRoute } from "../vocabulary/route";
import { writtenRoute } from "../vocabulary/written-route";
import type { AdoptedAuthorizers } from "./adopt-authorizers";
import { linkName } from "./adopt-vpc-links";

/** A method of an account that the catalog supports, as far as it does. */
export interface AdoptableRoute extends DecodedRoute {
  readonly written: RouteInput<string>;
  readonly resources: RouteResources;
}

/** Why a method cannot be a route: it then stays in AWS, and nobody manages it. */
export interface RefusedRoute {
  readonly reason: string;
}

/**
 * @param path `/pets/{id}`
 * @param authorizers those of its API
 * @param ownHeaders whether fixed headers of a mock are its own, and not those of the API's CORS
 */
export function adoptRoute(
  path: string,
  resources: RouteResources,
  authorizers: AdoptedAuthorizers,
  ownHeaders = false,
): AdoptableRoute | RefusedRoute {
  const { entry, unsupported } = decodeRoute(path, resources, {
    authorizerOf: (id) => authorizers.ids.get(id),
    vpcLinkOf: linkName,
    ownHeaders,
  });
  if (!entry) return { reason: unsupported.map(inWords).join("; ") };
  const written = writtenRoute(entry.route, authorizers.byDefault);
  const read = routeSchema.safeParse(written);
  const checked = read.success
    ? toRoute(entry.route.key, read.data, authorizers)
    : { problems: read.error.issues.map(({ message }) => message) };
  if ("problems" in checked) return { reason: checked.problems.join("; ") };
  return { ...entry, written, resources };
}

/** Attributes that stay as they are in AWS, by the part of the route. */
export type KeptParts = Readonly<Partial<Record<RoutePart, readonly string[]>>>;

/**
 * What Terraform would change if the route were deployed over what is there, and what is therefore kept.
 *
 * @param mockHeaders headers of its mock answer, which the API's CORS gives
 */
export function keptOf({ route, resources }: AdoptableRoute, mockHeaders: AnswerHeaders): KeptParts {
  const requestValidatorId = resources.validator && route.request ? resources.method.request_validator_id : undefined;
  const written = encodeRoute(route, {
    authorizerId: resources.method.authorizer_id as string | undefined,
    mockHeaders,
    requestValidatorId: requestValidatorId as string | undefined,
    functionUri: () => "",
    vpcLinkId: () => resources.integration?.connection_id as string | undefined,
  });
  return differencesOfRoute(written, resources);
}

function inWords({ kind, attribute, value }: Unsupported): string {
  switch (kind) {
    case "no-integration":
      return "has no integration, so AWS does not deploy it";
    case "private-integration":
      return "goes through a VPC link that has no id";
    case "no-function":
      return "calls something that is neither a function nor an AWS service";
    case "not-a-url":
      return "has no URL";
    case "no-answers":
      return "has no integration response, so AWS answers 500";
    case "undeclared-status":
      return `answers ${value}, which the method does not declare`;
    case "integration-type":
      return `has an integration of type ${value}, which the catalog does not support`;
    default:
      return `has the ${attribute} ${JSON.stringify(value)}, which the catalog does not support`;
  }
}
