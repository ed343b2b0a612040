import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  GetApiKeysCommand,
  GetResourcesCommand,
  GetUsagePlanKeysCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateApiKeyCommand,
} from "@aws-sdk/client-api-gateway";
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from "@aws-sdk/client-scheduler";
import { DeleteParametersCommand, GetParametersByPathCommand, SSMClient } from "@aws-sdk/client-ssm";
import { UNFINISHED_INDEX } from "../../../src/contract/self-service";
import { awsPorts } from "../../../src/self-service/aws/aws-ports";
import type { SelfServiceSettings } from "../../../src/self-service/machine/settings";
import type { LogLine, Ports, StoredRequest } from "../../../src/self-service/service/ports";
import type { ServiceSettings } from "../../../src/self-service/settings-from";
import type { FakeKey, LiveAccount, ObservedAccount } from "../../self-service/support/fake-account";
import type { Call } from "../../self-service/support/interleaving";
import { planOf } from "../../self-service/support/shop";

const TABLE = "self-service";
const STORE = "/api-tiers/keys/self-service/";

/** An account on the emulator, as the stack `self-service` leaves it, in which lives are lived through on a clock of its own. */
export class EmulatedAccount implements LiveAccount {
  now = Date.UTC(2026, 0, 15);
  private readonly accepted: StoredRequest[] = [];
  private readonly requests = new Map<string, StoredRequest>();
  private readonly events: { subscription: string; event: ObservedAccount["events"][number]["event"] }[] = [];
  private readonly gateway = new APIGatewayClient();
  private readonly dynamo = new DynamoDBClient();
  private readonly scheduler = new SchedulerClient();
  private readonly ssm = new SSMClient();
  private planIds: Readonly<Record<string, string>> = {};

  /** Two plans of one stage, a key that is not the service's, a table and a group. */
  static async create(): Promise<EmulatedAccount> {
    const account = new EmulatedAccount();
    const { gateway } = account;
    const { id: restApiId } = await gateway.send(new CreateRestApiCommand({ name: "pets" }));
    const { items } = await gateway.send(new GetResourcesCommand({ restApiId }));
    const parentId = items?.[0]?.id;
    const { id: resourceId } = await gateway.send(new CreateResourceCommand({ restApiId, parentId, pathPart: "pets" }));
    const method = { restApiId, resourceId, httpMethod: "GET" };
    await gateway.send(new PutMethodCommand({ ...method, authorizationType: "NONE", apiKeyRequired: true }));
    await gateway.send(new PutIntegrationCommand({ ...method, type: "MOCK" }));
    await gateway.send(new CreateDeploymentCommand({ restApiId, stageName: "prod" }));
    const plans: Record<string, string> = {};
    for (const tier of ["free", "startup"]) {
      const apiStages = [{ apiId: restApiId, stage: "prod" }];
      plans[tier] = (await gateway.send(new CreateUsagePlanCommand({ name: tier, apiStages }))).id ?? "";
    }
    account.planIds = plans;
    const { id: keyId } = await gateway.send(new CreateApiKeyCommand({ name: "of-terraform", enabled: true }));
    await gateway.send(new CreateUsagePlanKeyCommand({ usagePlanId: plans.free, keyId, keyType: "API_KEY" }));
    await account.scheduler.send(new CreateScheduleGroupCommand({ Name: TABLE }));
    await account.createTable();
    return account;
  }

  /** Takes away what lives left, so that the next begin in an empty account. */
  async clear(): Promise<void> {
    const { items = [] } = await this.gateway.send(new GetApiKeysCommand({ limit: 500 }));
    for (const { id, name } of items)
      if (name?.startsWith(TABLE)) await this.gateway.send(new DeleteApiKeyCommand({ apiKey: id }));
    for (const Name of await this.scheduleNames())
      await this.scheduler.send(new DeleteScheduleCommand({ GroupName: TABLE, Name }));
    const Names = (await this.parameters()).map(({ Name = "" }) => Name);
    if (Names.length > 0) await this.ssm.send(new DeleteParametersCommand({ Names }));
    await this.dynamo.send(new DeleteTableCommand({ TableName: TABLE }));
    await this.createTable();
    this.accepted.length = 0;
    this.events.length = 0;
    this.requests.clear();
    this.now = Date.UTC(2026, 0, 15);
  }

  /** @param tiers those whose plans the service reaches */
  settings(tiers: readonly string[] = ["free", "startup"]): ServiceSettings {
    return {
      tiers,
      verification: true,
      verifyWithin: 0,
      rotationGrace: 0,
      paymentGrace: 0,
      keepRetiredKeys: 0,
      handOver: "answer",
      table: TABLE,
      planIds: Object.fromEntries(tiers.map((tier) => [tier, this.planIds[planOf(tier)] ?? ""])),
      scheduler: {
        group: TABLE,
        role: "arn:aws:iam::123456789012:role/self-service-scheduler",
        target: "arn:aws:lambda:us-east-1:123456789012:function:self-service",
      },
      eventBus: "default",
      store: { type: "ssm", prefix: STORE },
    };
  }

