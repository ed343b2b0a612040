import { formatCount } from "../text/limits";
import { code, escapeText } from "../text/markdown";
import type { Group } from "./findings/finding";
import { comparedIn, HEADINGS, keepIn, verdictOf } from "./render-text";
import type { DriftReport, ReportedDrift } from "./report";

/** By which a workflow finds the issue or comment that it wrote before. */
export const DRIFT_MARKER = "<!-- api-tiers drift -->";

/** GitHub takes no longer text. */
const LONGEST = 65_536;
/** Entries of a list: the first of these with which the text is short enough. */
const SIZES = [200, 100, 50, 25, 10, 5, 1];

/** A report for an issue or a comment; always short enough for GitHub. */
export function renderDriftMarkdown(report: DriftReport): string {
  for (const size of SIZES) {
    const text = withSize(report, size);
    if (text.length < LONGEST) return text;
  }
  return `${DRIFT_MARKER}\n\n## ${escapeText(verdictOf(report))}\n\nGitHub takes no longer text. \`--format json\` has everything.\n`;
}

const SIGNS = { "no-drift": "✅", drift: "🛑", "not-all-read": "⚠️" } as const;

function withSize(report: DriftReport, size: number): string {
  const { findings, notRead, notDeployed, neverDeployed, notCompared, managedElsewhere, verdict } = report;
  const list = (items: readonly string[]) => [
    ...items.slice(0, size).map((each) => `- ${each}`),
    ...(items.length > size ? [`- and ${formatCount(items.length - size)} more; \`--format json\` has them all`] : []),
  ];
  const part = (heading: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`#### ${heading}`, list(items).join("\n")];
  const blocks = [
    DRIFT_MARKER,
    `## ${SIGNS[verdict]} ${escapeText(verdictOf(report))}`,
    escapeText(comparedIn(report)),
    ...(Object.keys(HEADINGS) as Group[]).flatMap((group) =>
      part(HEADINGS[group], findings.filter((each) => each.group === group).map(entry)),
    ),
    ...part(
      "To take all of it back, in this order",
      findings.length > 1 ? report.takeAllBack.map((each) => code(each, 2_000)) : [],
    ),
    ...part(
      "Not read, so nobody knows",
      notRead.map(({ what, why }) => escapeText(`${what}: ${why}`)),
    ),
    ...part(
      "Not deployed yet, which is not drift",
      notDeployed.map((each) => code(each)),
    ),
    ...part(
      "Never deployed",
      neverDeployed.map((each) => code(each)),
    ),
    ...part(
      "Managed elsewhere, and not compared",
      managedElsewhere.map(({ owner, keys }) => escapeText(`${formatCount(keys)} keys by ${owner}`)),
    ),
    `<details><summary>Not compared</summary>\n\n${list(notCompared.map(escapeText)).join("\n")}\n\n</details>`,
    "<sub>No key is in this text.</sub>",
  ];
  return `${blocks.join("\n\n")}\n`;
}

function entry({ subject, what, keep, takeBack }: ReportedDrift): string {
  const kept = [keepIn(keep), ...keep.commands].map((each) => code(each, 2_000));
  return [
    `${code(subject)}: ${escapeText(what)}`,
    `  - **keep it:** ${keep.edit === null && keep.path === null && keep.commands.length === 0 ? escapeText(keep.what) : kept.join(", then ")}`,
    `  - **take it back:** ${takeBack.commands.map((each) => code(each, 2_000)).join(", then ")} (${escapeText(takeBack.what)})`,
  ].join("\n");
}
