import type { SubscriptionInput } from "../vocabulary/subscription-input";

/** Subscriptions as a CSV file that `subscriptionsFromFile` reads, with the columns that they need. */
export function csvOf(subscriptions: Readonly<Record<string, SubscriptionInput>>): string {
  const rows = Object.entries(subscriptions).map(
    ([id, subscription]) => new Map([["id", id], ...cellsOf(subscription)]),
  );
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row.get(column) ?? ""))];
  return `${lines.map((cells) => cells.map(quoted).join(",")).join("\n")}\n`;
}

function cellsOf(subscription: SubscriptionInput): [string, string][] {
  return Object.entries(subscription).flatMap(([field, value]): [string, string][] =>
    typeof value === "object"
      ? Object.entries(value).map(([name, each]) => [`${field}.${name}`, String(each)])
      : [[field, String(value)]],
  );
}

const quoted = (cell: string) => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
