import { bundleOf, type Call, coldStart } from "./support/function";
import { hmacToken, Issuer, signedToken, signingKey, unsignedToken } from "./support/issuer";
import { ParameterStore } from "./support/parameter-store";

const KEY = "EmulatorOnlyKeyValue0000001";
const EVERY_METHOD = "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/prod/*";
const HALF_A_MINUTE = 31;

const bundle = bundleOf("key-authorizer");
const issuer = new Issuer();
const store = new ParameterStore();
const key = signingKey("current");
const rsaKey = signingKey("rsa", "RS256");
const edKey = signingKey("ed", "EdDSA");
const unknownKey = signingKey("unknown");
const environment = process.env;

let seconds = 0;
let authorize: ReturnType<typeof coldStart>;

const now = () => Math.floor(Date.now() / 1000);
const claims = (changes: Readonly<Record<string, unknown>> = {}) => ({
  iss: issuer.url,
  aud: "api-tiers",
  sub: "joe-black",
  exp: now() + 3600,
  ...changes,
});
const valid = () => signedToken(key, claims());

beforeAll(() => Promise.all([issuer.start(), store.start()]));
afterAll(() => Promise.all([issuer.stop(), store.stop()]));

beforeEach(() => {
  seconds = 0;
  const start = Date.now();
  jest.spyOn(Date, "now").mockImplementation(() => start + seconds * 1000);
  jest.spyOn(globalThis, "fetch");
  issuer.keys = [key, rsaKey, edKey];
  mendIssuer();
  issuer.asked.length = 0;
  store.parameters.clear();
  store.parameters.set("/api-tiers/keys/joe-black", KEY);
  store.failure = undefined;
  store.lookups.length = 0;
  process.env = {
    ...environment,
    ...store.env,
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: "api-tiers",
    KEY_STORE: "ssm",
    KEY_PREFIX: "/api-tiers/keys/",
  };
  authorize = coldStart(bundle);
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = environment;
});

function expectSilence({ said }: Call, token: string): void {
  expect(said).not.toContain(KEY);
  for (const part of token.replace(/^bearer\s+/i, "").split(".")) if (part.length > 8) expect(said).not.toContain(part);
}

test("The bundle is smaller than 300 kB", () => {
  expect(bundle.length).toBeLessThan(300_000);
});

test("A valid token opens every method of its stage, with the key of its subscription", async () => {
  const token = valid();
  const call = await authorize(`Bearer ${token}`);
  expect(call.answer).toEqual({
    principalId: "joe-black",
    usageIdentifierKey: KEY,
    context: { subscription: "joe-black" },
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: EVERY_METHOD }],
    },
  });
  expect(call.log).toEqual([{ outcome: "allow", subscription: "joe-black" }]);
  expectSilence(call, token);
});

test.each<[string, () => string]>([
  ["signed with RS256", () => signedToken(rsaKey, claims())],
  ["signed with EdDSA", () => signedToken(edKey, claims())],
  ["of several audiences", () => signedToken(key, claims({ aud: ["other", "api-tiers"] }))],
  ["of a clock three seconds behind", () => signedToken(key, claims({ exp: now() - 3 }))],
  ["of a clock three seconds ahead", () => signedToken(key, claims({ nbf: now() + 3 }))],
  ["with a scheme in lower case", () => `bearer ${valid()}`],
  ["without a scheme", () => valid()],
])("A token %s is valid", async (_, token) => {
  expect((await authorize(token())).answer?.usageIdentifierKey).toBe(KEY);
});

