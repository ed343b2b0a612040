import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { UNFINISHED_INDEX } from "../../contract/self-service";
import type { StoredRequest, StoredSubscription, Table } from "../service/ports";
import { CLIENT } from "./client-options";

/** How long a request is remembered, so that its repetitions are known: Stripe repeats webhooks for three days, EventBridge for one. */
const REMEMBERED_SECONDS = 30 * 86_400;

type Item = Record<string, AttributeValue>;

const subscriptionKey = (id: string): Item => ({ id: { S: `subscription#${id}` } });
const requestKey = (id: string): Item => ({ id: { S: `request#${id}` } });

/**
 * One item for each subscription, and one for each request. Two of a subscription's changes never both succeed, since each
 * names the version that it read.
 */
export function dynamoTable(name: string): Table {
  const client = new DynamoDBClient(CLIENT);
  const get = async (Key: Item): Promise<unknown> => {
    const { Item } = await client.send(new GetItemCommand({ TableName: name, Key, ConsistentRead: true }));
    return Item && dataOf(Item);
  };
  return {
    load: async (id) => (await get(subscriptionKey(id))) as StoredSubscription | undefined,
    request: async (id) => (await get(requestKey(id))) as StoredRequest | undefined,
    async save(stored, unfinished, request) {
      const { id } = stored.subscription;
      const TransactItems: TransactWriteItem[] = [
        {
          Put: {
            TableName: name,
            Item: {
              ...subscriptionKey(id),
              subscription: { S: id },
              version: { N: String(stored.version + 1) },
              data: { S: JSON.stringify({ ...stored, version: stored.version + 1 }) },
              // Present only while there is something to do, so that the index holds just those.
              ...(unfinished ? { unfinished: { S: "yes" } } : {}),
            },
            ConditionExpression: stored.version === 0 ? "attribute_not_exists(id)" : "version = :read",
            ...(stored.version === 0 ? {} : { ExpressionAttributeValues: { ":read": { N: String(stored.version) } } }),
          },
        },
      ];
      if (request !== undefined)
        TransactItems.push({
          Put: {
            TableName: name,
            Item: {
              ...requestKey(request.id),
              data: { S: JSON.stringify(request) },
              expires: { N: String(Math.floor(request.at / 1_000) + REMEMBERED_SECONDS) },
            },
            ConditionExpression: "attribute_not_exists(id)",
          },
        });
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems }));
        return true;
      } catch (error) {
        // A condition that does not hold, or another transaction on the same item: both mean reading it again.
        if (error instanceof Error && error.name === "TransactionCanceledException") return false;
        throw new Error(`TransactWriteItems: ${error instanceof Error ? error.name : "unknown error"}`);
      }
    },
    async *all() {
      let ExclusiveStartKey: Item | undefined;
      do {
        const page = await client.send(
          new ScanCommand({
            TableName: name,
            ConsistentRead: true,
            ExclusiveStartKey,
            FilterExpression: "attribute_exists(subscription)",
          }),
        );
        for (const item of page.Items ?? []) yield dataOf(item) as StoredSubscription;
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
    },
    async *unfinished() {
      let ExclusiveStartKey: Item | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName: name,
            IndexName: UNFINISHED_INDEX,
            ExclusiveStartKey,
            KeyConditionExpression: "unfinished = :yes",
            ExpressionAttributeValues: { ":yes": { S: "yes" } },
          }),
        );
        for (const item of page.Items ?? []) if (item.subscription?.S !== undefined) yield item.subscription.S;
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
    },
  };
}

const dataOf = (item: Item): unknown => JSON.parse(item.data?.S ?? "null");
