import { type LogLine, NotDone, type Ports } from "../../../src/self-service/service/ports";
import type { FakeAccount, FakeKey } from "./fake-account";
import type { Call } from "./interleaving";
import { planOf } from "./shop";

/**
 * The fake account as a worker sees it, each call through `call`.
 *
 * @param tiers those whose plans it reaches
 */
export function fakePorts(
  account: FakeAccount,
  call: Call,
  log: (line: LogLine) => void,
  tiers: readonly string[] = ["free", "startup", "business"],
): Ports {
  const planOfListed = (tier: string) => {
    if (!tiers.includes(tier)) throw new NotDone(`tier "${tier}" is not one of the self-service any more`, false);
    return planOf(tier);
  };
  let ids = 0;
  const worker = `worker-${Math.random()}`;
  const shown = ({ id, name, enabled }: FakeKey) => ({ id, name, enabled });
  async function* each<Item>(list: () => Iterable<Item>): AsyncGenerator<Item> {
    yield* await call(() => [...list()]);
  }
  return {
    table: {
      load: (id) => call(() => account.load(id)),
      request: (id) => call(() => account.requests.get(id)),
      save: (stored, unfinished, request) => call(() => account.save(stored, unfinished, request)),
      all: () => each(() => account.subscriptions.values()),
      unfinished: () => each(() => account.unfinished),
    },
    keys: {
      find: (name) =>
        call(() =>
          account
            .listed()
            .filter((key) => key.name === name)
            .map(shown),
        ),
      create: (name) => call(() => account.create(name)),
      setEnabled: (id, enabled) => call(() => account.setEnabled(id, enabled)),
      join: (id, tier) => call(() => account.join(id, planOfListed(tier))),
      leave: (id, tier) => call(() => account.leave(id, planOfListed(tier))),
      remove: (id) => call(() => account.remove(id)),
      value: (id) => call(() => account.keys.get(id)?.value),
      get: (id) =>
        call(() => {
          const key = account.keys.get(id);
          return key && shown(key);
        }),
      tiersOf: (id) => call(() => tiers.filter((tier) => account.keys.get(id)?.tiers.has(planOf(tier)))),
      list: () => each(() => account.listed().map(shown)),
      members: (tier) =>
        each(() => {
          const plan = planOfListed(tier);
          return [...account.keys.values()].filter((key) => key.tiers.has(plan)).map(({ id }) => id);
        }),
    },
    scheduler: {
      schedule: (id, at) => call(() => void account.schedule.set(id, at)),
      cancel: (id) => call(() => void account.schedule.delete(id)),
    },
    events: { publish: (subscription, event) => call(() => void account.events.push({ subscription, event })) },
    values: {
      put: (id, value) => call(() => void account.values.set(id, value)),
      remove: (id) => call(() => void account.values.delete(id)),
    },
    clock: () => account.now,
    newId: () => `${worker}-${++ids}`,
    pause: () => call(() => undefined),
    log,
  };
}