test.each<[string, () => string | undefined, string]>([
  ["that expired", () => signedToken(key, claims({ exp: now() - 60 })), "ERR_JWT_EXPIRED (exp)"],
  ["that never expires", () => signedToken(key, claims({ exp: undefined })), "VALIDATION_FAILED (exp)"],
  ["that is not valid yet", () => signedToken(key, claims({ nbf: now() + 60 })), "VALIDATION_FAILED (nbf)"],
  ["of another issuer", () => signedToken(key, claims({ iss: "https://evil.example.com" })), "VALIDATION_FAILED (iss)"],
  ["of an issuer but for a slash", () => signedToken(key, claims({ iss: `${issuer.url}/` })), "(iss)"],
  ["of no issuer", () => signedToken(key, claims({ iss: undefined })), "VALIDATION_FAILED (iss)"],
  ["for another audience", () => signedToken(key, claims({ aud: "other" })), "VALIDATION_FAILED (aud)"],
  ["for no audience", () => signedToken(key, claims({ aud: undefined })), "VALIDATION_FAILED (aud)"],
  ["without the claim", () => signedToken(key, claims({ sub: undefined })), "claim sub names no subscription"],
  ["with an empty claim", () => signedToken(key, claims({ sub: "" })), "claim sub names no subscription"],
  ["with a claim that is not a string", () => signedToken(key, claims({ sub: ["joe-black"] })), "claim sub names no"],
  [
    "signed by another key",
    () => signedToken({ ...unknownKey, id: key.id }, claims()),
    "SIGNATURE_VERIFICATION_FAILED",
  ],
  ["whose claims were changed", () => withClaims(valid(), claims({ sub: "globex" })), "SIGNATURE_VERIFICATION_FAILED"],
  ["with alg none", () => unsignedToken(key, claims()), "ERR_JOSE_ALG_NOT_ALLOWED"],
  ["with its signature cut off", () => valid().replace(/[^.]*$/, ""), "SIGNATURE_VERIFICATION_FAILED"],
  ["with HS256 by the public key's PEM", () => hmacToken(rsaKey, pem(), claims()), "ERR_JOSE_ALG_NOT_ALLOWED"],
  ["with HS256 by the public key's DER", () => hmacToken(rsaKey, der(), claims()), "ERR_JOSE_ALG_NOT_ALLOWED"],
  ["with another key's algorithm", () => signedToken({ ...key, id: rsaKey.id }, claims()), "NO_MATCHING_KEY"],
  ["of an unknown key", () => signedToken(unknownKey, claims()), "ERR_JWKS_NO_MATCHING_KEY"],
  ["that is missing", () => undefined, "ERR_JWS_INVALID"],
  ["that is empty", () => "", "ERR_JWS_INVALID"],
  ["that is a scheme alone", () => "Bearer", "ERR_JWS_INVALID"],
  ["of another scheme", () => `Basic ${valid()}`, "ERR_JWS_INVALID"],
  ["that is not a JWT", () => "Bearer joe-black", "ERR_JWS_INVALID"],
  ["of three empty parts", () => "..", "ERR_JWS_INVALID"],
  ["of three parts of nonsense", () => "n0nsense.n0nsense.n0nsense", "ERR_JWS_INVALID"],
])("A token %s is unauthorized, and no key is looked up", async (_, token, reason) => {
  const written = token();
  const call = await authorize(written);
  expect(call.error?.message).toBe("Unauthorized");
  expect(call.log).toEqual([{ outcome: "unauthorized", reason: expect.stringContaining(reason) }]);
  expect(store.lookups).toEqual([]);
  expectSilence(call, written ?? "");
});

test("A token that was valid is unauthorized once it has expired", async () => {
  const token = valid();
  await authorize(token);
  seconds += 3_606;
  expect((await authorize(token)).error?.message).toBe("Unauthorized");
});

test("The claim that names the subscription can be chosen", async () => {
  process.env.SUBSCRIPTION_CLAIM = "https://acme.example.com/subscription";
  const token = signedToken(key, claims({ sub: "x", "https://acme.example.com/subscription": "joe-black" }));
  expect((await authorize(token)).answer?.principalId).toBe("joe-black");
});

