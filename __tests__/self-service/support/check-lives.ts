import { advance, nextDue } from "../../../src/self-service/machine/advance";
import type { Command, Request } from "../../../src/self-service/machine/command";
import { decide } from "../../../src/self-service/machine/decide";
import type { SelfServiceSettings } from "../../../src/self-service/machine/settings";
import { keyWorks, type RuntimeSubscription, tierOf } from "../../../src/self-service/machine/subscription";
import { withTiersOfToday } from "../../../src/self-service/service/former-tiers";
import type { Lived } from "./live-through";
import { type Accepted, type Life, lifeAt } from "./plain-life";
import type { Lives } from "./random-lives";
import { planOf } from "./shop";

/** All that must hold once lives were lived through, and all has come to rest. */
export function checkLives(lives: Lives, lived: Lived): void {
  for (const error of lived.errors) if (!/TooManyRequests/.test(String(error))) throw error;
  for (const id of lived.account.subscriptions.keys()) agree(id, lives, lived);
  handedOverOnce(lives, lived);
  othersAreUntouched(lived);
  nothingToRepair(lives, lived);
  sameAnswers(lived);
  nothingShowsAValue(lived);
}

/** What was accepted, in the order in which it was saved, makes the same life in all three, and AWS has what it says. */
function agree(id: string, { settings }: Lives, { account, requests, deletedByHand, plansAt }: Lived): void {
  const { now } = account;
  const stored = account.subscriptions.get(id);
  if (stored === undefined) throw new Error(`${id} is not stored`);
  const subscription = advance(stored.subscription, now, settings);
  const accepted = account.accepted
    .filter((each) => each.subscription === id)
    .map((each) => ({ at: each.at, request: requests.find((request) => request.id === each.id) }))
    .flatMap(({ at, request }) => (request ? [ofPlans(request, at)] : []));

  let machine: RuntimeSubscription | undefined;
  for (const { request, command, at } of accepted) {
    const then = plansAt(at);
    const before = machine && advance(machine, at, then);
    onlyOpenTiersAreJoined(before, command, then);
    machine = decide(before, request, at, then).after;
  }
  if (machine === undefined) throw new Error(`${id} was never started`);
  const stands = byPlans(subscription);
  expect(intended(stands)).toEqual(intended(advance(machine, now, plansAt(now))));

  expect(lifeOf(stands)).toEqual(lifeAt(accepted, now, settings));

  // Nothing is left to do.
  expect({ acting: stored.acting, events: subscription.events }).toEqual({ acting: undefined, events: [] });
  const published = [
    ...new Set(account.events.filter((each) => each.subscription === id).map(({ event }) => event.id)),
  ];
  expect(published).toEqual(Array.from({ length: subscription.eventCount }, (_, index) => `${id}/${index + 1}`));
  expect(account.schedule.get(id)).toBe(nextDue(subscription, settings));

  const known = subscription.keys.flatMap(({ aws }) => (aws.id === undefined ? [] : [aws.id]));
  const owned = [...account.keys.values()].filter(
    ({ owner, name }) => owner === "self-service" && name.startsWith(`${id}#`),
  );
  expect(owned.filter((key) => !known.includes(key.id))).toEqual([]);
  for (const key of subscription.keys) {
    const inAws = account.keys.get(key.aws.id ?? "");
    if (deletedByHand.has(key.aws.id ?? "")) continue;
    if (key.deleted || key.aws.id === undefined) expect(inAws).toBeUndefined();
    else {
      expect(inAws?.enabled).toBe(keyWorks(subscription, key));
      if (key.retiredAt === undefined) expect([...(inAws?.tiers ?? [])]).toEqual([planOf(tierOf(subscription))]);
    }
    if (key.retiredAt === undefined) expect(key.aws.id).toBeDefined();
  }
  const current = subscription.keys.findLast((key) => key.retiredAt === undefined);
  const wanted = settings.handOver === "store" && current && account.keys.get(current.aws.id ?? "")?.value;
  if (!current || !deletedByHand.has(current.aws.id ?? "")) expect(account.values.get(id)).toBe(wanted || undefined);
}

