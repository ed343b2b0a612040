import { nextDue } from "../machine/advance";
import type { SelfServiceSettings } from "../machine/settings";
import type { KeyInAws, RuntimeSubscription, SubscriptionKey } from "../machine/subscription";
import { portsOfTiersToday, withTiersOfToday } from "./former-tiers";
import { readKeyName } from "./key-name";
import type { OwnedKey, Ports, StoredSubscription } from "./ports";
import { SubscriptionService } from "./service";
import { isUnfinished } from "./worker";

/** A key that somebody changed by hand. All but a deleted one is set back: its value is lost, so the customer rotates. */
export interface Drift {
  readonly subscription: string;
  readonly key: string;
  readonly kind: "enabled" | "disabled" | "deleted" | "added-to-plan" | "removed-from-plan";
}

/** What a reconciliation found and did. */
export interface Reconciliation {
  /** Subscriptions whose work was interrupted, and went on now. */
  readonly resumed: readonly string[];
  /** Those that could not go on, with what AWS answered. */
  readonly failed: readonly { readonly subscription: string; readonly problem: string }[];
  /** Names of keys that were half made, which no subscription has; they were deleted. */
  readonly orphans: readonly string[];
  readonly drift: readonly Drift[];
}

/**
 * Compares the table with the keys in AWS: finishes what was left half done, deletes keys that were made and never recorded, and
 * sets back what was changed by hand. It never looks at a key that is not this service's.
 */
export async function reconcile(settings: SelfServiceSettings, stored: Ports): Promise<Reconciliation> {
  await renameTiers(settings, stored);
  const ports = portsOfTiersToday(stored, settings);
  const service = new SubscriptionService(settings, ports);
  const resumed: string[] = [];
  const failed: { subscription: string; problem: string }[] = [];
  const goOn = async (subscription: string) => {
    try {
      if ((await service.tick(subscription)) !== "withdrawn") return true;
      failed.push({ subscription, problem: "its tier is not one of the self-service any more" });
      return false;
    } catch (error) {
      failed.push({ subscription, problem: error instanceof Error ? error.name : "unknown error" });
      return false;
    }
  };
  for await (const id of ports.table.unfinished()) if (await goOn(id)) resumed.push(id);
  // First the keys, then the table: a key that is made meanwhile is recorded by the time the table is read.
  const keys: OwnedKey[] = [];
  for await (const key of ports.keys.list()) keys.push(key);
  const members = new Map<string, Set<string>>();
  for (const tier of settings.tiers) {
    const ids = new Set<string>();
    for await (const id of ports.keys.members(tier)) ids.add(id);
    members.set(tier, ids);
  }
  const listed = { keys: new Map(keys.map((key) => [key.id, key])), members };
  const all: StoredSubscription[] = [];
  for await (const stored of ports.table.all()) all.push(stored);
  const orphans = await deleteOrphans(keys, all, ports);
  const drift: Drift[] = [];
  for (const stored of all) {
    const { id } = stored.subscription;
    // The scheduler's call may have been lost.
    const due = nextDue(stored.subscription, settings);
    if (due !== undefined && due <= ports.clock() && (await goOn(id))) resumed.push(id);
    if (stored.acting !== undefined) continue;
    const found = await compare(stored, listed, ports, settings);
    if (found.drift.length === 0) continue;
    // Refused where the service did something meanwhile: the difference may be its own work, so the next time says it.
    if (!(await ports.table.save({ ...stored, subscription: found.observed }, true))) continue;
    drift.push(...found.drift);
    await goOn(id);
  }
  return { resumed, failed, orphans, drift };
}

/** Writes the ids that tiers have today into the table, because an export reads it without these settings. */
async function renameTiers(settings: SelfServiceSettings, { table }: Ports): Promise<void> {
  if (settings.formerTiers === undefined) return;
  for await (const stored of table.all()) {
    const today = withTiersOfToday(stored, settings);
    // Refused where a request came between; that one saved the ids of today.
    if (today !== stored) await table.save(today, isUnfinished(today, settings));
  }
}

async function deleteOrphans(
  keys: readonly OwnedKey[],
  all: readonly StoredSubscription[],
  { table, keys: inAws }: Ports,
): Promise<string[]> {
  const orphans: string[] = [];
  const known = new Set(all.flatMap(({ subscription }) => subscription.keys.flatMap(({ aws }) => aws.id ?? [])));
  for (const { id, name } of keys.filter((key) => !known.has(key.id))) {
    const owner = readKeyName(name);
    if (owner === undefined) continue;
    const stored = await table.load(owner.subscription);
    const isBeingMade = stored?.acting?.do === "create-key" && stored.acting.key === owner.key;
    if (isBeingMade || stored?.subscription.keys.some(({ aws }) => aws.id === id)) continue;
    await inAws.remove(id);
    orphans.push(name);
  }
  return orphans;
}

/** What AWS listed before the table was read. It may be old by then, so what differs is asked for once more. */
interface Listed {
  readonly keys: ReadonlyMap<string, OwnedKey>;
  /** Ids of keys by tier. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What is known of each key, corrected by what AWS has, and what differs. */
async function compare(
  { subscription }: StoredSubscription,
  listed: Listed,
  ports: Ports,
  settings: SelfServiceSettings,
): Promise<{ readonly observed: RuntimeSubscription; readonly drift: readonly Drift[] }> {
  const drift: Drift[] = [];
  const keys: SubscriptionKey[] = [];
  for (const key of subscription.keys) {
    const { id, deleted, missing } = key.aws;
    const isThere = id !== undefined && !deleted && !missing;
    const observed =
      isThere && looksDifferent(key.aws, id, listed) ? await observe(key.aws, id, ports, settings) : key.aws;
    const kinds = kindsOf(key.aws, observed);
    keys.push(kinds.length === 0 ? key : { ...key, aws: observed });
    drift.push(...kinds.map((kind) => ({ subscription: subscription.id, key: key.name, kind })));
  }
  return { observed: { ...subscription, keys }, drift };
}

function looksDifferent(known: KeyInAws, id: string, { keys, members }: Listed): boolean {
  const isWrong = ([tier, ids]: readonly [string, ReadonlySet<string>]) => ids.has(id) !== (tier === known.tier);
  return keys.get(id)?.enabled !== (known.enabled === true) || [...members].some(isWrong);
}

async function observe(known: KeyInAws, id: string, { keys }: Ports, settings: SelfServiceSettings): Promise<KeyInAws> {
  const key = await keys.get(id);
  if (key === undefined) return { ...known, missing: true };
  const tiers = await keys.tiersOf(id);
  const { tier, alsoIn = [], ...rest } = known;
  // Of a tier that is not listed any more, the service may not ask for the plan.
  const unknown = alsoIn.filter((each) => !settings.tiers.includes(each));
  const others = [...tiers.filter((each) => each !== tier), ...unknown];
  return {
    ...rest,
    enabled: key.enabled,
    ...(tier !== undefined && (tiers.includes(tier) || !settings.tiers.includes(tier)) ? { tier } : {}),
    ...(others.length > 0 ? { alsoIn: others } : {}),
  };
}

function kindsOf(known: KeyInAws, observed: KeyInAws): Drift["kind"][] {
  if (observed.missing && !known.missing) return ["deleted"];
  return [
    ...((known.enabled === true) === (observed.enabled === true)
      ? []
      : ([observed.enabled ? "enabled" : "disabled"] as const)),
    ...(observed.alsoIn ?? []).filter((tier) => !known.alsoIn?.includes(tier)).map(() => "added-to-plan" as const),
    ...(known.tier === observed.tier ? [] : ["removed-from-plan" as const]),
  ];
}
