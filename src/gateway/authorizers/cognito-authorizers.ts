import type { AuthorizerModel } from "../../model/model";
import type { AuthorizedCaller } from "../gateway";
import type { GatewayError } from "../gateway-responses";
import type { RoutedRequest } from "../routed-request";
import { identityOf } from "./identity";
import { type Claims, SignedTokens, type SigningKeys } from "./signed-tokens";

const REFUSED = (reason: string): GatewayError => ({ type: "UNAUTHORIZED", reason });

/**
 * Takes tokens of Cognito user pools, whose signing keys are given: Cognito itself is not asked.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
export class CognitoAuthorizers {
  private readonly tokens: SignedTokens | undefined;

  /** @param jwks signing keys of the user pools; `undefined` refuses every token */
  constructor(jwks: SigningKeys | undefined) {
    this.tokens = jwks && new SignedTokens(jwks);
  }

  /** @param scopes of which an access token must have one; none asks for an identity token */
  authorize(
    authorizer: AuthorizerModel,
    routed: RoutedRequest,
    scopes: readonly string[],
  ): AuthorizedCaller | GatewayError {
    const identity = identityOf(authorizer, routed);
    if (identity.kind !== "complete") return REFUSED(identity.reason);
    if (!this.tokens)
      return REFUSED("no signing keys of the user pool are here, so no token passes; give them by --jwks");
    const token = (identity.values[0] ?? "").replace(/^Bearer /i, "");
    const claims = this.tokens.claimsOf(token);
    if (claims === undefined) return REFUSED("the token is not signed by a user pool whose keys are here");
    const problem = problemOf(claims, authorizer, scopes);
    if (problem !== undefined) return REFUSED(problem);
    const { exp } = claims;
    if (typeof exp !== "number" || exp * 1_000 <= routed.at)
      return { type: "UNAUTHORIZED", message: "The incoming token has expired", reason: "the token has expired" };
    return { principalId: String(claims.sub), context: {}, claims: written(claims), usageIdentifierKey: undefined };
  }
}

/** `arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a` is the pool of one issuer. */
function issuerOf(arn: string): string {
  const [, , , region = "", , resource = ""] = arn.split(":");
  return `https://cognito-idp.${region}.amazonaws.com/${resource.replace(/^userpool\//, "")}`;
}

function problemOf(
  { iss, token_use, scope }: Claims,
  { userPools }: AuthorizerModel,
  scopes: readonly string[],
): string | undefined {
  if (userPools.length > 0 && !userPools.map(issuerOf).includes(String(iss)))
    return "the token is of another user pool";
  if (scopes.length === 0)
    return token_use === "access" ? "an access token came, and the method has no scopes" : undefined;
  const has = typeof scope === "string" ? scope.split(" ") : [];
  return scopes.some((each) => has.includes(each))
    ? undefined
    : `the token has none of the scopes ${scopes.join(", ")}`;
}

/** `$context.authorizer.claims`: every claim is a string, and times are written out. */
function written(claims: Claims): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      if ((name === "exp" || name === "iat") && typeof value === "number") return [name, dateOf(value)];
      if (Array.isArray(value)) return [name, value.join(",")];
      return [name, typeof value === "object" && value !== null ? JSON.stringify(value) : String(value)];
    }),
  );
}

/** `Tue Nov 01 16:07:27 UTC 2016` */
function dateOf(seconds: number): string {
  const [weekday = "", day, month, year, time] = new Date(seconds * 1_000).toUTCString().split(" ");
  return `${weekday.slice(0, 3)} ${month} ${day} ${time} UTC ${year}`;
}
