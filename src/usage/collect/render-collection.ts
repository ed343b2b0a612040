import { printable } from "../../text/printable";
import type { Collection } from "./collect";

/** What a collection did, and what it could not do, for a person. */
export function collectionAsText(collection: Collection, store: string, neverDeployed: readonly string[]): string {
  const { read, from, to, plans, corrections, lost } = collection;
  const collected = plans.filter(({ outcome }) => outcome === "collected");
  const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
  const files = sum(plans.map(({ filesWritten }) => filesWritten));
  const lines = [
    `Collected ${from} to ${to}, as of ${read}, into ${printable(store)}:`,
    `  ${count(collected.length, "usage plan")} with ${count(sum(collected.map(({ keys }) => keys)), "key")}, ` +
      `${count(sum(plans.map(({ requests }) => requests)), "request")}, ${count(files, "file")} written`,
  ];
  const tell = (title: string, each: readonly string[]) => {
    if (each.length > 0) lines.push(title, ...shortened(each));
  };
  const byId = new Map(plans.map(({ id, name }) => [id, name]));
  const called = (id: string) => {
    const name = byId.get(id) ?? id;
    return name === id ? id : `${printable(name)} (${id})`;
  };
  const names = (outcome: string) =>
    plans.filter((plan) => plan.outcome === outcome).map(({ name }) => printable(name));
  tell("Not read again, because an interrupted run read them shortly before:", names("read shortly before"));
  tell(
    "Lost, because AWS does not tell it any more:",
    lost.map((each) => `${called(each.plan)}: ${each.from} to ${each.to} (${REASONS[each.because](each.lastRead)})`),
  );
  tell(
    "Corrected by AWS after the figure was final:",
    corrections.map(
      ({ day, plan, key, subscription, from: was, to: is }) =>
        `${day} ${printable(subscription ?? key)} under ${called(plan)}: ${was.toLocaleString("en")} → ${is.toLocaleString("en")}`,
    ),
  );
  tell(
    "Not collected, because no state knows the key; what names it may be a key's value, so it is not shown:",
    collection.unknownKeys.map(
      ({ plan, entries, calls }) =>
        `${called(plan)}: ${count(entries, "entry", "entries")} with ${count(calls, "call")}`,
    ),
  );
  tell(
    "Not collected, because AWS's answer does not say which day it is about:",
    collection.unclearKeys.map(({ plan, keys }) => `${called(plan)}: ${count(keys.length, "key")}`),
  );
  tell("Deleted in AWS, so there is nothing to read:", names("deleted"));
  tell("Without a price, because another version wrote it:", collection.unknownPrices.map(called));
  tell(
    "Not created yet:",
    collection.withoutId.map((name) => printable(name)),
  );
  tell("Stacks that were never deployed:", neverDeployed);
  if (collection.withoutSubscription > 0)
    lines.push(
      `${count(collection.withoutSubscription, "key")} of no subscription: nobody can be billed for what they use`,
    );
  return lines.join("\n");
}

const REASONS = {
  "too old": (lastRead: string) => `last collected ${lastRead}; AWS tells 90 days`,
  "plan deleted": (lastRead: string) => `the plan was deleted after it was last collected, ${lastRead}`,
} as const;

const count = (number: number, one: string, many = `${one}s`) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** There may be thousands; JSON has them all. */
const MOST = 20;

function shortened(lines: readonly string[]): string[] {
  const shown = lines.slice(0, MOST).map((line) => `  ${line}`);
  return lines.length > MOST
    ? [...shown, `  and ${(lines.length - MOST).toLocaleString("en")} more; --format json has all`]
    : shown;
}
