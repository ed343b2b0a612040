import { createPublicKey, type JsonWebKey, type KeyObject, verify } from "node:crypto";
import { isObject } from "../../vocabulary/objects";

/** A JSON Web Key Set, as a user pool serves it at `/.well-known/jwks.json`. */
export interface SigningKeys {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

export type Claims = Readonly<Record<string, unknown>>;

const SHORTEST_MODULUS = 2_048;

/**
 * Reads tokens that are signed by RS256, the one algorithm of Cognito. Not jose, which is an ES module alone: the test kit must
 * load in test runners that cannot load such modules.
 */
export class SignedTokens {
  private readonly keys = new Map<string, KeyObject>();

  /** Keys that cannot sign by RS256 are left out. */
  constructor({ keys }: SigningKeys) {
    for (const key of keys) {
      const { kid, kty } = key;
      if (typeof kid !== "string" || kty !== "RSA") continue;
      const made = publicKeyOf(key);
      if (made && (made.asymmetricKeyDetails?.modulusLength ?? 0) >= SHORTEST_MODULUS) this.keys.set(kid, made);
    }
  }

  /** The claims of a token whose signature is right; `undefined` for any other. When it expires is not looked at. */
  claimsOf(token: string): Claims | undefined {
    const parts = token.split(".");
    const [header = "", payload = "", signature = ""] = parts;
    const { alg, kid } = jsonIn(header) ?? {};
    const key = typeof kid === "string" ? this.keys.get(kid) : undefined;
    if (parts.length !== 3 || alg !== "RS256" || !key) return undefined;
    const isRight = verify("RSA-SHA256", Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"));
    return isRight ? jsonIn(payload) : undefined;
  }
}

function publicKeyOf(key: Readonly<Record<string, unknown>>): KeyObject | undefined {
  try {
    return createPublicKey({ key: key as JsonWebKey, format: "jwk" });
  } catch {
    return undefined;
  }
}

function jsonIn(part: string): Claims | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
