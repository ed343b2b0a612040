import type { KnownValues } from "../masking/known-values";
import type { Finding } from "./finding";
import { maskFinding } from "./mask-report";

/**
 * Findings of one rule, each about something of its own, so that an acceptance names exactly one: what stands in several
 * stacks carries its stack, and what is still alike its address or a number.
 */
export function distinctFindings(findings: readonly Finding[]): Finding[] {
  const named = renamed(findings, ({ about, explains }) => {
    const stack = explains?.[0]?.change.stack;
    return stack === undefined || about.startsWith(`${stack}/`) ? undefined : `${stack}/`;
  });
  const placed = renamed(named, undefined, ({ explains }) => {
    const address = explains?.[0]?.change.address;
    return address === undefined ? undefined : ` (${address})`;
  });
  return numbered(placed);
}

/**
 * The same findings without secret values, still each about something of its own: two names that are masked alike get
 * numbers. Acceptances name them so.
 */
export const distinctMasked = (findings: readonly Finding[], known: KnownValues): Finding[] =>
  numbered(findings.map((finding) => maskFinding(finding, known)));

function numbered(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const count = (seen.get(finding.about) ?? 0) + 1;
    seen.set(finding.about, count);
    return count === 1 ? finding : withName(finding, "", ` (${count})`);
  });
}

function renamed(
  findings: readonly Finding[],
  before: (finding: Finding) => string | undefined = () => "",
  after: (finding: Finding) => string | undefined = () => "",
): Finding[] {
  const counts = new Map<string, number>();
  for (const { about } of findings) counts.set(about, (counts.get(about) ?? 0) + 1);
  return findings.map((finding) =>
    counts.get(finding.about) === 1 ? finding : withName(finding, before(finding) ?? "", after(finding) ?? ""),
  );
}

const withName = (finding: Finding, before: string, after: string): Finding => ({
  ...finding,
  about: before + finding.about + after,
  subject: before + finding.subject + after,
});
