import { AMBIGUOUS } from "./line-template";
import type { LogFormat } from "./log-format";
import { type CallDefaults, callOf, formatProblem, type LoggedCall } from "./logged-call";

/** Why a line is not read as a call. */
export type UnreadLine = "another format" | "more than one reading" | "not a call";

/** In which formats lines may be, and what they leave out. */
export interface LineReading {
  readonly formats: readonly LogFormat[];
  readonly defaults: CallDefaults;
}

/** @throws Error for a format whose lines do not say what is needed of a call */
export function requireReadable({ formats, defaults }: LineReading): void {
  for (const { variables } of formats) {
    const problem = formatProblem(variables, defaults);
    if (problem !== undefined) throw new Error(problem);
  }
}

/**
 * The call of a line, by the first format that can read it. A format that has the line exactly comes before one that finds its
 * fields in it: two formats may give the same field different variables.
 */
export function readCall(line: string, { formats, defaults }: LineReading): LoggedCall | UnreadLine {
  let unread: UnreadLine = "another format";
  const asCall = (values: ReturnType<LogFormat["read"]>): LoggedCall | undefined => {
    if (values === undefined) return undefined;
    unread = values === AMBIGUOUS ? "more than one reading" : "not a call";
    const call = values === AMBIGUOUS ? undefined : callOf(values, defaults);
    return typeof call === "object" ? call : undefined;
  };
  const others: LogFormat[] = [];
  for (const format of formats) {
    const values = format.readExactly(line);
    if (values === undefined) others.push(format);
    const call = asCall(values);
    if (call) return call;
  }
  for (const format of others) {
    const call = asCall(format.readLoosely(line));
    if (call) return call;
  }
  return unread;
}
