import { EXTENSIONS } from "../document/extensions";
import type { ApiModel, RouteModel } from "../model/model";
import type { OpenApiSecurityScheme } from "./openapi-document";

/** Something that a request has to have to be let through. */
export interface Proof {
  /** The same for the same thing: `key`, `signature`, `header:authorization`, `query:token`. */
  readonly id: string;
  /** The name of its scheme, where a document has none of its own. */
  readonly name: string;
  readonly scheme: OpenApiSecurityScheme;
  /** Scopes of which a token must have one. */
  readonly scopes: readonly string[];
}

/** All that API Gateway asks of a request. */
export function proofsOf(route: RouteModel, { keySource }: Pick<ApiModel, "keySource">): Proof[] {
  const { apiKeyRequired, authorization, authorizer, authorizationScopes } = route;
  const isKeySent = apiKeyRequired && (keySource === "HEADER" || !authorizer);
  const key = isKeySent ? [{ id: KEY, name: "apiKey", scheme: API_KEY, scopes: [] }] : [];
  if (authorization === "AWS_IAM") return [...key, { id: SIGNATURE, name: "sigv4", scheme: IAM, scopes: [] }];
  const isCognito = authorization === "COGNITO_USER_POOLS";
  const source = authorizer?.identitySource ?? (isCognito ? "method.request.header.Authorization" : "");
  const description = isCognito
    ? "A token of the user pool."
    : keySource === "AUTHORIZER"
      ? "Says who calls; the API key follows from it."
      : "Says who calls.";
  const identity = placesIn(source).map((place) => ({
    id: idOf(place),
    name: isCognito ? "cognito" : `authorizer-${place.name}`.replaceAll(/[^A-Za-z0-9._-]/g, "-"),
    scheme: schemeIn(place, description, isCognito ? "cognito_user_pools" : "custom"),
    scopes: isCognito ? authorizationScopes : [],
  }));
  return [...key, ...identity];
}

export const KEY = "key";
export const SIGNATURE = "signature";

interface Place {
  readonly in: "header" | "query";
  readonly name: string;
}

export const idOf = ({ in: place, name }: Place): string =>
  `${place}:${place === "header" ? name.toLowerCase() : name}`;

/** Headers and query parameters of an identity source; what stands elsewhere (stage variables, the context) is not for the caller to send. */
export function placesIn(identitySource: string): Place[] {
  return identitySource.split(",").flatMap((each): Place[] => {
    const [, place, name] = /^method\.request\.(querystring|header)\.(.+)$/.exec(each.trim()) ?? [];
    return name === undefined ? [] : [{ in: place === "header" ? "header" : "query", name }];
  });
}

const schemeIn = (place: Place, description: string, authorizerType: string): OpenApiSecurityScheme => ({
  type: "apiKey",
  in: place.in,
  name: place.name,
  description,
  [EXTENSIONS.authorizerType]: authorizerType,
});

const API_KEY: OpenApiSecurityScheme = {
  type: "apiKey",
  in: "header",
  name: "x-api-key",
  description: "The key of your subscription.",
};

const IAM = schemeIn({ in: "header", name: "Authorization" }, "A signature with AWS credentials.", "awsSigv4");
