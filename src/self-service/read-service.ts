import type { ExportedSubscription } from "../contract/self-service-export";
import { apiGatewayKeys } from "./aws/api-gateway-keys";
import { dynamoTable } from "./aws/dynamo-table";
import { exported } from "./exported";

/** All subscriptions of a service, sorted by id. */
export async function readSubscriptions(table: string): Promise<ExportedSubscription[]> {
  const all: ExportedSubscription[] = [];
  for await (const { subscription } of dynamoTable(table).all()) all.push(exported(subscription));
  return all.sort((a, b) => (a.subscription < b.subscription ? -1 : 1));
}

/** Values of keys, by their ids in AWS. They are secrets: they stay in memory. */
export async function readValues(table: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const keys = apiGatewayKeys({ table, planIds: {} });
  const values = new Map<string, string>();
  for (const id of ids) {
    const value = await keys.value(id);
    if (value !== undefined) values.set(id, value);
  }
  return values;
}
