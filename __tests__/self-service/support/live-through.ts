import type { Request } from "../../../src/self-service/machine/command";
import type { SelfServiceSettings } from "../../../src/self-service/machine/settings";
import { keyWorks } from "../../../src/self-service/machine/subscription";
import type { LogLine, Ports } from "../../../src/self-service/service/ports";
import { type Reconciliation, reconcile } from "../../../src/self-service/service/reconcile";
import type { Answer } from "../../../src/self-service/service/service";
import { SubscriptionService } from "../../../src/self-service/service/service";
import { LEASE } from "../../../src/self-service/service/worker";
import { type LiveAccount, type ObservedAccount, tooManyRequests } from "./fake-account";
import { Interleaving } from "./interleaving";
import { HOUR, type Lives } from "./random-lives";
import { type Shop, settingsOf } from "./shop";

/** What became of lives that were lived through. */
export interface Lived {
  readonly account: ObservedAccount;
  readonly requests: readonly Request[];
  readonly answers: readonly { readonly request: Request; readonly answer: Answer }[];
  readonly errors: readonly unknown[];
  readonly reconciliations: readonly Reconciliation[];
  readonly logged: readonly LogLine[];
  readonly deletedByHand: ReadonlySet<string>;
  /** The settings of the function at a time, with tiers by their plans: renamed or not, these stay. */
  readonly plansAt: (at: number) => SelfServiceSettings;
  readonly calls: number;
  readonly crashes: number;
}

/** Lives through all that happens, with workers that end anywhere; then time passes, and a reconciliation finishes the rest. */
export async function liveThrough(lives: Lives, account: LiveAccount): Promise<Lived> {
  let { settings } = lives;
  const deploys = [{ at: 0, settings }];
  const answers: Lived["answers"][number][] = [];
  const errors: unknown[] = [];
  const reconciliations: Reconciliation[] = [];
  const logged: LogLine[] = [];
  const deletedByHand = new Set<string>();
  const random = randomFrom(lives.seed);
  let { crashes: crashRate, failures: failureRate } = lives;
  let crashes = 0;
  const interleaving = new Interleaving(
    (below) => random(below),
    () => {
      const drawn = random(1_000);
      if (drawn < crashRate) {
        crashes++;
        return drawn % 2 === 0 ? "ends before" : "ends after";
      }
      return drawn < crashRate + failureRate ? "fails" : "goes on";
    },
    tooManyRequests,
  );
  const requests: Request[] = [];
  const start = (run: (ports: Ports) => Promise<unknown>) => {
    interleaving
      .start((call) => run(account.ports(call, (line) => logged.push(line), settings)))
      .catch((error: unknown) => errors.push(error));
  };
  const tick = (id: string) => start((ports) => new SubscriptionService(settings, ports).tick(id));
  const deliver = (index: number) => {
    const written = lives.requests[index % lives.requests.length];
    if (written === undefined) return;
    const number = index % lives.requests.length;
    requests[number] ??= requestOf(written, number, account.now);
    const request = requests[number];
    start(async (ports) => {
      const answer = await new SubscriptionService(settings, ports).handle(request);
      answers.push({ request, answer });
    });
  };
  const fire = async () => {
    for (const id of await account.due()) tick(id);
  };

  let shop: Shop = { renamed: false };
  const deploy = (next: Shop) => {
    shop = next;
    // Nothing happens at the very time of a deploy, so that a time tells which settings held.
    account.now += 1_000;
    settings = settingsOf(lives.settings, shop);
    deploys.push({ at: account.now, settings: settingsOf(lives.settings, { ...shop, renamed: false }) });
  };

  for (const index of [0, 1, 2]) deliver(index);
  await interleaving.finish();
  for (const happening of lives.happenings) {
    if (happening.do === "deliver") happening.requests.forEach(deliver);
    else if (happening.do === "wait") {
      account.now += happening.time;
      await fire();
    } else if (happening.do === "deploy") deploy(happening.shop);
    else if (happening.do === "reconcile")
      start(async (ports) => reconciliations.push(await reconcile(settings, ports)));
    else {
      const deleted = await account.changeByHand(happening.change, happening.key);
      if (deleted !== undefined) deletedByHand.add(deleted);
    }
    await interleaving.finish();
  }
  const isUndisturbed = crashRate === 0 && failureRate === 0;
  crashRate = 0;
  failureRate = 0;
  // What is due comes to an end: key deletions, periods of grace. Each time the scheduler calls, and then a reconciliation.
  const comeToRest = async (time: number) => {
    account.now += time;
    await fire();
    await interleaving.finish();
    start(async (ports) => reconciliations.push(await reconcile(settings, ports)));
    await interleaving.finish();
  };
  if (shop.withdrawn !== undefined) {
    await comeToRest(LEASE + 1);
    const observed = await account.observe();
    keysThatMustNotWorkDoNot(observed);
    if (isUndisturbed) keysThatWorkAreInPlans(observed);
    const { withdrawn: _, ...listed } = shop;
    deploy(listed);
  }
  for (const time of [LEASE + 1, 2 * LEASE]) await comeToRest(time);
  return {
    account: await account.observe(),
    requests: requests.filter((request) => request !== undefined),
    answers,
    errors,
    reconciliations,
    logged,
    deletedByHand,
    plansAt: (at) => deploys.findLast((each) => each.at <= at)?.settings ?? lives.settings,
    calls: interleaving.calls,
    crashes,
  };
}

/** Whatever of a customer waits for a tier that was dropped, what takes access away does not. */
function keysThatMustNotWorkDoNot({ subscriptions, keys }: ObservedAccount): void {
  for (const { subscription } of subscriptions.values())
    for (const key of subscription.keys)
      if (!keyWorks(subscription, key)) expect(keys.get(key.aws.id ?? "")?.enabled ?? false).toBe(false);
}

/** A tier that is dropped takes nobody's access away. */
function keysThatWorkAreInPlans({ keys }: ObservedAccount): void {
  for (const { enabled, owner, tiers } of keys.values())
    if (owner === "self-service" && enabled) expect([...tiers]).toHaveLength(1);
}

function requestOf({ subscription, command, late }: Lives["requests"][number], index: number, now: number): Request {
  const dated = "occurredAt" in command ? { ...command, occurredAt: now - late * HOUR } : command;
  return { id: `request-${index}`, subscription, command: dated };
}

/** Whole numbers from a seed (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
