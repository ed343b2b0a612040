import { daysAfter } from "../editing/steps/days";
import { type Dues, type DueThing, dues } from "../editing/steps/due";
import { nameOf, Subscriptions } from "../editing/subscriptions/subscriptions";
import { Texts } from "../editing/texts";
import { type Edited, finish, writeChecked } from "./editing-files";

export interface DueOptions {
  readonly on: string;
  readonly ahead: number;
  readonly catalog: string;
  readonly format: "text" | "json";
  readonly dryRun: boolean;
}

/** Writes what is due on a day. Answers whether something is, and was left. */
export function applyDues(options: DueOptions): boolean {
  const { on, ahead, catalog, format, dryRun } = options;
  const before = Subscriptions.read(catalog, Texts.onDisk());
  const found = dues(before.all, on, daysAfter(on, ahead));
  const edits = editsOf(before, found.due);
  if (format === "json") {
    const after = edits.at(-1)?.after ?? before;
    if (edits.length > 0 && !dryRun) writeChecked(after);
    console.log(JSON.stringify(asJson(options, found, before, after), undefined, 2));
    return dryRun && found.due.length > 0;
  }
  for (const line of listed(options, found, before)) console.log(line);
  if (edits.length > 0) {
    console.log("");
    finish(before, edits, [], options);
  }
  return dryRun && found.due.length > 0;
}

/** One after the other, because a line may become another one. */
function editsOf(before: Subscriptions, due: readonly DueThing[]): Edited[] {
  let after = before;
  return due.map(({ subscription: { id }, day, what, changes }) => {
    after = after.edited({ kind: "change", id, changes });
    return { heading: `subscription "${id}" ${what} (${day}):`, after };
  });
}

function listed({ on, ahead }: DueOptions, { due, coming, unread }: Dues, { computed }: Subscriptions): string[] {
  const line = ({ day, subscription: { id, file, line: at }, what }: DueThing) =>
    `  ${day}  ${id} ${what} (${file}:${at})`;
  return [
    due.length === 0 ? `Nothing is due on ${on}.` : `Due on ${on}:`,
    ...due.map(line),
    ...(ahead > 0
      ? [`In the ${ahead} days after it${coming.length === 0 ? ": nothing." : ":"}`, ...coming.map(line)]
      : []),
    ...(unread.length > 0 ? ["Not known, so look there yourself:", ...unread.map((each) => `  - ${each}`)] : []),
    ...(computed.length > 0
      ? [`Subscriptions that only a run of the program could tell are not looked at: ${computed.join(", ")}.`]
      : []),
  ];
}

function asJson(
  { on, dryRun }: DueOptions,
  { due, coming, unread }: Dues,
  before: Subscriptions,
  after: Subscriptions,
) {
  const thing = ({ subscription: { id, file, line }, day, kind, what }: DueThing) => ({
    id,
    day,
    kind,
    what,
    file,
    line,
  });
  return {
    formatVersion: "1.0",
    on,
    due: due.map(thing),
    coming: coming.map(thing),
    written: dryRun ? [] : [...after.texts.changes().keys()].map(nameOf),
    notKnown: [...unread, ...before.computed.map((place) => `${place}: computes subscriptions`)],
  };
}