/** An accepted request by the plan of its tier, which stays however the tier is called. */
function ofPlans(request: Request, at: number): Accepted & { readonly request: Request } {
  const command =
    "tier" in request.command ? { ...request.command, tier: planOf(request.command.tier) } : request.command;
  return { at, command, request: { ...request, command } };
}

/** A subscription by the plans of its tiers. */
const byPlans = (subscription: RuntimeSubscription): RuntimeSubscription =>
  withTiersOfToday({ subscription, version: 0 }, { formerTiers: { basic: "free" } }).subscription;

/** Nobody comes to a tier that is closed, or not listed. */
function onlyOpenTiersAreJoined(
  before: RuntimeSubscription | undefined,
  command: Command,
  { tiers, closedTiers = [] }: SelfServiceSettings,
): void {
  if (!("tier" in command) || (before && tierOf(before) === command.tier)) return;
  expect(tiers.filter((tier) => !closedTiers.includes(tier))).toContain(command.tier);
}

/** What was decided, without what is known of AWS. */
function intended({ keys, events, scheduled, stored, ...rest }: RuntimeSubscription): unknown {
  return { ...rest, keys: keys.map(({ aws, handedOver, ...key }) => key) };
}

function lifeOf(subscription: RuntimeSubscription): Life {
  const { state, suspension, payment, keys } = subscription;
  return {
    state,
    tier: planOf(tierOf(subscription)),
    suspended: suspension.suspended,
    payment: state === "ended" ? undefined : payment.state,
    keys: keys.filter((key) => key.retiredAt === undefined).length,
  };
}

/** A value is in one answer at most, which is the answer to the request that asked for its key. */
function handedOverOnce({ settings }: Lives, { answers, account }: Lived): void {
  const values = answers.flatMap(({ answer }) => answer.keyValue ?? []);
  expect(new Set(values).size).toBe(values.length);
  if (settings.handOver === "store") expect(values).toEqual([]);
  for (const { request, answer } of answers) {
    if (answer.keyValue === undefined) continue;
    const key = account.subscriptions
      .get(request.subscription)
      ?.subscription.keys.find((each) => each.requestedBy === request.id);
    const inAws = account.keys.get(key?.aws.id ?? "");
    if (inAws) expect(inAws.value).toBe(answer.keyValue);
    expect(key?.handedOver).toBe(true);
  }
}

function othersAreUntouched({ account }: Lived): void {
  const [other] = [...account.keys.values()].filter(({ owner }) => owner === "terraform");
  expect({ ...other, tiers: [...(other?.tiers ?? [])] }).toMatchObject({ enabled: true, tiers: ["free"] });
}

/** Without anybody who changes keys by hand, the service and AWS never differ; and a key that lists show is never made twice. */
function nothingToRepair({ happenings, listDelay }: Lives, { reconciliations }: Lived): void {
  if (happenings.every((each) => each.do !== "by hand"))
    expect(reconciliations.flatMap(({ drift }) => drift)).toEqual([]);
  if (listDelay === 0) expect(reconciliations.flatMap(({ orphans }) => orphans)).toEqual([]);
}

/** Each delivery of a request that was accepted gets the answer that the first one got. */
function sameAnswers({ answers, account }: Lived): void {
  for (const { request, answer } of answers) {
    expect(answer.refusal?.code).not.toBe("request-reused");
    if (answer.outcome !== "refused") expect(answer.outcome).toBe(account.requests.get(request.id)?.outcome);
  }
}

/** A value is in no log, event, table or error; only the one answer has it. */
function nothingShowsAValue({ account, answers, errors, logged, reconciliations }: Lived): void {
  const shown = JSON.stringify([
    logged,
    [...account.subscriptions.values()],
    [...account.requests.values()],
    account.events,
    reconciliations,
    errors.map(String),
    answers.map(({ answer: { keyValue: _, ...rest } }) => rest),
  ]);
  for (const { value } of account.keys.values()) if (shown.includes(value)) throw new Error("a value is shown");
}
