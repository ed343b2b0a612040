import { formatCount, formatQuota } from "../../text/limits";
import { oneLine } from "../../text/one-line";
import { shellWord } from "../../text/shell-word";
import { counted, listed } from "../finding";
import type { OtherChange, Report, ReportedFinding, Section } from "../report";

/** Parts of a report that all renderings share. Texts are one line each, whatever names hold. */

/** Findings of one rule that say the same. */
export interface Entry {
  readonly subjects: readonly string[];
  readonly what: string;
  /** `null` where nobody has accepted it. */
  readonly because: string | null;
  /** What accepts the first of them, as one word for a shell: `access-lost:joe-black`. */
  readonly accept: string;
}

export function entriesOf({ rule, findings }: Section): Entry[] {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.what, finding.acceptedBecause]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((group) => ({
    subjects: group.map(({ subject }) => oneLine(subject)),
    what: oneLine(group[0]?.what ?? ""),
    because: group[0]?.acceptedBecause == null ? null : oneLine(group[0].acceptedBecause),
    accept: shellWord(oneLine(`${rule}:${group[0]?.about}`)),
  }));
}

export function verdictOf({ decisions, accepted }: Report): string {
  const also = accepted > 0 ? ` (${counted(accepted, "finding is", "findings are")} accepted)` : "";
  if (decisions === 0) return `No decision needed${also}`;
  return `${counted(decisions, "finding needs", "findings need")} a decision${also}`;
}

/** What happens to whom, in one or two sentences. */
export function summaryOf({ customers, changes, applySeconds }: Report): string[] {
  const { gaining, losing, moving, newKey, before, after } = customers;
  const parts = [
    ...(newKey.length > 0 ? [counted(newKey.length, "gets another key", "get other keys")] : []),
    ...(losing.length > 0 ? [counted(losing.length, "loses access", "lose access")] : []),
    ...(moving.length > 0 ? [counted(moving.length, "changes tier", "change tiers")] : []),
    ...(gaining.length > 0 ? [counted(gaining.length, "gains access", "gain access")] : []),
  ];
  const total =
    before === after
      ? counted(after, "key", "keys")
      : `${before.toLocaleString("en")} → ${after.toLocaleString("en")} keys`;
  const whom =
    parts.length > 0 ? `Of the customers, ${listed(parts)}; ${total}.` : `No customer gains, loses or moves; ${total}.`;
  const does = Object.entries(changes).filter(([, count]) => count > 0);
  const resources =
    does.length === 0
      ? "The plans change nothing."
      : `Terraform: ${does.map(([action, count]) => `${count.toLocaleString("en")} to ${action}`).join(", ")}; the apply takes ${duration(applySeconds)} at AWS's rates.`;
  return [whom, resources];
}

/** The sections that matter most, in words: who is first of each. */
export function firstThings({ sections }: Report, most = 3): { readonly title: string; readonly entry: Entry }[] {
  const open = sections.flatMap((section) => {
    const entries = entriesOf(section);
    const entry = entries.find(({ because }) => because === null);
    return entry ? [{ title: section.title, entry, severity: section.severity }] : [];
  });
  const decisions = open.filter(({ severity }) => severity === "decision");
  // What was already so is not news.
  return [...decisions, ...open.filter((each) => each.severity === "notice")].slice(0, most);
}

/** `joe-black: used 812 of 1,000 a day; would have been refused 3 times`, for each. */
export const trafficLines = ({ traffic }: Report): string[] =>
  traffic.map(({ customer, used, quota, wouldBeRefused }) => {
    const of = quota ? ` of ${formatQuota(quota)}` : used === 1 ? " request" : " requests";
    const parts = [
      ...(used === null ? [] : [`used ${formatCount(used)}${of}`]),
      ...(wouldBeRefused === null ? [] : [`would have been refused ${counted(wouldBeRefused, "time", "times")}`]),
    ];
    return oneLine(`${customer}: ${parts.join("; ")}`);
  });

/** Other changes that do the same to things of one type in one stack. */
export interface OtherGroup {
  readonly heading: string;
  readonly addresses: readonly string[];
}

export function otherGroups(changes: readonly OtherChange[]): OtherGroup[] {
  const groups = new Map<string, string[]>();
  for (const { stack, type, action, attributes, address } of changes) {
    const describeAttributes = attributes.length > 0 ? ` (${attributes.join(", ")})` : "";
    const heading = oneLine(`${stack}: ${action} ${type}${describeAttributes}`);
    const name = oneLine(address.startsWith(`${type}.`) ? address.slice(type.length + 1) : address);
    const group = groups.get(heading);
    if (group) group.push(name);
    else groups.set(heading, [name]);
  }
  return [...groups].map(([heading, addresses]) => ({ heading, addresses }));
}

/** Acceptances that accept nothing, each with what may be meant: `access-lost:ctrlo`, and `access-lost:dev/ctrlo`. */
export const unusedOf = ({
  unusedAcceptances,
  didYouMean,
}: Report): { readonly name: string; readonly meant: readonly string[] }[] =>
  unusedAcceptances.map((name) => ({ name: oneLine(name), meant: (didYouMean[name] ?? []).map(oneLine) }));

export function duration(seconds: number): string {
  if (seconds < 60) return "less than a minute";
  const minutes = Math.round(seconds / 60);
  return minutes < 120
    ? `about ${counted(minutes, "minute", "minutes")} at least`
    : `about ${Math.round(minutes / 60)} hours at least`;
}
