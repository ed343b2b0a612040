import { csvOfTable } from "../../text/csv";
import type { UsageSummary } from "./summary";

const COLUMNS = [
  "tier",
  "subscription",
  "customer",
  "plan",
  "key",
  "enabled",
  "first_day",
  "last_day",
  "requests",
  "last_call",
  "state",
  "period_from",
  "period_to",
  "used",
  "allowed",
  "allowed_by",
  "remaining",
  "share",
  "share_is_at_least",
  "outlook",
  "used_up_at",
  "requests_a_day",
  "read",
] as const;

/** One row for each key in each plan, so that a spreadsheet's sum of `requests` is the sum of all. */
export function summaryCsv({ tiers }: UsageSummary): string {
  const rows = tiers.flatMap(({ tier, subscriptions }) =>
    subscriptions.flatMap(({ subscription, customer, lastCall, keys }) =>
      keys.map(({ period, outlook, ...key }) => [
        ...[tier ?? "", subscription ?? "", customer ?? "", key.plan, key.key, String(key.enabled)],
        ...[key.first, key.last, key.requests, lastCall ?? "", key.state],
        ...(period === null
          ? Array<string>(8).fill("")
          : [
              ...[period.from, period.to, period.used, period.allowed, period.allowedBy, period.remaining],
              ...[period.share, String(period.isAtLeast)],
            ]),
        ...[outlook?.kind ?? "", outlook?.at ?? "", outlook?.requestsADay ?? "", key.read],
      ]),
    ),
  );
  return csvOfTable(COLUMNS, rows);
}
