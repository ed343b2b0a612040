import { code, escapeText, shortened } from "../../text/markdown";
import { counted } from "../finding";
import type { Report, Section } from "../report";
import {
  type Entry,
  entriesOf,
  firstThings,
  type OtherGroup,
  otherGroups,
  summaryOf,
  trafficLines,
  unusedOf,
  verdictOf,
} from "./outline";

/** By which a workflow finds the comment that it wrote before. */
export const MARKER = "<!-- api-tiers review -->";

/** GitHub takes no longer comment. */
const LONGEST = 65_536;
/** Of which people read all; longer ones name fewer of those to whom the same happens. */
const READABLE = 10_000;
/** Entries of a list, and names of an entry: the first of these with which a comment is short enough. */
const SIZES = [50, 25, 10, 5, 3, 1] as const;

/** A comment for a pull request: what matters first, the rest folded; always short enough for GitHub. */
export function renderMarkdown(report: Report): string {
  for (const names of SIZES) {
    const text = withSize(report, SIZES[0], names);
    if (Buffer.byteLength(text) < READABLE) return text;
  }
  for (const size of SIZES) {
    const text = withSize(report, size);
    if (text.length < LONGEST) return text;
  }
  const note = "\n\n…\n\nThis comment is cut, for GitHub takes no longer one. `--format json` has everything.\n";
  const text = withSize(report, 1);
  const end = text.lastIndexOf("\n", LONGEST - note.length - 100);
  const open = text.slice(0, end).split("<details>").length - text.slice(0, end).split("</details>").length;
  return `${text.slice(0, end)}${"\n\n</details>".repeat(open)}${note}`;
}

function withSize(report: Report, size: number, names = size): string {
  const { sections, stacks, unusedAcceptances, headRoom } = report;
  const others = otherGroups(report.otherChanges);
  const blocks = [
    MARKER,
    `## ${report.verdict === "decision-needed" ? "🛑" : "✅"} ${verdictOf(report)}`,
    firstThings(report)
      .map(({ title, entry }) => `- **${title}:** ${entryText(entry, 3)}`)
      .join("\n"),
    summaryOf(report).map(escapeText).join("<br>\n"),
    ...FOLDS.map(([severity, title]) =>
      folded(
        title,
        sections.filter((each) => each.severity === severity),
        size,
        names,
      ),
    ),
    ...(report.traffic.length > 0
      ? [
          details(
            `Requests of the customers concerned (${report.traffic.length.toLocaleString("en")})`,
            trafficList(report, size),
          ),
        ]
      : []),
    ...(others.length > 0
      ? [
          details(
            `Other changes of the plans (${report.otherChanges.length.toLocaleString("en")})`,
            otherLines(others, size, names),
          ),
        ]
      : []),
    ...(headRoom.length > 0 ? [details("AWS quotas after this change", headRoomLines(report, size))] : []),
    ...(unusedAcceptances.length > 0
      ? [
          `Accepted, but not in this change (take it out): ${unusedOf(report).slice(0, size).map(unusedText).join(", ")}`,
        ]
      : []),
    `<sub>${counted(stacks.planned.length, "plan", "plans")} reviewed: ${stacks.planned.slice(0, size).map(escapeText).join(", ")}. No key is in this comment.</sub>`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

const FOLDS: readonly (readonly [Section["severity"], string])[] = [
  ["decision", "Needs a decision"],
  ["notice", "Worth knowing"],
  ["reminder", "Existing issues"],
];

function folded(title: string, sections: readonly Section[], size: number, names: number): string {
  if (sections.length === 0) return "";
  const count = sections.reduce((sum, { findings }) => sum + findings.length, 0);
  const body = sections.map((section) => sectionText(section, size, names)).join("\n\n");
  return details(`${title} (${count.toLocaleString("en")})`, body);
}

const details = (summary: string, body: string) =>
  `<details><summary>${escapeText(summary)}</summary>\n\n${body}\n\n</details>`;

function sectionText(section: Section, size: number, names: number): string {
  const { title, holds, why, remedy, severity } = section;
  const entries = entriesOf(section);
  const lines = entries.slice(0, size).map((entry) => `- ${entryText(entry, names)}`);
  const rest = entries.slice(size).reduce((sum, { subjects }) => sum + subjects.length, 0);
  if (rest > 0) lines.push(`- and ${rest.toLocaleString("en")} more; \`--format json\` has them all`);
  const open = entries.find(({ because }) => because === null);
  const accept =
    severity === "decision" && open
      ? [`To accept: ${code(`--accept ${open.accept} --because "…"`, Number.POSITIVE_INFINITY)}`]
      : [];
  return [
    `#### ${escapeText(title)}`,
    lines.join("\n"),
    [`*${holds}* ${why}`, `**To do:** ${remedy}`, ...accept].join("<br>\n"),
  ].join("\n\n");
}

function entryText({ subjects, what, because }: Entry, most: number): string {
  const shown = subjects
    .slice(0, most)
    .map((each) => code(each))
    .join(", ");
  const more = subjects.length > most ? ` and ${(subjects.length - most).toLocaleString("en")} more` : "";
  const accepted = because === null ? "" : ` — ✔ accepted: ${escapeText(because)}`;
  return `${shown}${more}: ${escapeText(shortened(what))}${accepted}`;
}

function unusedText({ name, meant }: { readonly name: string; readonly meant: readonly string[] }): string {
  return meant.length > 0
    ? `${code(name)} (did you mean ${meant.map((each) => code(each)).join(" or ")}?)`
    : code(name);
}

function trafficList(report: Report, size: number): string {
  const lines = trafficLines(report);
  const more =
    lines.length > size
      ? [`- and ${(lines.length - size).toLocaleString("en")} more; \`--format json\` has them all`]
      : [];
  return [...lines.slice(0, size).map((line) => `- ${escapeText(line)}`), ...more].join("\n");
}

function otherLines(groups: readonly OtherGroup[], size: number, names: number): string {
  const lines = groups.slice(0, size).map(({ heading, addresses }) => {
    const more = addresses.length > names ? ` and ${(addresses.length - names).toLocaleString("en")} more` : "";
    return `- ${escapeText(shortened(heading))}: ${addresses
      .slice(0, names)
      .map((each) => code(each))
      .join(", ")}${more}`;
  });
  if (groups.length > size) lines.push(`- and ${groups.length - size} more kinds; \`--format json\` has them all`);
  return lines.join("\n");
}

function headRoomLines({ headRoom }: Report, size: number): string {
  const rows = headRoom
    .slice(0, Math.min(size, 10))
    .map(
      ({ what, used, limit }) =>
        `| ${escapeText(what)} | ${used.toLocaleString("en")} | ${limit.toLocaleString("en")} |`,
    );
  return ["| Limit | Used | Of |", "| --- | ---: | ---: |", ...rows].join("\n");
}
