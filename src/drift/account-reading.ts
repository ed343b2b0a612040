import type * as sdk from "@aws-sdk/client-api-gateway";
import { type AccountKey, type AccountPlan, toKey, toPlan } from "../aws/account";
import type { ControlPlane } from "../aws/control-plane";
import type { Asking } from "../aws/control-plane-client";
import { mapConcurrently } from "../aws/map-concurrently";
import { allPages } from "../aws/pages";

/** What `drift` needs of the control plane. */
export const COMPARING: Asking = {
  command: "drift",
  rights: "/restapis, /usageplans and /apikeys and what is below them",
  afterwards: "Nothing was changed.",
};

/** A part of the account that could not be read, and why. */
export interface Unread {
  /** Completes "not read: …". */
  readonly what: string;
  readonly why: string;
}

/** An API as the account has it; what could not be read is `undefined`. */
export interface ReadApi {
  readonly api: sdk.RestApi;
  readonly stages: readonly sdk.Stage[] | undefined;
  /** With their methods, and these with their integrations. */
  readonly resources: readonly sdk.Resource[] | undefined;
}

/** What was read of an account in one Region; what could not be read is `undefined`. It holds no value of a key. */
export interface AccountReading {
  /** By id. */
  readonly keys: ReadonlyMap<string, AccountKey> | undefined;
  /** By id. */
  readonly plans: ReadonlyMap<string, AccountPlan> | undefined;
  /** Ids of the plans that each key is in, by its id. */
  readonly plansOfKeys: ReadonlyMap<string, readonly string[]> | undefined;
  /** Those that were asked for and exist, by id. */
  readonly apis: ReadonlyMap<string, ReadApi> | undefined;
  readonly unread: readonly Unread[];
}

/** Requests under way at once; what they wait for is the pace. */
const AT_ONCE = 8;

export interface ReadingOptions {
  /** Ids of the APIs whose stages and methods are compared. */
  readonly apis: ReadonlySet<string>;
  /**
   * How far it is: what is read, how many are done, and of how many if that is known.
   * @default - no callback
   */
  readonly onProgress?: (what: string, done: number, total?: number) => void;
}

/**
 * Reads what is compared of an account in one Region, all pages of it. What cannot be read is left open, with AWS's reason.
 *
 * Values of keys are never asked for: which keys are in a plan comes from the keys, a request for each, because AWS lists a
 * plan's keys with their values.
 */
export async function readForDrift(controlPlane: ControlPlane, options: ReadingOptions): Promise<AccountReading> {
  const { apis: wanted, onProgress = () => {} } = options;
  const unread: Unread[] = [];
  const tell = (what: string, total?: number) => (done: number) => onProgress(what, done, total);
  const attempt = async <Result>(what: string, read: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await read();
    } catch (error) {
      unread.push({ what, why: (error as Error).message });
      return undefined;
    }
  };
  const plans = await attempt("usage plans", async () =>
    byId((await allPages((page) => controlPlane.getUsagePlans(page), tell("usage plans"))).map(toPlan)),
  );
  const keys = await attempt("keys", async () =>
    byId((await allPages((page) => controlPlane.getApiKeys(page), tell("keys"))).map(toKey)),
  );
  const plansOfKeys =
    keys &&
    (await attempt("which keys are in which usage plans", async () => {
      const ids = [...keys.keys()];
      const pairs = await mapConcurrently(ids, AT_ONCE, tell("plans of keys", ids.length), async (id) => {
        const its = await allPages((page) => controlPlane.getUsagePlans({ ...page, keyId: id }));
        return [id, its.map((plan) => plan.id ?? "")] as const;
      });
      return new Map(pairs);
    }));
  if (keys === undefined)
    unread.push({ what: "which keys are in which usage plans", why: "the keys could not be read" });
  const apis =
    wanted.size === 0
      ? new Map<string, ReadApi>()
      : await attempt("APIs", async () => {
          const all = await allPages((page) => controlPlane.getRestApis(page), tell("APIs"));
          const own = all.filter(({ id = "" }) => wanted.has(id));
          const read = await mapConcurrently(own, AT_ONCE, tell("stages and methods of APIs", own.length), readApi);
          return new Map(read.map((each) => [each.api.id ?? "", each]));
        });
  return { keys, plans, plansOfKeys, apis, unread };

  async function readApi(api: sdk.RestApi): Promise<ReadApi> {
    const { id: restApiId = "", name = "" } = api;
    const stages = await attempt(`stages of API ${name} (${restApiId})`, async () => {
      const { item = [] } = await controlPlane.getStages({ restApiId });
      return item;
    });
    const resources = await attempt(`methods of API ${name} (${restApiId})`, () =>
      allPages((page) => controlPlane.getResources({ ...page, restApiId, embed: ["methods"] })),
    );
    return { api, stages, resources };
  }
}

const byId = <Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((each) => [each.id, each]));
