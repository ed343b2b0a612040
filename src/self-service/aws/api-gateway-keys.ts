import {
  APIGatewayClient,
  type ApiKey,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsagePlanKeyCommand,
  GetUsagePlanKeysCommand,
  UpdateApiKeyCommand,
} from "@aws-sdk/client-api-gateway";
import { SELF_SERVICE_TAG } from "../../contract/tags";
import { type Keys, NotDone, type OwnedKey } from "../service/ports";
import type { ServiceSettings } from "../settings-from";
import { CLIENT, sent } from "./client-options";

const PAGE = 500;
const ABSENT = ["NotFoundException"];

/**
 * Keys of API Gateway. Those of this service are marked by a tag, which its role demands of each key that it changes, and are named
 * after the service, so that a list can be asked for them alone.
 */
export function apiGatewayKeys({ table, planIds }: Pick<ServiceSettings, "table" | "planIds">): Keys {
  const client = new APIGatewayClient(CLIENT);
  const prefix = `${table}:`;
  const planOf = (tier: string): string => {
    const id = planIds[tier];
    if (id === undefined) throw new NotDone(`tier "${tier}" is not one of the self-service any more`, false);
    return id;
  };

  const owned = ({ id, name, enabled, tags }: ApiKey): OwnedKey[] =>
    id !== undefined && name?.startsWith(prefix) && tags?.[SELF_SERVICE_TAG] === table
      ? [{ id, name: name.slice(prefix.length), enabled: enabled === true }]
      : [];

  async function* list(nameQuery: string): AsyncGenerator<OwnedKey> {
    for await (const page of pages("GetApiKeys", (position) =>
      client.send(new GetApiKeysCommand({ nameQuery, includeValues: false, limit: PAGE, position })),
    ))
      for (const key of page.items ?? []) yield* owned(key);
  }

  return {
    async find(name) {
      const found: OwnedKey[] = [];
      // The query matches what a name begins with.
      for await (const key of list(prefix + name)) if (key.name === name) found.push(key);
      return found;
    },
    async create(name) {
      const answer = await sent("CreateApiKey", () =>
        client.send(
          new CreateApiKeyCommand({ name: prefix + name, enabled: false, tags: { [SELF_SERVICE_TAG]: table } }),
        ),
      );
      if (answer?.id === undefined) throw new Error("CreateApiKey: the answer has no id");
      return answer.id;
    },
    async setEnabled(apiKey, enabled) {
      const patchOperations = [{ op: "replace" as const, path: "/enabled", value: String(enabled) }];
      const request = () => client.send(new UpdateApiKeyCommand({ apiKey, patchOperations }));
      return (await sent("UpdateApiKey", request, ABSENT)) !== undefined;
    },
    async join(keyId, tier) {
      const usagePlanId = planOf(tier);
      const created = await sent(
        "CreateUsagePlanKey",
        () => client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: "API_KEY" })),
        [...ABSENT, "ConflictException"],
      );
      if (created !== undefined) return true;
      // A conflict: it is in this plan already, or in another one of the same stage.
      const request = () => client.send(new GetUsagePlanKeyCommand({ usagePlanId, keyId }));
      if ((await sent("GetUsagePlanKey", request, ABSENT)) !== undefined) return true;
      const there = await sent("GetApiKey", () => client.send(new GetApiKeyCommand({ apiKey: keyId })), ABSENT);
      if (there === undefined) return false;
      throw new NotDone("CreateUsagePlanKey: the key is in another plan of a stage of this one", false);
    },
    async leave(keyId, tier) {
      const request = () => client.send(new DeleteUsagePlanKeyCommand({ usagePlanId: planOf(tier), keyId }));
      await sent("DeleteUsagePlanKey", request, ABSENT);
    },
    async remove(apiKey) {
      await sent("DeleteApiKey", () => client.send(new DeleteApiKeyCommand({ apiKey })), ABSENT);
    },
    async value(apiKey) {
      const request = () => client.send(new GetApiKeyCommand({ apiKey, includeValue: true }));
      return (await sent("GetApiKey", request, ABSENT))?.value;
    },
    async get(apiKey) {
      const key = await sent("GetApiKey", () => client.send(new GetApiKeyCommand({ apiKey })), ABSENT);
      return key && owned(key)[0];
    },
    async tiersOf(keyId) {
      const tiers: string[] = [];
      for (const [tier, usagePlanId] of Object.entries(planIds)) {
        const request = () => client.send(new GetUsagePlanKeyCommand({ usagePlanId, keyId }));
        if ((await sent("GetUsagePlanKey", request, ABSENT)) !== undefined) tiers.push(tier);
      }
      return tiers;
    },
    list: () => list(prefix),
    async *members(tier) {
      for await (const page of pages("GetUsagePlanKeys", (position) =>
        client.send(new GetUsagePlanKeysCommand({ usagePlanId: planOf(tier), limit: PAGE, position })),
      ))
        for (const { id } of page.items ?? []) if (id !== undefined) yield id;
    },
  };
}

async function* pages<Page extends { readonly position?: string | undefined }>(
  operation: string,
  get: (position: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let position: string | undefined;
  do {
    const page: Page | undefined = await sent(operation, () => get(position));
    if (page === undefined) return;
    yield page;
    position = page.position;
  } while (position !== undefined);
}
