import type { KeyLocation } from "../model/key-locations";
import type { HandedOverKey } from "../model/model";
import { loadOptional, MissingPackage } from "../project/optional-package";

/**
 * Reads a key from the store in which it was handed over, with the credentials of the environment.
 *
 * @throws Error that says why it could not be read and what to do
 */
export async function readKeyValue(location: KeyLocation): Promise<string> {
  const { subscription, stack, region, handedOver, existingKeyId } = location;
  if (existingKeyId !== undefined)
    throw new Error(
      `the key of "${subscription}" is managed elsewhere, so this project has no value to show; ask its owner, or read ` +
        `the key ${existingKeyId} in API Gateway`,
    );
  if (!handedOver)
    throw new Error(
      `the key of "${subscription}" is not handed over, so there is none to read; ` +
        "give the catalog a keyStore, or the subscription handOver, and deploy",
    );
  // Terraform knows AWS_DEFAULT_REGION too, the SDK does not.
  const where = region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const config = where ? { region: where } : {};
  const value = await READERS[handedOver.store](handedOver.name, config).catch((error: unknown) => {
    throw new Error(reasonOf(error, handedOver, stack));
  });
  if (!value) throw new Error(`${handedOver.name} has no value; deploy the stack ${stack}`);
  return value;
}

type Reader = (name: string, config: { readonly region?: string }) => Promise<string | undefined>;

/** The clients are loaded only here, for those who only synthesize need none. */
const READERS: Readonly<Record<HandedOverKey["store"], Reader>> = {
  ssm: async (name, config) => {
    const { SSMClient, GetParameterCommand } = await loadOptional(
      "@aws-sdk/client-ssm",
      "--show",
      () => import("@aws-sdk/client-ssm"),
    );
    const command = new GetParameterCommand({ Name: name, WithDecryption: true });
    return (await new SSMClient(config).send(command)).Parameter?.Value;
  },
  secretsmanager: async (name, config) => {
    const { SecretsManagerClient, GetSecretValueCommand } = await loadOptional(
      "@aws-sdk/client-secrets-manager",
      "--show",
      () => import("@aws-sdk/client-secrets-manager"),
    );
    return (await new SecretsManagerClient(config).send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
  },
};

function reasonOf(error: unknown, { name }: HandedOverKey, stack: string): string {
  if (error instanceof MissingPackage) return error.message;
  const { name: kind, message, code } = error as NodeJS.ErrnoException;
  if (kind === "ParameterNotFound" || kind === "ResourceNotFoundException")
    return `${name} is not there, in this account and Region; deploy the stack ${stack}, or look at your credentials`;
  const reason = [kind === "Error" ? undefined : kind, message || code].filter(Boolean).join(": ");
  return `${name} cannot be read: ${reason}${reason === "Region is missing" ? "; set AWS_REGION" : ""}`;
}