describe("Signing keys", () => {
  test("are discovered and fetched once", async () => {
    await authorize(valid());
    await authorize(signedToken(rsaKey, claims()));
    expect(issuer.asked).toEqual(["/.well-known/openid-configuration", "/keys"]);
  });

  test("are fetched from where OIDC_JWKS_URI says", async () => {
    process.env.OIDC_JWKS_URI = `${issuer.url}/keys`;
    await authorize(valid());
    expect(issuer.asked).toEqual(["/keys"]);
  });

  test("are fetched again when a token names one that is new", async () => {
    await authorize(valid());
    const rotated = signingKey("rotated");
    issuer.keys = [rotated];
    seconds += HALF_A_MINUTE;
    expect((await authorize(signedToken(rotated, claims()))).answer?.usageIdentifierKey).toBe(KEY);
    expect(issuer.askedForKeys).toBe(2);
  });

  test("are not fetched again for each token that names an unknown one", async () => {
    await authorize(valid());
    for (let call = 0; call < 5; call++) await authorize(signedToken(unknownKey, claims()));
    expect(issuer.askedForKeys).toBe(1);
    seconds += HALF_A_MINUTE;
    for (let call = 0; call < 5; call++) {
      const { error } = await authorize(signedToken(unknownKey, claims()));
      expect(error?.message).toBe("Unauthorized");
    }
    expect(issuer.askedForKeys).toBe(2);
  });

  test("outlive an outage of the issuer that ends within ten minutes", async () => {
    await authorize(valid());
    issuer.keysStatus = 503;
    seconds += 300;
    expect((await authorize(signedToken(unknownKey, claims()))).error?.message).toMatch(/^Cannot get the signing keys/);
    expect((await authorize(valid())).answer?.usageIdentifierKey).toBe(KEY);
  });

  test("that the issuer withdrew are forgotten", async () => {
    await authorize(valid());
    issuer.keys = [rsaKey];
    seconds += 601;
    expect((await authorize(valid())).error?.message).toBe("Unauthorized");
  });
});

test.each<[string, () => void, RegExp]>([
  ["answers with an error", () => Object.assign(issuer, { status: 503 }), /openid-configuration answers 503/],
  ["goes by another name", () => Object.assign(issuer, { name: "https://other.example.com" }), /is of another issuer/],
  [
    "publishes its keys over http",
    () => Object.assign(issuer, { jwksUri: "http://x.example.com" }),
    /must be an https/,
  ],
  ["has no keys to show", () => Object.assign(issuer, { keysStatus: 500 }), /Expected 200 OK/],
  ["cannot be reached", () => unreachable(), /fetch failed: ECONNREFUSED/],
])("An issuer that %s is an error, and asked again at the next call", async (_, arrange, message) => {
  arrange();
  const token = valid();
  const call = await authorize(token);
  expect(call.error?.message).toMatch(/^Cannot get the signing keys of https:\/\/issuer\.example\.com: /);
  expect(call.error?.message).toMatch(message);
  expect(call.log).toEqual([{ outcome: "error", reason: call.error?.message }]);
  expectSilence(call, token);

  mendIssuer();
  expect((await authorize(token)).answer?.usageIdentifierKey).toBe(KEY);
});

test.each<[string, string, string]>([
  ["nobody's", "nobody", "/api-tiers/keys/nobody"],
  ["written otherwise", "Joe-Black", "/api-tiers/keys/Joe-Black"],
  ["one that climbs out of the prefix", "../joe-black", "/api-tiers/keys/.._2fjoe-black"],
  ["one that asks for a version", "joe-black:1", "/api-tiers/keys/joe-black_3a1"],
])("A subscription that is unknown (%s) is denied without a key", async (_, subscription, name) => {
  const call = await authorize(signedToken(key, claims({ sub: subscription })));
  expect(call.answer).toEqual({
    principalId: subscription,
    context: { subscription },
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: "Deny", Resource: EVERY_METHOD }],
    },
  });
  expect(call.log).toEqual([{ outcome: "deny", subscription, reason: expect.any(String) }]);
  expect(store.lookups).toEqual([name]);
});

test("A subscription that no catalog could hold is denied without a lookup", async () => {
  const call = await authorize(signedToken(key, claims({ sub: "x".repeat(129) })));
  expect(call.answer?.policyDocument.Statement[0]?.Effect).toBe("Deny");
  expect(store.lookups).toEqual([]);
});

