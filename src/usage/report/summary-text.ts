import { bar } from "../../text/bar";
import { formatCount } from "../../text/limits";
import { plainTable } from "../../text/plain-table";
import { describeAllUnknown } from "./describe-unknown";
import {
  allUses,
  countOf,
  fullNameOf,
  listOf,
  nameOf,
  neverCalled,
  outlookText,
  paceText,
  percentOf,
  periodText,
  quotasText,
  readText,
  rowNotes,
  shareText,
  suspendedText,
  tellingKey,
  thresholdText,
  tierName,
  usedText,
} from "./labels";
import type { KeyUse, SubscriptionUse, TierUse, UsageSummary } from "./summary";

const WIDTH = 20;

/** A summary for a terminal: a table for each tier, who nears the quota, who does not call, and what is not known. */
export function summaryText(summary: UsageSummary): string {
  const { from, to, requests, tiers, unknown, threshold } = summary;
  const pace = paceText(summary);
  return [
    `Usage from ${from} to ${to} (UTC): ${countOf(requests, "request")}\n${readText(summary)}`,
    ...tiers.map((tier) => tierText(tier, summary)),
    ...namesText("Quota used up", summary, "used up"),
    ...namesText("80 % of the quota or more", summary, "near"),
    ...callersText(summary),
    ...(pace === "" ? [] : [pace]),
    ...(unknown.length > 0
      ? [
          `Not known, or only assumed:\n${describeAllUnknown(unknown)
            .map((each) => `- ${each}`)
            .join("\n")}`,
        ]
      : []),
    ...(threshold === null ? [] : [thresholdText(threshold)]),
  ].join("\n\n");
}

function tierText(tier: TierUse, summary: UsageSummary): string {
  const { subscriptions, requests } = tier;
  const quotas = quotasText(tier, summary);
  const heading = `${tierName(tier.tier)}: ${countOf(requests, "request")}; ${quotas}`;
  const rows = subscriptions.flatMap(rowsOf);
  const head = ["Subscription", "Requests", "Share of the quota", "", "Used", "Period", "Used up"];
  const table = plainTable(rows, ["left", "right", "left", "right", "right", "left", "left"], head);
  const days = subscriptions.flatMap((use) => (use.days ? [daysText(use.days, summary)] : []));
  return [heading, table, ...days].join("\n");
}

/** A row of a subscription, and one for each key where it has several: a quota is for each key. */
function rowsOf(use: SubscriptionUse): string[][] {
  const key = tellingKey(use);
  const keys = use.keys.length > 1 ? use.keys : [];
  return [
    [`${fullNameOf(use)}${rowNotes(use)}`, formatCount(use.requests), ...quotaCells(key)],
    ...keys.map((each) => [
      `  key ${each.key}${suspendedText([each])}`,
      formatCount(each.requests),
      ...quotaCells(each),
    ]),
  ];
}

function quotaCells(key: KeyUse | undefined): string[] {
  if (key === undefined) return ["", "", "", "", ""];
  const { period } = key;
  if (period === null) return ["", shareText(key), "", "", outlookText(key)];
  return [bar(period.share, WIDTH), shareText(key), usedText(period), periodText(period), outlookText(key)];
}

/** Requests of each day of one customer. */
function daysText(perDay: readonly number[], { days }: UsageSummary): string {
  const most = Math.max(...perDay, 1);
  const rows = days.map(({ day, state }, index) => {
    const count = perDay[index] ?? 0;
    return [day, state === "not collected" ? "?" : formatCount(count), bar(count / most, WIDTH * 2), state];
  });
  return `\n${plainTable(rows, ["left", "right", "left", "left"], ["Day", "Requests", "", "State"])}`;
}

function namesText(title: string, summary: UsageSummary, state: "used up" | "near"): string[] {
  const uses = allUses(summary).filter((use) => use.state === state);
  const names = uses.map((use) => `${nameOf(use)}${use.share === null ? "" : ` (${percentOf(use.share)} %)`}`);
  return names.length === 0 ? [] : [`${title}: ${listOf(names)}`];
}

function callersText(summary: UsageSummary): string[] {
  const names = neverCalled(summary).map(nameOf);
  if (names.length === 0) return [];
  const isWhole = summary.days.every(({ state }) => state !== "not collected");
  return [`No call${isWhole ? "" : " on the days that were collected"}: ${listOf(names)}`];
}
