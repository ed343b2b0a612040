import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { parameterName } from "../contract/parameter-name";
import type { LookUpKey } from "./authorize";
import type { KeyStoreName, Settings } from "./settings";

/** Longest id that a catalog allows. A longer one is unknown; the store would call it a wrong request instead. */
const LONGEST_SUBSCRIPTION_ID = 128;

/** A caller waits for the answer, so an outage is reported soon. */
const CLIENT = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};

/** How a store says that it has no such key. A secret that is marked for deletion is an invalid request. */
const ABSENT = ["ParameterNotFound", "ResourceNotFoundException", "InvalidRequestException"];

const READERS: Record<KeyStoreName, () => (name: string) => Promise<string | undefined>> = {
  ssm: () => {
    const client = new SSMClient(CLIENT);
    return async (Name) =>
      (await client.send(new GetParameterCommand({ Name, WithDecryption: true }))).Parameter?.Value;
  },
  secretsmanager: () => {
    const client = new SecretsManagerClient(CLIENT);
    return async (SecretId) => (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
  },
};

/** Looks keys up where they are handed over. */
export function keyStore({ keyStore, keyPrefix }: Settings): LookUpKey {
  const read = READERS[keyStore]();
  return async (subscription) => {
    if (subscription.length > LONGEST_SUBSCRIPTION_ID) return undefined;
    const name = parameterName(keyPrefix, subscription);
    const key = await read(name).catch((error: unknown) => {
      const reason = codeOf(error);
      if (ABSENT.includes(reason)) return undefined;
      throw new Error(`Cannot read ${name} from ${keyStore}: ${reason}`);
    });
    if (key === "") throw new Error(`${name} in ${keyStore} is empty`);
    return key;
  };
}

/** The code, not the message, since that may quote an answer that could not be read, key included. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
