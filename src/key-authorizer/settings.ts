const KEY_STORES = ["ssm", "secretsmanager"] as const;

/** Where keys are handed over: SSM parameters, or secrets of Secrets Manager. */
export type KeyStoreName = (typeof KEY_STORES)[number];

/** What the environment tells the authorizer. */
export interface Settings {
  /** `OIDC_ISSUER`, just as tokens name it in `iss`. */
  readonly issuer: string;
  /** `OIDC_AUDIENCE` */
  readonly audience: string;
  /** `OIDC_JWKS_URI`; left out, the issuer's discovery document tells it. */
  readonly jwksUri: string | undefined;
  /** `SUBSCRIPTION_CLAIM`, "sub" if left out. */
  readonly subscriptionClaim: string;
  /** `KEY_STORE` */
  readonly keyStore: KeyStoreName;
  /** `KEY_PREFIX`, such as "/api-tiers/keys/". */
  readonly keyPrefix: string;
  /** `KEY_CACHE_SECONDS`, 300 if left out. */
  readonly keyCacheSeconds: number;
}

/** Reads the settings, or says all at once what is wrong with the environment. */
export function settingsFrom(environment: Readonly<Record<string, string | undefined>>): Settings {
  const problems: string[] = [];
  const optional = (name: string, problemOf: (value: string) => string | undefined = () => undefined) => {
    const value = environment[name] || undefined;
    const problem = value === undefined ? undefined : problemOf(value);
    if (problem !== undefined) problems.push(`${name} ${problem}`);
    return value;
  };
  const required = (...[name, problemOf]: Parameters<typeof optional>) => {
    const value = optional(name, problemOf);
    if (value === undefined) problems.push(`${name} is missing`);
    return value ?? "";
  };

  const settings = {
    issuer: required("OIDC_ISSUER", problemOfUrl),
    audience: required("OIDC_AUDIENCE"),
    jwksUri: optional("OIDC_JWKS_URI", problemOfUrl),
    subscriptionClaim: optional("SUBSCRIPTION_CLAIM") ?? "sub",
    keyStore: required("KEY_STORE", problemOfStore) as KeyStoreName,
    keyPrefix: required("KEY_PREFIX"),
    keyCacheSeconds: Number(optional("KEY_CACHE_SECONDS", problemOfSeconds) ?? 300),
  };
  if (problems.length > 0) throw new Error(`The key authorizer's environment is incomplete: ${problems.join("; ")}`);
  return settings;
}

/** Over plain http, someone in between could hand us signing keys of their own. */
export function problemOfUrl(value: string): string | undefined {
  return URL.canParse(value) && new URL(value).protocol === "https:" ? undefined : "must be an https URL";
}

const problemOfStore = (value: string) =>
  KEY_STORES.some((store) => store === value) ? undefined : `must be ${KEY_STORES.join(" or ")}`;

const problemOfSeconds = (value: string) =>
  /^\d{1,5}$/.test(value) ? undefined : "must be a whole number of seconds, 99999 at most";
