import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { parameterName } from "../../contract/parameter-name";
import type { ValueStore } from "../service/ports";
import type { ServiceSettings } from "../settings-from";
import { CLIENT, sent } from "./client-options";

type StoreSettings = NonNullable<ServiceSettings["store"]>;

/** Hands values over as SecureString parameters or as secrets, under a path of the service's own. */
export function valueStore(settings: StoreSettings | undefined): ValueStore {
  if (settings === undefined) return NONE;
  return settings.type === "ssm" ? parameters(settings) : secrets(settings);
}

/** Where values stand in answers, there is nothing to remove, and nothing asks to put one. */
const NONE: ValueStore = {
  put: () => Promise.reject(new Error("there is no store for values")),
  remove: () => Promise.resolve(),
};

function parameters({ prefix, kmsKeyId }: StoreSettings): ValueStore {
  const client = new SSMClient(CLIENT);
  return {
    async put(subscription, Value) {
      const parameter = {
        Name: parameterName(prefix, subscription),
        Value,
        Type: "SecureString" as const,
        KeyId: kmsKeyId,
        Overwrite: true,
      };
      await sent("PutParameter", () => client.send(new PutParameterCommand(parameter)));
    },
    async remove(subscription) {
      const Name = parameterName(prefix, subscription);
      await sent("DeleteParameter", () => client.send(new DeleteParameterCommand({ Name })), ["ParameterNotFound"]);
    },
  };
}

function secrets({ prefix, kmsKeyId }: StoreSettings): ValueStore {
  const client = new SecretsManagerClient(CLIENT);
  return {
    async put(subscription, SecretString) {
      const Name = parameterName(prefix, subscription);
      const create = () => client.send(new CreateSecretCommand({ Name, SecretString, KmsKeyId: kmsKeyId }));
      if ((await sent("CreateSecret", create, ["ResourceExistsException"])) !== undefined) return;
      await sent("PutSecretValue", () => client.send(new PutSecretValueCommand({ SecretId: Name, SecretString })));
    },
    async remove(subscription) {
      const SecretId = parameterName(prefix, subscription);
      // At once: a key that works no more opens nothing, and its name is needed if the customer comes back.
      const request = () => client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
      await sent("DeleteSecret", request, ["ResourceNotFoundException"]);
    },
  };
}
