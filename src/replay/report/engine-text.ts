import { formatCount } from "../../text/limits";
import { plainTable } from "../../text/plain-table";
import { printable } from "../../text/printable";
import { countOf } from "../../usage/report/labels";
import type { EngineCandidateReport, EngineReport } from "../engines/engine-report";
import { boundText, othersText, shareText } from "./labels";
import { fitted, listText } from "./replay-text";

/** Rows of a table; JSON has them all. */
const MOST_ROWS = 50;
/** Characters of names. */
const LONGEST = { candidate: 100, tier: 16, subscription: 30 };

const HEAD = ["Tier", "Subscription", "Calls", "Refused", "Share", "By throttle", "By quota"];
const ALIGNS = ["left", "left", "right", "right", "right", "right", "right"] as const;

/** What an engine counted, for a terminal: a table for each candidate, of the keys that are refused calls, and what is not counted. */
export function engineText({ engine, candidates, notes }: EngineReport): string {
  const parts = [
    `Replay by ${ENGINE_NAMES[engine]}`,
    ...candidates.map(candidateText),
    ...listText(
      "Not known, or not complete",
      notes.map((note) => printable(note, 500)),
    ),
  ];
  return parts.join("\n\n").split("\n").flatMap(fitted).join("\n");
}

const ENGINE_NAMES: Readonly<Record<EngineReport["engine"], string>> = {
  athena: "Athena",
  clickhouse: "ClickHouse",
  duckdb: "DuckDB",
};

function candidateText({ name, calls, refused, keys }: EngineCandidateReport): string {
  const heading = `${printable(name, LONGEST.candidate)}: ${boundText(refused)} of ${countOf(calls, "call")} refused`;
  const concerned = keys.filter((key) => key.refused.high > 0);
  const rows = concerned
    .slice(0, MOST_ROWS)
    .map((key) => [
      printable(key.tier, LONGEST.tier),
      printable(key.subscription, LONGEST.subscription),
      formatCount(key.calls),
      boundText(key.refused),
      shareText(key.refused, key.calls),
      boundText(key.refusedBy.plan),
      boundText(key.refusedBy.quota),
    ]);
  const others = othersText(concerned.length - MOST_ROWS);
  const spared = keys.length - concerned.length;
  return [
    heading,
    ...(rows.length > 0 ? [plainTable(rows, ALIGNS, HEAD)] : []),
    ...(others === "" ? [] : [`  ${others}`]),
    ...(spared > 0 ? [`  nothing refused of ${countOf(spared, rows.length > 0 ? "other key" : "key")}`] : []),
  ].join("\n");
}
