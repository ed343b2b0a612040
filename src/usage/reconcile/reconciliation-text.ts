import { printable } from "../../text/printable";
import type { DifferenceReason, Reconciliation, UsageDifference } from "./reconcile";

const REASONS: Readonly<Record<DifferenceReason, string>> = {
  "no-logs":
    'no lines of that day: read the logs of its stages with "api-tiers usage logs", or give the stages an access log',
  "other-stages": "of stages that the key's usage plan does not cover, or is not known to: give usage logs the --state",
  "no-plan": "by a key that was in no usage plan on that day",
  throttled: "answered with 429, which AWS seems not to count",
  forbidden: "answered with 403, which AWS seems not to count",
  "not-final": "of a day that is not final: collect and read the logs again later",
  unknown: "nothing known explains them: lines may be missing, or limits were not enforced for a while",
};

/** A reconciliation for a person. */
export function reconciliationText({ equal, differences }: Reconciliation, from: string, to: string): string {
  const head = `${from} to ${to}: GetUsage and the access logs say the same of ${equal} key${equal === 1 ? "" : "s"} and days`;
  if (differences.length === 0) return `${head}, and differ nowhere.`;
  return [`${head}, and differ at ${differences.length}:`, ...differences.map(describe)].join("\n");
}

function describe({ day, key, subscription, customer, counted, logged, reasons }: UsageDifference): string {
  const name = customer === null ? "" : ` (${printable(customer)})`;
  const who = subscription === null ? `key ${printable(key)}, of no subscription` : `${printable(subscription)}${name}`;
  const each = reasons.map(({ reason, requests }) => `    ${requests.toLocaleString("en")}: ${REASONS[reason]}`);
  const numbers = `GetUsage ${counted.toLocaleString("en")}, logs ${logged.toLocaleString("en")}`;
  return [`- ${day} ${who}: ${numbers}`, ...each].join("\n");
}
