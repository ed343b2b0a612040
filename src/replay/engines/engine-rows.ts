import { show } from "../../text/show";
import type { EngineCandidate, EngineRow } from "./engine-candidate";

/** A row as an engine's client gives it. */
export type AnsweredRow = Readonly<Record<string, unknown>>;

const TEXTS = ["candidate", "tier", "subscription", "apiKeyId"] as const;
const NUMBERS = ["calls", "throttledLow", "quotaLow", "throttledHigh", "quotaHigh"] as const;

/**
 * The rows of an engine's answer, checked: a key that called has a row for each candidate that names it, with the same calls. So
 * an answer that was cut off is not taken for a whole one.
 *
 * @param engine what the answer is from, for messages
 * @param answer rows by the names of their columns, in upper or lower case; numbers of 64 bits may be strings
 * @throws Error for a column that is missing, for a number that is none, and for rows that are missing or too many
 */
export function engineRows(
  engine: string,
  answer: readonly AnsweredRow[],
  candidates: readonly EngineCandidate[],
): EngineRow[] {
  const rows = answer.map((row, index) => rowOf(row, `the answer of ${engine}, row ${index + 1}`));
  const found = new Map<string, EngineRow>();
  const calls = new Map<string, number>();
  for (const row of rows) {
    const name = nameOf(row.candidate, row.apiKeyId);
    if (found.has(name)) throw new Error(`the answer of ${engine} has two rows for ${keyOf(row)}; ${REPORT}`);
    if (row.calls !== (calls.get(row.apiKeyId) ?? row.calls))
      throw new Error(
        `the answer of ${engine} counts ${row.calls} calls for ${keyOf(row)}, and ${calls.get(row.apiKeyId)} for another candidate; ${REPORT}`,
      );
    found.set(name, row);
    calls.set(row.apiKeyId, row.calls);
  }
  const expected = new Set<string>();
  for (const { name: candidate, keys } of candidates)
    for (const { key: apiKeyId } of keys) {
      const name = nameOf(candidate, apiKeyId);
      expected.add(name);
      if (calls.has(apiKeyId) && !found.has(name))
        throw new Error(
          `the answer of ${engine} has no row for ${keyOf({ candidate, apiKeyId })}, so it is not complete; look for a limit of rows there`,
        );
    }
  const other = rows.find((row) => !expected.has(nameOf(row.candidate, row.apiKeyId)));
  if (other)
    throw new Error(`the answer of ${engine} has a row for ${keyOf(other)}, which was not asked for; ${REPORT}`);
  return rows;
}

const REPORT = "look at what stands between here and the engine, such as a proxy or a cache of answers";

const nameOf = (candidate: string, key: string) => JSON.stringify([candidate, key]);
const keyOf = ({ candidate, apiKeyId }: Pick<EngineRow, "candidate" | "apiKeyId">) =>
  `key ${show(apiKeyId)} of candidate ${show(candidate)}`;

function rowOf(row: AnsweredRow, where: string): EngineRow {
  // Athena's names have lower case.
  const values = new Map(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
  const named = (name: string) => values.get(name.toLowerCase());
  const texts = TEXTS.map((name) => [name, textOf(named(name), `${where}: ${name}`)]);
  const numbers = NUMBERS.map((name) => [name, countOf(named(name), `${where}: ${name}`)]);
  return Object.fromEntries([...texts, ...numbers]) as unknown as EngineRow;
}

function textOf(value: unknown, where: string): string {
  if (typeof value === "string") return value;
  throw new Error(`${where} must be a string, got ${show(value)}; ${REPORT}`);
}

function countOf(value: unknown, where: string): number {
  const count = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) return count;
  throw new Error(`${where} must be a whole number that is not negative, got ${show(value)}; ${REPORT}`);
}
