import { type ModelSchemas, NO_MODELS } from "../contract/model-schemas";
import {
  type DecodedRoute,
  type DecodeOptions,
  decodeRoute,
  differencesOfRoute,
  encodeRoute,
  type RouteResources,
} from "../contract/route";
import type { Unsupported } from "../contract/unsupported";
import { vpcLinkName } from "../contract/vpc-link";
import type { AnswerHeaders } from "../vocabulary/cors-answers";
import type { RoutePart } from "../vocabulary/imports";
import { type Route, type RouteInput, routeSchema, toRoute } from "../vocabulary/route";
import { writtenRoute } from "../vocabulary/written-route";
import type { AdoptedAuthorizers } from "./adopt-authorizers";

/** A method of an account that the catalog supports, as far as it does. */
export interface AdoptableRoute extends DecodedRoute {
  readonly written: RouteInput<string>;
  readonly resources: RouteResources;
  readonly models: ModelSchemas;
}

/** Why a method cannot be a route: it then stays in AWS, and nobody manages it. */
export interface RefusedRoute {
  readonly reason: string;
}

/** How a mock is written, and the models of the API that have names. */
export type AdoptRouteOptions = Pick<DecodeOptions, "ownHeaders" | "byTemplates" | "models">;

/**
 * @param path `/pets/{id}`
 * @param authorizers those of its API
 */
export function adoptRoute(
  path: string,
  resources: RouteResources,
  authorizers: AdoptedAuthorizers,
  options: AdoptRouteOptions = {},
): AdoptableRoute | RefusedRoute {
  const { entry, unsupported } = decodeRoute(path, resources, {
    authorizerOf: (id) => authorizers.ids.get(id),
    vpcLinkOf: vpcLinkName,
    ...options,
  });
  if (!entry) return { reason: unsupported.map(inWords).join("; ") };
  const written = writtenRoute(entry.route, authorizers.byDefault);
  const read = routeSchema.safeParse(written);
  const checked = read.success
    ? toRoute(entry.route.key, read.data, authorizers)
    : { problems: read.error.issues.map(({ message }) => message) };
  if ("problems" in checked) return { reason: checked.problems.join("; ") };
  return { ...entry, written, resources, models: options.models ?? NO_MODELS };
}

/** Attributes that stay as they are in AWS, by the part of the route. */
export type KeptParts = Readonly<Partial<Record<RoutePart, readonly string[]>>>;

/** What an API gives its routes. */
export interface GivenByApi {
  /**
   * Headers of answers that API Gateway makes, which the API's CORS gives.
   * @default - none
   */
  readonly headersOf?: (route: Route) => AnswerHeaders;
  /**
   * The id in AWS of the request validator.
   * @default - none
   */
  readonly validatorIdOf?: (route: Route) => string | undefined;
}

/** A route with what of it is kept. */
export interface KeptRoute extends AdoptableRoute {
  readonly keep: KeptParts;
  /** Whether it is a mock that is written by its templates, with all of its headers. */
  readonly isExact: boolean;
}

/**
 * The route with what of it has to be kept. A fixed answer of a mock is one word in the catalog, for whose templates the
 * catalog has words of its own; where they are others in AWS, the mock is written by its templates.
 *
 * @param ofApi what the API gives a route
 */
export function withKept(adopted: AdoptableRoute, authorizers: AdoptedAuthorizers, ofApi: GivenByApi = {}): KeptRoute {
  const { route, resources, models } = adopted;
  const keep = keptOf(adopted, ofApi);
  const isFixed = route.integration.type === "mock" && !route.integration.settings;
  // With headers of the API's CORS it goes on to follow that.
  if (isFixed && Object.keys(adopted.mockHeaders).length === 0 && count(keep) > 0) {
    const exact = adoptRoute(route.path, resources, authorizers, { byTemplates: true, models });
    const kept = "reason" in exact ? keep : keptOf(exact, ofApi);
    if (!("reason" in exact) && count(kept) < count(keep)) return { ...exact, keep: kept, isExact: true };
  }
  return { ...adopted, keep, isExact: false };
}

const count = (keep: KeptParts) => Object.values(keep).flat().length;

/** What Terraform would change if the route were deployed over what is there, and what is therefore kept. */
function keptOf({ route, resources, models }: AdoptableRoute, { headersOf, validatorIdOf }: GivenByApi): KeptParts {
  const written = encodeRoute(route, {
    authorizerId: resources.method.authorizer_id as string | undefined,
    mockHeaders: headersOf?.(route),
    requestValidatorId: validatorIdOf?.(route),
    functionUri: () => "",
    models,
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
