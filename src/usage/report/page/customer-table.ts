import { type Html, html } from "../../../text/html";
import { formatCount } from "../../../text/limits";
import {
  fullNameOf,
  outlookText,
  periodText,
  rowNotes,
  shareText,
  suspendedText,
  tellingKey,
  usedText,
} from "../labels";
import type { KeyUse, QuotaState, SubscriptionUse } from "../summary";

const HEAD = html`<thead><tr><th scope=col>Subscription<th scope=col>Requests<th scope=col>Last call<th scope=col>Share of the quota<th scope=col>Used<th scope=col>Period<th scope=col>Used up<tbody>`;

/** The subscriptions of a tier. End tags that HTML lets out are left out: a page of 1,000 customers stays below 300 kB. */
export const customerTable = (subscriptions: readonly SubscriptionUse[]): Html =>
  html`<table class="numbers keys">${HEAD}${subscriptions.flatMap(rowsOf)}</table>`;

/** A row of a subscription, and one for each key where it has several. */
function rowsOf(use: SubscriptionUse): Html[] {
  const keys = use.keys.length > 1 ? use.keys : [];
  return [
    html`<tr><th scope=row>${fullNameOf(use)}${rowNotes(use)}<td>${formatCount(use.requests)}<td>${use.lastCall ?? "none"}${cells(tellingKey(use))}`,
    ...keys.map(
      (key) =>
        html`<tr class=of><th scope=row>key ${key.key}${suspendedText([key])}<td>${formatCount(key.requests)}<td>${cells(key)}`,
    ),
  ];
}

const CLASSES: Partial<Record<QuotaState, Html>> = {
  "used up": html` class=u`,
  near: html` class=n`,
  unknown: html` class=q`,
};

function cells(key: KeyUse | undefined): Html {
  if (key === undefined) return html`<td><td><td><td>`;
  const { period, state } = key;
  const share = html`<td${CLASSES[state] ?? []}>${period === null ? [] : bar(period.share)}${shareText(key)}`;
  if (period === null) return html`${share}<td><td><td>${outlookText(key)}`;
  return html`${share}<td>${usedText(period)}<td>${periodText(period)}<td>${outlookText(key)}`;
}

/** The number stands beside it. */
const bar = (share: number): Html =>
  html`<svg aria-hidden=true><path d="M0 0h${Math.min(100, Math.ceil(share * 100))}v10H0"/></svg>`;
