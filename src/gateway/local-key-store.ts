import type { HandedOverKey } from "../model/model";
import type { LocalGateway } from "./local-gateway";
import { type GatewayAnswer, headerValue, type PlainRequest } from "./request";

/** Where the key store is on the local server. */
export const KEY_STORE_PATH = "/_tiers/aws";

/**
 * What functions need in their environment to find local keys where they would find real ones on AWS. Other services of
 * AWS know no such credentials.
 *
 * @param url of the local server
 */
export function keyStoreEnvironment(url: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_SSM: url + KEY_STORE_PATH,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url + KEY_STORE_PATH,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
}

/** An operation that reads a key, by the header that names it. */
interface Reading {
  readonly store: HandedOverKey["store"];
  readonly nameField: string;
  readonly notFound: string;
  readonly found: (name: string, value: string) => unknown;
}

const READINGS: Readonly<Record<string, Reading>> = {
  "AmazonSSM.GetParameter": {
    store: "ssm",
    nameField: "Name",
    notFound: "ParameterNotFound",
    found: (Name, Value) => ({ Parameter: { Name, Value, Type: "SecureString", Version: 1 } }),
  },
  "secretsmanager.GetSecretValue": {
    store: "secretsmanager",
    nameField: "SecretId",
    notFound: "ResourceNotFoundException",
    found: (Name, SecretString) => ({ Name, SecretString }),
  },
};

/** Answers as SSM and Secrets Manager do, with the local values of the keys that are handed over there. */
export function answerOfKeyStore(local: LocalGateway, { headers, body }: PlainRequest): GatewayAnswer {
  const target = headerValue(headers, "x-amz-target") ?? "";
  const reading = Object.hasOwn(READINGS, target) ? READINGS[target] : undefined;
  if (!reading) return refused("UnknownOperationException", `${target || "nothing"} is not known here`);
  const name = nameIn(body, reading.nameField);
  const key = local.model.keys.find(({ handedOver }) => {
    return handedOver?.store === reading.store && handedOver.name === name;
  });
  if (!key) return refused(reading.notFound, `${name} is not handed over in ${reading.store}`);
  return json(200, reading.found(name, local.keyValue(key)));
}

function nameIn(body: Uint8Array, field: string): string {
  try {
    return String(JSON.parse(Buffer.from(body).toString())[field]);
  } catch {
    return "";
  }
}

const refused = (type: string, message: string) => json(400, { __type: type, message });

const json = (status: number, value: unknown): GatewayAnswer => ({
  status,
  headers: [["Content-Type", "application/x-amz-json-1.1"]],
  body: JSON.stringify(value),
});
