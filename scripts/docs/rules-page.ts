import type { Rule } from "../../src/review/finding";
import { RULES } from "../../src/review/rules";
import { code, HEAD } from "./markdown";

const SEVERITIES: Readonly<Record<Rule["severity"], { readonly title: string; readonly means: string }>> = {
  decision: {
    title: "Needs a decision",
    means: "The review ends with exit code 2 until somebody accepts the finding, or the change no longer has it.",
  },
  notice: { title: "Notices", means: "Changes that are worth knowing. The review ends with exit code 0." },
  reminder: {
    title: "Reminders",
    means: "So it is after the change, and perhaps was before. The review ends with exit code 0.",
  },
};

/** The reference of `api-tiers review`: what each rule finds, what it means, and what to do. */
export function rulesPage(): string {
  const severities = Object.keys(SEVERITIES) as Rule["severity"][];
  return `${HEAD}
# Rules of the review

[\`api-tiers review\`](commands.md#review) finds these, in this order. A finding that is wanted is accepted with its rule and
what it is about: \`--accept access-lost:joe-black --because "…"\`, or in a file of \`--accepted\`.
${severities.map(group).join("")}`;
}

function group(severity: Rule["severity"]): string {
  const rules = RULES.filter((rule) => rule.severity === severity);
  const { title, means } = SEVERITIES[severity];
  return `\n## ${title}\n\n${means}\n${rules.map(section).join("")}`;
}

function section(rule: Rule): string {
  // Titles count what was found; two is the plural.
  const found = rule.title(2).replace(/^2 /, "");
  return `
### ${rule.id}

- Finds: ${found}, by ${code(rule.id)}.
- What should be true: ${rule.holds}
- What it means: ${rule.why}
- What to do: ${rule.remedy}
`;
}
