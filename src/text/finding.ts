import { hideKeys } from "./like-a-key";

/**
 * What a check has to say about a catalog.
 *
 * - `error`: AWS or Terraform would refuse it; nothing is synthesized.
 * - `warning`: accepted by AWS, but probably not intended, or over a limit that AWS raises only on request.
 * - `notice`: true on purpose, worth knowing.
 */
export type Severity = "error" | "warning" | "notice";

export interface Finding {
  readonly severity: Severity;
  /** Where: `tier "pro"`, or `customers.csv:17: subscription "acme"`. */
  readonly place: string;
  /** What came, what is allowed and what to do next, in one sentence. */
  readonly message: string;
}

/** A place is named by ids, and a message by names, any of which may be a key that was written in the wrong place. */
const finding =
  (severity: Severity) =>
  (place: string, message: string): Finding => ({ severity, place: hideKeys(place), message: hideKeys(message) });

export const error = finding("error");
export const warning = finding("warning");
export const notice = finding("notice");

export const isError = ({ severity }: Finding): boolean => severity === "error";

/** One line for a person: where, what, and what to do. */
export function describeFinding(finding: Finding): string {
  return `${finding.place}: ${finding.message}`;
}

/** Findings that say the same at more places than this stand in one line. */
const MOST_ALIKE = 3;
/** After so many lines, a list of findings would no longer be read. */
const MOST_LINES = 100;

/**
 * Lines for a person. Of findings that say the same at many places, the first names some of the others, and a list that is too
 * long says how many it leaves out.
 *
 * @param kindOf what is the same of findings that stand in one line
 */
export function describeFindings(
  findings: readonly Finding[],
  kindOf: (finding: Finding) => string = ({ message }) => message,
): string[] {
  const alike = new Map<string, Finding[]>();
  for (const each of findings) {
    const others = alike.get(kindOf(each));
    if (others) others.push(each);
    else alike.set(kindOf(each), [each]);
  }
  const lines = [...alike.values()].flatMap((same) => {
    const [first, ...others] = same as [Finding, ...Finding[]];
    if (same.length <= MOST_ALIKE) return same.map(describeFinding);
    const places = others.slice(0, 2).map(({ place }) => place);
    return `${describeFinding(first)} (and ${others.length} more, such as ${places.join(" and ")})`;
  });
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), `and ${lines.length - MOST_LINES} more`];
}

/** A list for a sentence, cut where it would no longer be read: `"a", "b" and 998 more`. */
export function enumerate(items: readonly string[], most = 8): string {
  const shown = items.slice(0, most).map((item) => `"${item}"`);
  return items.length > most ? `${shown.join(", ")} and ${items.length - most} more` : shown.join(", ");
}
