import { createColors } from "picocolors";
import wrapAnsi from "wrap-ansi";
import { formatCount } from "../../text/limits";
import { oneLine } from "../../text/one-line";
import { shellWord } from "../../text/shell-word";
import type { Report, Section } from "../report";
import { entriesOf, otherGroups, summaryOf, trafficLines, unusedOf, verdictOf } from "./outline";

const COMMAND = "To accept: --accept ";

export interface TextOptions {
  /** Whether to write colors for a terminal. */
  readonly color: boolean;
  /** Characters of a line. */
  readonly width: number;
  /**
   * Names and entries that a list shows before it counts the rest.
   * @default 20
   */
  readonly most?: number;
}

/** A report for a terminal. */
export function renderText(report: Report, { color, width, most = 20 }: TextOptions): string {
  const paint = createColors(color);
  const stop = report.verdict === "decision-needed";
  const lines = [(stop ? paint.red : paint.green)(paint.bold(verdictOf(report))), ...summaryOf(report)];
  const add = (heading: string, items: readonly string[], notes: readonly string[] = []) =>
    lines.push(
      "",
      paint.bold(heading),
      ...items.map((item) => `  - ${item}`),
      ...notes.map((note) => `    ${paint.dim(note)}`),
    );

  for (const section of report.sections) {
    const { title, holds, why, remedy, severity } = section;
    const mark = { decision: paint.red("decide "), notice: paint.cyan("notice "), reminder: paint.dim("remind ") }[
      severity
    ];
    add(
      `${mark}${title}`,
      itemsOf(section, most),
      severity === "decision" ? [`${holds} ${why}`, remedy, ...acceptOf(section)] : [],
    );
  }
  const traffic = trafficLines(report);
  if (traffic.length > 0)
    add("Requests of the customers concerned", [
      ...traffic.slice(0, most),
      ...(traffic.length > most ? [`and ${formatCount(traffic.length - most)} more; --format json has them all`] : []),
    ]);
  if (report.otherChanges.length > 0)
    add(
      `Other changes of the plans (${report.otherChanges.length.toLocaleString("en")})`,
      otherGroups(report.otherChanges).map(({ heading, addresses }) => `${heading}: ${cut(addresses, most)}`),
    );
  const used = report.headRoom.slice(0, 3);
  if (used.length > 0)
    add(
      "AWS quotas after this change",
      used.map(
        ({ what, used: count, limit }) =>
          `${oneLine(what)}: ${count.toLocaleString("en")} of ${limit.toLocaleString("en")}`,
      ),
    );
  if (report.unusedAcceptances.length > 0)
    add(
      "Accepted, but not in this change (take it out)",
      unusedOf(report).map(({ name, meant }) =>
        meant.length > 0 ? `${name} (did you mean ${meant.map(shellWord).join(" or ")}?)` : name,
      ),
    );
  const wrapped = lines.map((line) => {
    const [, indent = "", text = ""] = /^( *(?:- )?)(.*)$/s.exec(line) ?? [];
    // A command is to be copied, so it stays on one line.
    if (text.includes(COMMAND)) return indent + text;
    return (
      indent + wrapAnsi(text, Math.max(20, width - indent.length)).replaceAll("\n", `\n${" ".repeat(indent.length)}`)
    );
  });
  return `${wrapped.join("\n")}\n`;
}

function itemsOf(section: Section, most: number): string[] {
  const entries = entriesOf(section);
  const items = entries
    .slice(0, most)
    .map(
      ({ subjects, what, because }) =>
        `${cut(subjects, most)}: ${what}${because === null ? "" : ` (accepted: ${because})`}`,
    );
  const rest = entries.slice(most).reduce((sum, { subjects }) => sum + subjects.length, 0);
  return rest > 0 ? [...items, `and ${rest.toLocaleString("en")} more; --format json has them all`] : items;
}

function acceptOf(section: Section): string[] {
  const open = entriesOf(section).find(({ because }) => because === null);
  return open ? [`${COMMAND}${open.accept} --because "…"`] : [];
}

function cut(names: readonly string[], most: number): string {
  const more = names.length > most ? ` and ${(names.length - most).toLocaleString("en")} more` : "";
  return `${names.slice(0, most).join(", ")}${more}`;
}
