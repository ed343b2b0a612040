import { loadOptional } from "../project/optional-package";
import { writeFiles } from "../project/write-files";
import { show } from "../text/show";
import { standardOutput } from "./line-printer";

export interface ExportSelfServiceOptions {
  readonly table: string;
  readonly output?: string;
}

/** Writes all subscriptions of a service as JSON lines. */
export async function exportSelfService({ table, output }: ExportSelfServiceOptions): Promise<void> {
  const subscriptions = await readingSelfService("self-service export", table, ({ readSubscriptions }) =>
    readSubscriptions(table),
  );
  const lines = subscriptions.map((subscription) => JSON.stringify(subscription));
  if (output === undefined) {
    const { print } = standardOutput();
    for (const line of lines) print(line);
    return;
  }
  writeFiles(new Map([[output, lines.map((line) => `${line}\n`).join("")]]));
  console.log(`${lines.length === 1 ? "1 subscription is" : `${lines.length} subscriptions are`} in ${output}.`);
}

/**
 * Reads from a service's table and keys.
 *
 * @throws Error that says what to do where AWS cannot be asked
 */
export async function readingSelfService<Result>(
  user: string,
  table: string,
  read: (service: typeof import("../self-service/read-service")) => Promise<Result>,
): Promise<Result> {
  await loadOptional("@aws-sdk/client-dynamodb", user, () => import("@aws-sdk/client-dynamodb"));
  await loadOptional("@aws-sdk/client-api-gateway", user, () => import("@aws-sdk/client-api-gateway"));
  try {
    return await read(await import("../self-service/read-service"));
  } catch (error) {
    const { name, message } = error as Error;
    if (name === "ResourceNotFoundException")
      throw new Error(
        `there is no table ${show(table)} in this account and Region; deploy the stack self-service, or give --table`,
      );
    throw new Error(
      `the self-service ${show(table)} cannot be read: ${name === "Error" ? show(message) : name}; look at AWS_REGION and at your ` +
        'credentials, which need "dynamodb:Scan" on the table',
    );
  }
}