test.each<[string, () => void, string]>([
  ["breaks off", () => Object.assign(store, { failure: "cut" }), "from ssm"],
  ["is throttled", () => fails(400, "ThrottlingException"), "ThrottlingException"],
  ["is denied", () => fails(400, "AccessDeniedException"), "AccessDeniedException"],
  ["fails", () => fails(500, "InternalServerError"), "InternalServerError"],
  ["is empty", () => void store.parameters.set("/api-tiers/keys/joe-black", ""), "is empty"],
])("A lookup that %s is an error that is not remembered", async (_, arrange, reason) => {
  arrange();
  const token = valid();
  const call = await authorize(token);
  expect(call.error?.message).toContain("/api-tiers/keys/joe-black");
  expect(call.error?.message).toContain(reason);
  expect(call.log).toEqual([{ outcome: "error", reason: call.error?.message }]);
  expectSilence(call, token);

  store.failure = undefined;
  store.parameters.set("/api-tiers/keys/joe-black", KEY);
  expect((await authorize(token)).answer?.usageIdentifierKey).toBe(KEY);
});

describe("A key", () => {
  test.each([
    ["for five minutes", undefined, 299, 301],
    ["for as long as KEY_CACHE_SECONDS says", "60", 59, 61],
  ])("is cached %s", async (_, cacheSeconds, before, after) => {
    if (cacheSeconds) process.env.KEY_CACHE_SECONDS = cacheSeconds;
    await authorize(valid());
    store.parameters.set("/api-tiers/keys/joe-black", "EmulatorOnlyKeyValue0000002");
    seconds = before;
    expect((await authorize(valid())).answer?.usageIdentifierKey).toBe(KEY);
    seconds = after;
    expect((await authorize(valid())).answer?.usageIdentifierKey).toBe("EmulatorOnlyKeyValue0000002");
    expect(store.lookups).toHaveLength(2);
  });

  test("that is handed over late is found half a minute later", async () => {
    const token = signedToken(key, claims({ sub: "globex" }));
    await authorize(token);
    await authorize(token);
    expect(store.lookups).toHaveLength(1);
    store.parameters.set("/api-tiers/keys/globex", KEY);
    seconds += HALF_A_MINUTE;
    expect((await authorize(token)).answer?.usageIdentifierKey).toBe(KEY);
  });
});

test("A broken environment is an error that names every variable, until it is fixed", async () => {
  const { OIDC_AUDIENCE } = process.env;
  Object.assign(process.env, {
    OIDC_ISSUER: "http://issuer.example.com",
    KEY_STORE: "vault",
    KEY_CACHE_SECONDS: "soon",
  });
  delete process.env.OIDC_AUDIENCE;
  process.env.KEY_PREFIX = "";
  expect((await authorize(valid())).error?.message).toBe(
    "The key authorizer's environment is incomplete: OIDC_ISSUER must be an https URL; OIDC_AUDIENCE is missing; " +
      "KEY_STORE must be ssm or secretsmanager; KEY_PREFIX is missing; " +
      "KEY_CACHE_SECONDS must be a whole number of seconds, 99999 at most",
  );
  Object.assign(process.env, {
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE,
    KEY_STORE: "ssm",
    KEY_PREFIX: "/api-tiers/keys/",
    KEY_CACHE_SECONDS: "",
  });
  expect((await authorize(valid())).answer?.usageIdentifierKey).toBe(KEY);
});

function withClaims(token: string, changed: object): string {
  const [header, , signature] = token.split(".");
  return [header, Buffer.from(JSON.stringify(changed)).toString("base64url"), signature].join(".");
}

function mendIssuer(): void {
  Object.assign(issuer, { name: issuer.url, jwksUri: `${issuer.url}/keys`, status: 200, keysStatus: 200 });
  jest.mocked(fetch).mockImplementation(issuer.fetch);
}

const pem = () => rsaKey.publicKey.export({ type: "spki", format: "pem" });
const der = () => rsaKey.publicKey.export({ type: "spki", format: "der" });

function fails(status: number, type: string): void {
  store.failure = { status, type };
}

function unreachable(): void {
  const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  jest.mocked(fetch).mockRejectedValue(new TypeError("fetch failed", { cause }));
}
