import { parseDocument } from "yaml";
import { z } from "zod";
import { nearestTo } from "../text/nearest";
import { fields, wrong } from "../vocabulary/schema";
import { RULES } from "./rules";

/** A finding that somebody wants, and why. */
export interface Acceptance {
  /** Id of the rule. */
  readonly rule: string;
  /** What the finding is about, as the report calls it. */
  readonly about: string;
  readonly because: string;
}

const acceptanceSchema = z.array(
  fields({
    accept: z.string({ error: wrong('must be "<rule>:<what>"') }),
    because: z.string({ error: wrong("must be a reason in words") }),
  }),
  { error: wrong("must be a list of { accept, because }") },
);

/**
 * Reads `key-replaced:joe-black`.
 *
 * @throws Error for a rule that does not exist, for all findings of a rule at once, and for an empty reason
 */
export function acceptanceOf(accept: string, because: string): Acceptance {
  const [, rule = "", about = ""] = /^([^:]*):(.*)$/s.exec(accept) ?? [];
  if (about === "*")
    throw new Error(
      `"${accept}" accepts whatever comes; accept each finding by its own name (--format json lists them: rule and about)`,
    );
  const known = RULES.filter(({ severity }) => severity === "decision").map(({ id }) => id);
  if (rule === "" || about === "")
    throw new Error(`"${accept}" accepts nothing; write it as <rule>:<what>, such as access-lost:joe-black`);
  if (!known.includes(rule)) {
    const nearest = nearestTo(rule, known);
    throw new Error(
      `"${accept}" names no rule that needs a decision; ` +
        (nearest ? `did you mean ${nearest}?` : `the rules are ${known.join(", ")}`),
    );
  }
  if (because.trim() === "") throw new Error(`"${accept}" is accepted without a reason; say why`);
  return { rule, about, because: because.trim() };
}

/**
 * Reads a file of accepted findings: a list of `{ accept, because }` in YAML or JSON.
 *
 * @throws Error that names all entries that are wrong
 */
export function acceptancesFrom(text: string, file: string): Acceptance[] {
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken) throw new Error(`${file}: ${broken.message}`);
  const parsed = acceptanceSchema.safeParse(document.toJS() ?? []);
  if (!parsed.success)
    throw new Error(
      parsed.error.issues.map(({ path, message }) => `${file}: ${path.join(".") || "it"} ${message}`).join("\n"),
    );
  const problems: string[] = [];
  const accepted = parsed.data.flatMap(({ accept, because }, index) => {
    try {
      return [acceptanceOf(accept, because)];
    } catch (error) {
      problems.push(`${file}: ${index}: ${(error as Error).message}`);
      return [];
    }
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return accepted;
}

/** The reason for which a finding is accepted; `undefined` if it is not. */
export function reasonFor(rule: string, about: string, accepted: readonly Acceptance[]): Acceptance | undefined {
  return accepted.find((each) => each.rule === rule && each.about === about);
}
