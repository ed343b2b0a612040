import { afterStep, afterUnknown, nextStep, type StepResult, waitsForTier } from "../machine/next-step";
import type { SelfServiceSettings } from "../machine/settings";
import { type Instant, keyWorks, type Step } from "../machine/subscription";
import { perform } from "./perform";
import { NotDone, type Ports, type StoredSubscription } from "./ports";

/**
 * How long a worker may act. AWS ends a function after 29 seconds at most, so a worker whose lease is over is gone, and
 * can no longer do a step that another worker has overtaken.
 *
 * @unit milliseconds
 */
export const LEASE = 60_000;

/** More steps than a subscription can need: a bug must not run forever. */
const MOST_STEPS = 2_000;

/** Whether all is done: `busy` while another worker does it, `withdrawn` while a tier is not listed whose plan keys should join or leave. */
export type Progress = "finished" | "busy" | "withdrawn";

/** Whether something is left to do, now or once a tier is listed again. */
export const isUnfinished = ({ acting, subscription }: StoredSubscription, settings: SelfServiceSettings): boolean =>
  acting !== undefined || nextStep(subscription, settings) !== undefined || waitsForTier(subscription);

/**
 * Does what is left to do for a subscription, step by step. The step is saved before it is done, and what it gave
 * afterwards, so a worker that ends at any point leaves enough for the next.
 *
 * @throws what AWS answered; the rest is done by the next worker
 */
export async function work(subscription: string, settings: SelfServiceSettings, ports: Ports): Promise<Progress> {
  const worker = ports.newId();
  const taken = await take(subscription, worker, settings, ports);
  if (typeof taken === "string") return taken;
  let { stored, repeated } = taken;
  for (let count = 0; count < MOST_STEPS; count++) {
    const { acting } = stored;
    if (acting === undefined) return restOf(stored);
    const before: StoredSubscription = stored;
    let result: StepResult;
    try {
      result = await perform(before, acting, repeated, ports);
    } catch (error) {
      ports.log({ subscription, step: acting.do, problem: error instanceof Error ? error.name : "unknown error" });
      if (error instanceof NotDone) await giveBack(before, worker, repeated, settings, ports);
      throw error;
    }
    if (result.missing) ports.log({ subscription, step: acting.do, problem: "the key is not in AWS" });
    const next = await record(before, worker, acting, result, settings, ports);
    if (next === undefined) return "busy";
    stored = next;
    repeated = false;
  }
  throw new Error(`subscription ${subscription} needs more than ${MOST_STEPS} steps`);
}

const restOf = ({ subscription }: StoredSubscription): Progress =>
  waitsForTier(subscription) ? "withdrawn" : "finished";

interface Taken {
  readonly stored: StoredSubscription;
  readonly repeated: boolean;
}

/** Takes the lease, with the step that comes first. */
async function take(
  subscription: string,
  worker: string,
  settings: SelfServiceSettings,
  { table, clock }: Ports,
): Promise<Taken | Progress> {
  for (;;) {
    const found = await table.load(subscription);
    if (found === undefined) return "finished";
    const stored = withoutUnwanted(found, settings);
    const now = clock();
    const acting = stored.acting ?? nextStep(stored.subscription, settings);
    if (acting === undefined) return restOf(stored);
    if (stored.lease !== undefined && stored.lease.until > now) return "busy";
    const taken = { ...stored, acting, lease: leaseOf(worker, now) };
    if (await table.save(taken, true))
      return { stored: { ...taken, version: stored.version + 1 }, repeated: stored.acting !== undefined };
  }
}

/**
 * A key that may have been enabled and must not work now counts as enabled: so it is disabled, and not enabled before. And what was
 * begun on the plan of a tier that is not listed any more holds nothing up: a customer can be suspended.
 */
function withoutUnwanted(stored: StoredSubscription, { tiers }: SelfServiceSettings): StoredSubscription {
  const { acting, ...rest } = stored;
  if (acting !== undefined && "tier" in acting && !tiers.includes(acting.tier))
    return { ...rest, subscription: afterUnknown(rest.subscription, acting) };
  if (acting?.do !== "enable-key") return stored;
  const { subscription } = rest;
  const key = subscription.keys.find(({ name }) => name === acting.key);
  if (key !== undefined && keyWorks(subscription, key)) return stored;
  return { ...rest, subscription: afterStep(subscription, acting, {}) };
}

/**
 * Saves what a step gave, and the next step with it.
 *
 * @returns `undefined` where another worker has taken over meanwhile
 */
async function record(
  before: StoredSubscription,
  worker: string,
  step: Step,
  result: StepResult,
  settings: SelfServiceSettings,
  { table, clock }: Ports,
): Promise<StoredSubscription | undefined> {
  let current: StoredSubscription | undefined = before;
  for (;;) {
    if (current?.lease?.worker !== worker) return undefined;
    const subscription = afterStep(current.subscription, step, result);
    const acting = nextStep(subscription, settings);
    const next: StoredSubscription = {
      subscription,
      version: current.version,
      ...(acting === undefined ? {} : { acting, lease: leaseOf(worker, clock()) }),
    };
    if (await table.save(next, isUnfinished(next, settings))) return { ...next, version: next.version + 1 };
    current = await table.load(before.subscription.id);
  }
}

/** Lets others go on at once, since AWS did nothing. A step that was tried before may be half done, and stays. */
async function giveBack(
  before: StoredSubscription,
  worker: string,
  repeated: boolean,
  settings: SelfServiceSettings,
  { table }: Ports,
): Promise<void> {
  let current: StoredSubscription | undefined = before;
  while (current?.lease?.worker === worker) {
    const { lease: _, acting, ...rest } = current;
    const kept = repeated && acting !== undefined ? { ...rest, acting } : rest;
    if (await table.save(kept, isUnfinished(kept, settings))) return;
    current = await table.load(before.subscription.id);
  }
}

const leaseOf = (worker: string, now: Instant) => ({ worker, until: now + LEASE });