  /** AWS's own adapters; each call of theirs is one of the worker's. */
  ports(call: Call, log: (line: LogLine) => void, { tiers }: SelfServiceSettings): Ports {
    const real = awsPorts(this.settings(tiers));
    const { table, events } = real;
    const wrapped = <Port extends object>(port: Port): Port =>
      new Proxy(port, {
        get: (target, name) => {
          const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
          return (...args: unknown[]) => {
            const result = () => method.apply(target, args);
            return ["all", "unfinished", "list", "members"].includes(String(name))
              ? listed(call, result as () => AsyncIterable<unknown>)
              : call(result);
          };
        },
      });
    return {
      ...real,
      table: wrapped({
        ...table,
        save: async (stored, unfinished, request) => {
          const isSaved = await table.save(stored, unfinished, request);
          if (isSaved && request) {
            this.accepted.push(request);
            this.requests.set(request.id, request);
          }
          return isSaved;
        },
      } satisfies Ports["table"]),
      keys: wrapped(real.keys),
      scheduler: wrapped(real.scheduler),
      values: wrapped(real.values),
      events: wrapped({
        publish: async (subscription, event) => {
          await events.publish(subscription, event);
          this.events.push({ subscription, event });
        },
      } satisfies Ports["events"]),
      clock: () => this.now,
      pause: () => call(() => undefined),
      log,
    };
  }

  async changeByHand(change: "enable" | "disable" | "delete", index: number): Promise<string | undefined> {
    const { items = [] } = await this.gateway.send(new GetApiKeysCommand({ nameQuery: TABLE, limit: 500 }));
    const apiKey = items[index]?.id;
    if (apiKey === undefined) return undefined;
    if (change === "delete") {
      await this.gateway.send(new DeleteApiKeyCommand({ apiKey }));
      return apiKey;
    }
    const patchOperations = [{ op: "replace" as const, path: "/enabled", value: String(change === "enable") }];
    await this.gateway.send(new UpdateApiKeyCommand({ apiKey, patchOperations }));
    return undefined;
  }

  async due(): Promise<string[]> {
    const due: string[] = [];
    for (const [id, { at, name }] of await this.schedules())
      if (at <= this.now) {
        await this.scheduler.send(new DeleteScheduleCommand({ GroupName: TABLE, Name: name }));
        due.push(id);
      }
    return due;
  }

  async observe(): Promise<ObservedAccount> {
    const { items = [] } = await this.gateway.send(new GetApiKeysCommand({ includeValues: true, limit: 500 }));
    const keys = new Map<string, FakeKey>();
    for (const { id = "", name = "", value = "", enabled = false } of items) {
      const isOwn = name.startsWith(`${TABLE}:`);
      keys.set(id, {
        id,
        name: isOwn ? name.slice(TABLE.length + 1) : name,
        value,
        owner: isOwn ? "self-service" : "terraform",
        createdAt: 0,
        enabled,
        tiers: new Set(),
      });
    }
    for (const [tier, usagePlanId] of Object.entries(this.planIds)) {
      const members = await this.gateway.send(new GetUsagePlanKeysCommand({ usagePlanId, limit: 500 }));
      for (const { id = "" } of members.items ?? []) keys.get(id)?.tiers.add(tier);
    }
    const subscriptions = new Map();
    for await (const stored of awsPorts(this.settings()).table.all()) subscriptions.set(stored.subscription.id, stored);
    const schedule = new Map([...(await this.schedules())].map(([id, { at }]) => [id, at]));
    const values = new Map(
      (await this.parameters()).map(({ Name = "", Value = "" }) => [Name.slice(STORE.length), Value]),
    );
    const { now, accepted, requests, events } = this;
    return { now, keys, subscriptions, requests, accepted, schedule, events, values };
  }

  private async createTable(): Promise<void> {
    const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: "S" as const });
    await this.dynamo.send(
      new CreateTableCommand({
        TableName: TABLE,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [attribute("id"), attribute("unfinished")],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        GlobalSecondaryIndexes: [
          {
            IndexName: UNFINISHED_INDEX,
            KeySchema: [{ AttributeName: "unfinished", KeyType: "HASH" }],
            Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["subscription"] },
          },
        ],
      }),
    );
  }

  private async scheduleNames(): Promise<string[]> {
    const { Schedules = [] } = await this.scheduler.send(new ListSchedulesCommand({ GroupName: TABLE }));
    return Schedules.map(({ Name = "" }) => Name);
  }

  private async schedules(): Promise<Map<string, { readonly at: number; readonly name: string }>> {
    const found = new Map();
    for (const name of await this.scheduleNames()) {
      const schedule = await this.scheduler.send(new GetScheduleCommand({ GroupName: TABLE, Name: name }));
      const at = Date.parse(`${/^at\((.*)\)$/.exec(schedule.ScheduleExpression ?? "")?.[1]}Z`);
      found.set(JSON.parse(schedule.Target?.Input ?? "{}").tick, { at, name });
    }
    return found;
  }

  private async parameters() {
    const path = { Path: STORE, WithDecryption: true, Recursive: true };
    return (await this.ssm.send(new GetParametersByPathCommand(path))).Parameters ?? [];
  }
}

async function* listed(call: Call, list: () => AsyncIterable<unknown>): AsyncGenerator<unknown> {
  const items: unknown[] = [];
  await call(async () => {
    for await (const item of list()) items.push(item);
  });
  yield* items;
}
