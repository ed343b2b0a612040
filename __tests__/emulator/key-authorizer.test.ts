import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { bundleOf, coldStart } from "../handlers/support/function";
import { Issuer, signedToken, signingKey } from "../handlers/support/issuer";
import { Emulator } from "../support/emulator";
import { describeWith } from "../support/requirements";

// The emulator loads a service of AWS at its first call.
jest.setTimeout(90_000);

const KEY = "EmulatorOnlyKeyValue0000001";
const PREFIX = "/api-tiers/keys/";

describeWith(["emulator"], "The key authorizer looks up, on the emulator,", () => {
  const environment = process.env;
  const issuer = new Issuer();
  const signing = signingKey("current");
  const bundle = bundleOf("key-authorizer");
  let emulator: Emulator;

  const authorizeWith = (keyStore: string) => {
    process.env.KEY_STORE = keyStore;
    const authorize = coldStart(bundle);
    return (subscription: string) =>
      authorize(
        signedToken(signing, { iss: issuer.url, aud: "api-tiers", sub: subscription, exp: Date.now() / 1000 + 60 }),
      );
  };

  beforeAll(async () => {
    issuer.keys = [signing];
    [emulator] = await Promise.all([Emulator.start(), issuer.start()]);
    jest.spyOn(globalThis, "fetch").mockImplementation(issuer.fetch);
    process.env = {
      ...environment,
      ...emulator.env,
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: "api-tiers",
      KEY_PREFIX: PREFIX,
    };
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    process.env = environment;
    await Promise.all([emulator.stop(), issuer.stop()]);
  });

  const stores: readonly [string, (name: string) => Promise<unknown>][] = [
    ["ssm", (name) => new SSMClient().send(new PutParameterCommand({ Name: name, Value: KEY, Type: "SecureString" }))],
    [
      "secretsmanager",
      (name) => new SecretsManagerClient().send(new CreateSecretCommand({ Name: name, SecretString: KEY })),
    ],
  ];

  test.each(stores)("a key in %s", async (keyStore, handOver) => {
    await handOver(`${PREFIX}joe-black`);
    await handOver(`${PREFIX}joe_40example.com`);
    const authorize = authorizeWith(keyStore);
    for (const subscription of ["joe-black", "joe@example.com"]) {
      const { answer, said } = await authorize(subscription);
      expect(answer).toMatchObject({ principalId: subscription, usageIdentifierKey: KEY });
      expect(said).not.toContain(KEY);
    }
  });

  test.each(stores)("a key that is not in %s, and denies", async (keyStore) => {
    const { answer } = await authorizeWith(keyStore)("nobody");
    expect(answer?.policyDocument.Statement).toMatchObject([{ Effect: "Deny" }]);
    expect(answer).not.toHaveProperty("usageIdentifierKey");
  });

  test("a secret that is marked for deletion, and denies", async () => {
    const client = new SecretsManagerClient();
    await client.send(new CreateSecretCommand({ Name: `${PREFIX}gone`, SecretString: KEY }));
    await client.send(new DeleteSecretCommand({ SecretId: `${PREFIX}gone` }));
    const { answer } = await authorizeWith("secretsmanager")("gone");
    expect(answer?.policyDocument.Statement).toMatchObject([{ Effect: "Deny" }]);
  });

  test("a new version of a secret, once the old one left the cache", async () => {
    const client = new SecretsManagerClient();
    await client.send(new CreateSecretCommand({ Name: `${PREFIX}rotated`, SecretString: KEY }));
    process.env.KEY_CACHE_SECONDS = "0";
    const authorize = authorizeWith("secretsmanager");
    await authorize("rotated");
    const SecretString = "EmulatorOnlyKeyValue0000002";
    await client.send(new PutSecretValueCommand({ SecretId: `${PREFIX}rotated`, SecretString }));
    expect((await authorize("rotated")).answer?.usageIdentifierKey).toBe(SecretString);
  });
});
