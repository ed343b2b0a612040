// jose, not aws-jwt-verify: that one keeps signing keys for as long as it lives, and takes tokens that never expire.
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { VerifyToken } from "./authorize";
import { problemOfUrl, type Settings } from "./settings";

/** Signatures by a private key only: with HS256, the issuer's public key would be the secret that makes tokens. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/** How far apart the clocks of issuer and Lambda may be. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Signing keys are fetched again after so long, to forget those that the issuer withdrew. */
const SIGNING_KEYS_MAX_AGE_MS = 10 * 60_000;

/** Tokens signed by an unknown key make us ask the issuer no more often than this. */
const SIGNING_KEYS_COOLDOWN_MS = 30_000;

const FETCH_TIMEOUT_MS = 5_000;

/** What a token itself can be to blame for when its signing key is looked for; anything else is the issuer's fault. */
const UNUSABLE_KEY_ID = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys];

/** Verifies tokens of an OIDC issuer, whose signing keys it caches. */
export function oidcVerifier(
  { issuer, audience, jwksUri, subscriptionClaim }: Settings,
  clock: () => number,
): VerifyToken {
  const signingKey = signingKeysOf(issuer, jwksUri);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, signingKey, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ["exp"],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(clock()),
      });
      const subscription = payload[subscriptionClaim];
      if (typeof subscription === "string" && subscription !== "") return { subscription };
      return { invalid: `claim ${subscriptionClaim} names no subscription` };
    } catch (error) {
      if (error instanceof errors.JOSEError) return { invalid: reasonOf(error) };
      throw error;
    }
  };
}

/** The code, not the message, since some messages quote the token. */
function reasonOf(error: errors.JOSEError): string {
  const blamesClaim = error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired;
  return blamesClaim ? `${error.code} (${error.claim})` : error.code;
}

function signingKeysOf(issuer: string, jwksUri: string | undefined): JWTVerifyGetKey {
  let signingKeys: JWTVerifyGetKey | undefined;
  return async (...headerAndToken) => {
    try {
      signingKeys ??= createRemoteJWKSet(new URL(jwksUri ?? (await discoverJwksUri(issuer))), {
        cacheMaxAge: SIGNING_KEYS_MAX_AGE_MS,
        cooldownDuration: SIGNING_KEYS_COOLDOWN_MS,
        timeoutDuration: FETCH_TIMEOUT_MS,
      });
      return await signingKeys(...headerAndToken);
    } catch (error) {
      if (UNUSABLE_KEY_ID.some((unusable) => error instanceof unusable)) throw error;
      throw new Error(`Cannot get the signing keys of ${issuer}: ${describe(error)}`);
    }
  };
}

/** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig */
async function discoverJwksUri(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${address} answers ${response.status}; OIDC_JWKS_URI would spare asking it`);
  const found = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  if (found.issuer !== issuer) throw new Error(`${address} is of another issuer; set OIDC_ISSUER just as it says`);
  const problem = problemOfUrl(String(found.jwks_uri));
  if (problem !== undefined) throw new Error(`jwks_uri in ${address} ${problem}`);
  return String(found.jwks_uri);
}

/** `fetch` says no more than "fetch failed"; what happened is its cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${"code" in cause ? cause.code : cause.message}` : error.message;
}
