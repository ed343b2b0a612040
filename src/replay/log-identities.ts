import { keyIdOf } from "../contract/key-id";
import type { GatewayModel } from "../model/model";

/** What the ids of AWS in a log are called in the catalog. */
export interface LogIdentities {
  /** Ids of keys in the catalog (`joe-black`, `joe-black/ci`) by their ids in AWS; never by a key's value. */
  readonly keys: ReadonlyMap<string, string>;
  /** Ids of APIs in the catalog by their ids in AWS. */
  readonly apis: ReadonlyMap<string, string>;
}

/** What states say of ids. */
export function identitiesIn({ apis, keys, external }: GatewayModel): LogIdentities {
  const known = [...keys, ...external.keys].flatMap((key) =>
    key.awsId === undefined ? [] : [[key.awsId, keyIdOf(key) ?? key.id] as const],
  );
  const named = [...apis, ...external.apis].flatMap((api) =>
    api.awsId === undefined ? [] : [[api.awsId, ("api" in api ? api.api : undefined) ?? api.id] as const],
  );
  return { keys: new Map(known), apis: new Map(named) };
}

/** All that several sources know; of an id that two of them know, the first one is believed. */
export function joinedIdentities(sources: readonly LogIdentities[]): LogIdentities {
  const joined = (of: keyof LogIdentities) => new Map([...sources].reverse().flatMap((source) => [...source[of]]));
  return { keys: joined("keys"), apis: joined("apis") };
}
