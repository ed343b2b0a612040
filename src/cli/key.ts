import type { Command } from "commander";
import { type KeyLocation, keyLocation } from "../model/key-locations";
import { UnclearNameError } from "../model/names";
import { shellWord } from "../text/shell-word";
import { readKeyValue } from "./key-value";

export function addKeyCommand(program: Command): void {
  program
    .command("key")
    .description("Tells where the key of a subscription is; prints it only when asked to.")
    .argument("<subscription>", "id of the subscription")
    .option("--show", "read the key from its store, and print it", false)
    .option("--output <folder>", "cdktf's output folder", "cdktf.out")
    .action(async (subscription: string, options: { readonly show: boolean; readonly output: string }) => {
      const location = locationOf(subscription, options.output);
      console.log(options.show ? await readKeyValue(location) : describe(location));
    });
}

function locationOf(subscription: string, output: string): KeyLocation {
  try {
    return keyLocation(output, subscription);
  } catch (error) {
    throw error instanceof UnclearNameError ? new Error(`${output}: ${error.message}`) : error;
  }
}

const STORES = { ssm: "SSM Parameter Store", secretsmanager: "Secrets Manager" } as const;

function describe(location: KeyLocation): string {
  const { subscription, keyName, stack, region, handedOver, existingKeyId } = location;
  const name = shellWord(handedOver?.name ?? keyName);
  const inRegion = region === undefined ? "" : ` --region ${region}`;
  const unmanaged = `aws apigateway get-api-key --api-key ${existingKeyId} --include-value --query value --output text`;
  const command = {
    ssm: `aws ssm get-parameter --name ${name} --with-decryption --query Parameter.Value --output text`,
    secretsmanager: `aws secretsmanager get-secret-value --secret-id ${name} --query SecretString --output text`,
    nowhere: `aws apigateway get-api-keys --name-query ${name} --include-values --query 'items[].[name,value]' --output text`,
  }[handedOver?.store ?? "nowhere"];
  const where =
    existingKeyId === undefined
      ? "none; it is not handed over, so API Gateway alone has it"
      : `none known; it is managed elsewhere, and API Gateway has it under the id ${existingKeyId}`;
  const rows = [
    ["store", handedOver ? STORES[handedOver.store] : where],
    ...(handedOver ? [["name", handedOver.name]] : []),
    ["region", region ?? "that of the environment in which the stack was deployed (AWS_REGION)"],
    ...(stack === "" ? [] : [["stack", existingKeyId === undefined ? stack : `none; ${stack} puts it into its plans`]]),
    ["read it", `${existingKeyId === undefined ? command : unmanaged}${inRegion}`],
    ...(handedOver ? [["or", `api-tiers key ${shellWord(subscription)} --show`]] : []),
  ];
  const lines = rows.map(([label, value]) => `  ${`${label}:`.padEnd(9)}${value}`);
  return [`The key of ${subscription}`, ...lines].join("\n");
}
