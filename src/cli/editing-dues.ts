import type { FieldChange } from "../editing/field-change";
import { daysAfter } from "../editing/steps/days";
import { type Dues, type DueThing, dues } from "../editing/steps/due";
import { nameOf, Subscriptions } from "../editing/subscriptions/subscriptions";
import { Texts } from "../editing/texts";
import { groupedBy } from "../text/grouped-by";
import { hideKeys } from "../text/like-a-key";
import { printable } from "../text/printable";
import { printableJson } from "../text/printable-json";
import { finish, warn, writeChecked } from "./editing-files";

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
  const isDue = found.due.length > 0;
  const after = isDue ? before.changed(changesOf(found.due)) : before;
  if (format === "json") {
    if (isDue && !dryRun) warn(writeChecked(after).warnings);
    console.log(printableJson(asJson(options, found, before, after)));
  } else {
    for (const line of listed(options, found, before)) console.log(printable(hideKeys(line), Number.POSITIVE_INFINITY));
    if (isDue) {
      console.log("");
      finish(after, [], options);
    }
  }
  return dryRun && isDue;
}

/** By subscription, in the order of the days. */
function changesOf(due: readonly DueThing[]): ReadonlyMap<string, readonly FieldChange[]> {
  const byId = groupedBy(due, ({ subscription: { id } }) => id);
  return new Map([...byId].map(([id, things]) => [id, things.flatMap(({ changes }) => changes)]));
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
