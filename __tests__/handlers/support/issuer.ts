import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type LoopbackServer, serveJson } from "./loopback";

const DISCOVERY_PATH = "/.well-known/openid-configuration";
const JWKS_PATH = "/keys";

/** A key pair with which tokens are signed. */
export interface SigningKey {
  readonly id: string;
  readonly alg: "RS256" | "ES256" | "EdDSA";
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const GENERATORS: Record<SigningKey["alg"], () => { publicKey: KeyObject; privateKey: KeyObject }> = {
  RS256: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  EdDSA: () => generateKeyPairSync("ed25519"),
};

export const signingKey = (id: string, alg: SigningKey["alg"] = "ES256"): SigningKey => ({
  id,
  alg,
  ...GENERATORS[alg](),
});

type Claims = Readonly<Record<string, unknown>>;
type Signer = (signed: string) => Buffer;

const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function token(header: Claims, claims: Claims, signer: Signer): string {
  const signed = `${segment(header)}.${segment(claims)}`;
  return `${signed}.${signer(signed).toString("base64url")}`;
}

export const signedToken = (key: SigningKey, claims: Claims): string =>
  token({ alg: key.alg, kid: key.id, typ: "JWT" }, claims, (signed) =>
    sign(key.alg === "EdDSA" ? null : "sha256", Buffer.from(signed), {
      key: key.privateKey,
      dsaEncoding: "ieee-p1363",
    }),
  );

export const unsignedToken = (key: SigningKey, claims: Claims): string =>
  token({ alg: "none", kid: key.id }, claims, () => Buffer.alloc(0));

/** What passes a verifier that takes the algorithm from the token, and the public key for a shared secret. */
export const hmacToken = (key: SigningKey, secret: string | Buffer, claims: Claims): string =>
  token({ alg: "HS256", kid: key.id }, claims, (signed) => createHmac("sha256", secret).update(signed).digest());

/** An OIDC issuer whose discovery document and signing keys are served on this machine. */
export class Issuer {
  readonly url = "https://issuer.example.com";
  /** Of the discovery document; an issuer that calls itself otherwise is not to be believed. */
  name = this.url;
  jwksUri = `${this.url}${JWKS_PATH}`;
  status = 200;
  keysStatus = 200;
  keys: readonly SigningKey[] = [];
  /** Paths that were asked for. */
  readonly asked: string[] = [];

  private server: LoopbackServer | undefined;

  async start(): Promise<void> {
    this.server = await serveJson(({ url = "" }) => {
      this.asked.push(url);
      if (url === DISCOVERY_PATH) return { status: this.status, body: { issuer: this.name, jwks_uri: this.jwksUri } };
      const keys = this.keys.map(({ id, alg, publicKey }) => ({
        ...publicKey.export({ format: "jwk" }),
        kid: id,
        alg,
      }));
      return { status: this.keysStatus, body: { keys } };
    });
  }

  async stop(): Promise<void> {
    await this.server?.close();
  }

  /** Where it really is. */
  get origin(): string {
    return this.server?.origin ?? "";
  }

  /** How often the signing keys were asked for. */
  get askedForKeys(): number {
    return this.asked.filter((path) => path === JWKS_PATH).length;
  }

  /** A `fetch` that finds the issuer here: the authorizer itself speaks https only. */
  readonly fetch: typeof fetch = async (input, init) => {
    const url = new URL(String(input instanceof Request ? input.url : input));
    if (url.origin !== this.url) throw new Error(`${url} is not the issuer`);
    return realFetch(this.origin + url.pathname, init);
  };
}

const realFetch = fetch;
