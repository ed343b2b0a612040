import { type Html, html } from "../../../text/html";
import { formatCount } from "../../../text/limits";
import { columnChart, rowChart } from "../../../text/page/charts";
import { htmlPage, scroll } from "../../../text/page/html-page";
import { describeAllUnknown } from "../describe-unknown";
import {
  allUses,
  countOf,
  listOf,
  nameOf,
  neverCalled,
  paceText,
  percentOf,
  quotasText,
  readText,
  thresholdText,
  tierName,
} from "../labels";
import type { SubscriptionUse, TierUse, UsageSummary } from "../summary";
import { customerTable } from "./customer-table";
import { shareGroups } from "./share-groups";

/** What tables of customers look like beside others. */
const STYLE = `
.keys td:nth-child(5),.keys th:nth-child(5){text-align:right}
.of th{padding-left:2rem;color:var(--quiet)}
.n path{fill:var(--near)}
.u path{fill:var(--full)}
.q path{fill:var(--quiet)}
.u,.n{font-weight:600}
td svg{width:100px;height:10px;margin-right:.5rem;background:var(--raised);outline:1px solid var(--line)}
`.trim();

/** A summary as one file of HTML, which needs nothing else and is read without scripts. */
export function usagePage(summary: UsageSummary): string {
  const { from, to, unknown, threshold, tiers } = summary;
  const title = `Usage from ${from} to ${to}`;
  const intro = html`${readText(summary)} Days and times are in UTC.`;
  const main = html`${overview(summary)}
${threshold === null ? [] : html`<p><strong>${thresholdText(threshold)}</strong></p>`}
${unknown.length === 0 ? [] : html`<h2>Not known, or only assumed</h2><ul>${describeAllUnknown(unknown).map((each) => html`<li>${each}`)}</ul>`}
${daysSection(summary)}
${tiersSection(summary)}
${sharesSection(summary)}
<h2>Customers</h2>
<p>Quotas are for each key: of a subscription with several keys, the one that used the largest share is shown. ${paceText(summary)}</p>
${tiers.map((tier) => customersOf(tier, summary))}`;
  return htmlPage({ title, intro, main, style: STYLE });
}

function overview(summary: UsageSummary): Html {
  const uses = allUses(summary).filter(({ isCurrent }) => isCurrent);
  const of = (state: SubscriptionUse["state"]) => uses.filter((use) => use.state === state);
  const named = (names: readonly string[]) =>
    `${formatCount(names.length)}${names.length > 0 ? `: ${listOf(names, 12)}` : ""}`;
  return html`<ul>
<li>${countOf(summary.requests, "request")} of ${countOf(new Set(uses.flatMap(({ subscription }) => subscription ?? [])).size, "subscription")}
<li>Quota used up: ${named(of("used up").map(withShare))}
<li>80 % of the quota or more: ${named(of("near").map(withShare))}
<li>No call${isWhole(summary) ? "" : " on the days that were collected"}: ${named(neverCalled(summary).map(nameOf))}
</ul>`;
}

const isWhole = ({ days }: UsageSummary): boolean => days.every(({ state }) => state !== "not collected");
const withShare = (use: SubscriptionUse): string =>
  use.share === null ? nameOf(use) : `${nameOf(use)} (${percentOf(use.share)} %)`;

function daysSection({ days }: UsageSummary): Html {
  const bars = days.map(({ day, requests, state }) => ({
    label: day,
    value: requests,
    look: state === "open" ? ("open" as const) : ("plain" as const),
    isMissing: state === "not collected",
  }));
  const rows = days.map(
    ({ day, requests, state }) =>
      html`<tr><th scope=row>${day}<td>${state === "not collected" ? "?" : formatCount(requests)}<td>${state}`,
  );
  return html`<h2 id=days>Requests of each day</h2>
${columnChart(`Requests of each day; the table below has the same ${days.length} values`, bars)}
<p class=quiet>A pale bar is open: AWS may still change it. A question mark is a day that was not collected.</p>
${scroll("days", html`<table class=numbers><thead><tr><th scope=col>Day<th scope=col>Requests<th scope=col>State<tbody>${rows}</table>`, true)}`;
}

function tiersSection(summary: UsageSummary): Html {
  const { tiers } = summary;
  const bars = tiers.map(({ tier, requests }) => ({ label: tierName(tier), value: requests, look: "plain" as const }));
  const rows = tiers.map((each) => {
    const current = each.subscriptions.filter((use) => use.isCurrent && use.subscription !== null).length;
    return html`<tr><th scope=row>${tierName(each.tier)}<td>${formatCount(each.requests)}<td>${formatCount(current)}<td>${quotasText(each, summary)}`;
  });
  return html`<h2 id=tiers>Requests by tier</h2>
${rowChart(`Requests by tier; the table below has the same ${tiers.length} values`, bars)}
${scroll("tiers", html`<table class=numbers><thead><tr><th scope=col>Tier<th scope=col>Requests<th scope=col>Subscriptions<th scope=col>Quota<tbody>${rows}</table>`, true)}`;
}

function sharesSection(summary: UsageSummary): Html {
  const groups = shareGroups(allUses(summary));
  const rows = groups.map(({ label, value }) => html`<tr><th scope=row>${label}<td>${formatCount(value)}`);
  return html`<h2 id=shares>Shares of the quota</h2>
<p>Subscriptions that are on a tier, and keys of none, by the share of the quota that they used.</p>
${rowChart("Subscriptions by the share of the quota that they used; the table below has the same values", groups)}
${scroll("shares", html`<table class=numbers><thead><tr><th scope=col>Share<th scope=col>Subscriptions<tbody>${rows}</table>`, true)}`;
}

function customersOf(tier: TierUse, summary: UsageSummary): Html {
  const id = `tier-${summary.tiers.indexOf(tier) + 1}`;
  const { requests, subscriptions } = tier;
  return html`<h3 id=${id}>${tierName(tier.tier)}: ${countOf(requests, "request")}; ${quotasText(tier, summary)}</h3>
${scroll(id, customerTable(subscriptions))}`;
}
