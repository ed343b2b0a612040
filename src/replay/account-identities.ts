import { connectClient } from "../aws/control-plane-client";
import { allPages } from "../aws/pages";
import type { GatewayModel } from "../model/model";
import { groupedBy } from "../text/grouped-by";
import type { LogIdentities } from "./log-identities";

/** Something in an account, by its id in AWS, with its name there. */
export interface NamedInAccount {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** What an account lists. */
export interface AccountList {
  readonly keys: readonly NamedInAccount[];
  readonly apis: readonly NamedInAccount[];
}

/** Lists the keys and the APIs of an account, without values of keys. */
export async function readAccountList(options: {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}): Promise<AccountList> {
  const asking = {
    command: "replay --account",
    rights: "/apikeys and /restapis",
    afterwards: "Nothing was changed.",
  };
  // A page has 500 of them: these are few requests.
  const { aws, client, send } = await connectClient(asking, { pace: async () => {}, ...options });
  const keys = await allPages((page) =>
    send("GetApiKeys", () => client.send(new aws.GetApiKeysCommand({ includeValues: false, ...page }))),
  );
  const apis = await allPages((page) => send("GetRestApis", () => client.send(new aws.GetRestApisCommand(page))));
  return { keys, apis };
}

/**
 * What the ids in an account are called in a catalog: by their names in AWS, and only where one alone has the name on both sides, for
 * AWS lets several have the same.
 */
export function identitiesInAccount({ keys, apis }: AccountList, model: GatewayModel): LogIdentities {
  return {
    keys: matched(
      keys,
      model.keys.map(({ name, subscription, id }) => ({ name, as: subscription ?? id })),
    ),
    apis: matched(
      apis,
      model.apis.map(({ name, api, id }) => ({ name, as: api ?? id })),
    ),
  };
}

function matched(
  listed: readonly NamedInAccount[],
  known: readonly { readonly name: string; readonly as: string }[],
): ReadonlyMap<string, string> {
  const named = groupedBy(listed, ({ name }) => name ?? "");
  const own = groupedBy(known, ({ name }) => name);
  return new Map(
    [...own].flatMap(([name, [one, ...others]]) => {
      const [there, ...more] = named.get(name) ?? [];
      const isClear = name !== "" && others.length === 0 && more.length === 0;
      return isClear && one && there?.id !== undefined ? [[there.id, one.as] as const] : [];
    }),
  );
}
