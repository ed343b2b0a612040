import fc from "fast-check";
import { changedFields, EditProblem, type SubscriptionEdit, set } from "../../src/editing/field-change";
import { Subscriptions } from "../../src/editing/subscriptions/subscriptions";
import { Texts } from "../../src/editing/texts";
import type { Json } from "../support/synthesize";
import { drawFrom } from "../support/written-documents";
import { type Subscriptions as Data, WRITERS, type WrittenFiles } from "./support/written-files";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 150);

const IDS = ["joe-black", "acme.inc", "4711", "007", "globex", "a@b.example", "Hooli"];

/** Each text is there once, so that a test can tell to which subscription a piece of a file belongs. */
const anyData: fc.Arbitrary<Data> = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom(...IDS),
      fields: fc.record(
        {
          tier: fc.constantFrom("bronze", "gold"),
          customer: fc.constantFrom("Acme, Inc.", "Ångström", 'The "Best"', "it's; so", "two words", "a: b # c"),
          enabled: fc.boolean(),
          tags: fc.dictionary(fc.constantFrom("team", "cost-center"), fc.constantFrom("sales", "x y"), { minKeys: 1 }),
        },
        { requiredKeys: ["tier"] },
      ),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 5 },
  )
  .map((all) => {
    let count = 0;
    const marked = (value: Json): Json => {
      if (typeof value === "string") return `${value} v${++count}v`;
      if (typeof value !== "object") return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, marked(each)]));
    };
    return Object.fromEntries(all.map(({ id, fields }) => [id, marked(fields)]));
  });

const anyEdit = (data: Data): fc.Arbitrary<SubscriptionEdit> => {
  const id = fc.constantFrom(...Object.keys(data));
  const change = fc.constantFrom(
    { kind: "set", path: ["tier"], value: "silver" } as const,
    { kind: "set", path: ["enabled"], value: false } as const,
    { kind: "set", path: ["customer"], value: 'New, "Ltd."; ok' } as const,
    { kind: "set", path: ["tags", "team"], value: "ops" } as const,
    { kind: "remove", path: ["enabled"] } as const,
    { kind: "remove", path: ["customer"] } as const,
    { kind: "remove", path: ["tags"] } as const,
    { kind: "set", path: ["tags"], value: { team: "ops" } } as const,
    { kind: "set", path: ["trial"], value: { tier: "gold", until: "2026-12-01" } } as const,
    { kind: "set", path: ["pendingTier"], value: { tier: "gold", on: "2026-12-01" } } as const,
    { kind: "set", path: ["keys"], value: { main: true, "2026-11": false } } as const,
  );
  // No change within another.
  const changes = fc.uniqueArray(change, { selector: ({ path: [name] }) => name, minLength: 1, maxLength: 3 });
  return fc.oneof(
    fc.record({ kind: fc.constant("change" as const), id, changes }),
    fc.record({ kind: fc.constant("rename" as const), id, to: fc.constant("new.id"), changes }),
    fc.record({ kind: fc.constant("remove" as const), id }),
    fc.constant({ kind: "add", id: "new-1", fields: { tier: "gold", customer: "New, Inc." } } as const),
  );
};

const anyCase = fc
  .record({ data: anyData, seed: fc.integer() })
  .chain(({ data, seed }) => anyEdit(data).map((edit) => ({ data, seed, edit })));

const read = ({ texts }: WrittenFiles) => Subscriptions.read("catalog.ts", Texts.given(texts));
const dataOf = ({ all }: Subscriptions) => Object.fromEntries(all.map(({ id, fields }) => [id, fields]));
const textOf = (subscriptions: Subscriptions, { file }: WrittenFiles) => subscriptions.texts.of(file);
const fileFor = (subscriptions: Subscriptions) => subscriptions.dataFiles[0];

function expected(data: Data, edit: SubscriptionEdit): Data {
  if (edit.kind === "add") return { ...data, [edit.id]: edit.fields };
  const { [edit.id]: old, ...others } = data;
  if (edit.kind === "remove") return others;
  return { ...others, [edit.kind === "rename" ? edit.to : edit.id]: changedFields(old, edit.changes) };
}

/** The part of a text that another one does not have. */
function differing(from: string, to: string): string {
  let start = 0;
  while (start < from.length && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  return from.slice(start, from.length - end);
}

const marksIn = (text: string): string[] => text.match(/v\d+v/g) ?? [];

const commentsIn = (text: string): string[] => (text.match(/comment \d+/g) ?? []).sort();

function editedOrRefused(subscriptions: Subscriptions, edit: SubscriptionEdit): Subscriptions | undefined {
  try {
    return subscriptions.edited(edit, edit.kind === "add" ? fileFor(subscriptions) : undefined);
  } catch (problem) {
    if (problem instanceof EditProblem) return undefined;
    throw problem;
  }
}

/** What is written with an anchor may be another place's, too. */
const mayBeRefused = (text: string) => /&a\d/.test(text);

describe.each(Object.entries(WRITERS))("an edit of one subscription in %s", (kind, write) => {
  test("gives the edited data, and leaves the bytes of all others and all comments", () => {
    fc.assert(
      fc.property(anyCase, ({ data, seed, edit }) => {
        const files = write(data, drawFrom(seed));
        const before = read(files);
        expect(dataOf(before)).toEqual(data);
        const after = editedOrRefused(before, edit);
        if (after === undefined) {
          expect(mayBeRefused(textOf(before, files))).toBe(true);
          return;
        }
        expect(dataOf(after)).toEqual(expected(data, edit));
        const [from, to] = [textOf(before, files), textOf(after, files)];
        // A new column concerns each row, of which all else stays.
        if (kind === "CSV") return expect(rowsApart(from, to)).toEqual([]);
        const lost = differing(from, to);
        const own = edit.kind === "add" ? [] : marksIn(JSON.stringify(data[edit.id]));
        expect(marksIn(lost).filter((each) => !own.includes(each))).toEqual([]);
        // What goes takes the comments with it that are its own.
        const goes =
          edit.kind === "remove" ||
          ("changes" in edit && edit.changes.some(({ kind, path }) => kind === "remove" || path.join() === "tags"));
        if (!goes) expect(commentsIn(to)).toEqual(commentsIn(from));
        expect(to.startsWith("\uFEFF")).toBe(from.startsWith("\uFEFF"));
        if (/\n/.test(to) && /\n/.test(from)) expect(/\r\n/.test(to)).toBe(/\r\n/.test(from));
      }),
      { numRuns: RUNS },
    );

    /** Rows that went, or of which more changed than an empty cell at the end, but for the one that was edited. */
    function rowsApart(from: string, to: string): string[] {
      const rows = to.split(/\r\n|\r|\n/);
      const changed = from.split(/\r\n|\r|\n/).filter((row) => !rows.some((each) => each.startsWith(row)));
      return changed.slice(1);
    }
  });

  test("and of others at once give the same as one after the other", () => {
    fc.assert(
      fc.property(
        anyData,
        fc.integer(),
        fc.array(fc.constantFrom("tier", "enabled", "pendingTier"), { minLength: 5 }),
        (data, seed, fields) => {
          const files = write(data, drawFrom(seed));
          const before = read(files);
          const changes = Object.keys(data).map((id, index) => {
            const field = fields[index % fields.length] ?? "tier";
            const value = { tier: "silver", enabled: false, pendingTier: { tier: "gold", on: "2026-12-01" } }[field];
            return [id, [set([field], value)]] as const;
          });
          try {
            const one = changes.reduce(
              (after, [id, each]) => after.edited({ kind: "change", id, changes: each }),
              before,
            );
            expect(textOf(before.changed(new Map(changes)), files)).toBe(textOf(one, files));
          } catch (problem) {
            expect(problem instanceof EditProblem && mayBeRefused(textOf(before, files))).toBe(true);
          }
        },
      ),
      { numRuns: RUNS / 3 },
    );
  });

  test("and its inverse give the same bytes back", () => {
    const inverse = fc
      .record({ data: anyData, seed: fc.integer() })
      .chain(({ data, seed }) => fc.constantFrom(...Object.keys(data)).map((id) => ({ data, seed, id })));
    let same = 0;
    fc.assert(
      fc.property(inverse, ({ data, seed, id }) => {
        const files = write(data, drawFrom(seed));
        const before = read(files);
        const text = textOf(before, files);
        const there = editedOrRefused(before, { kind: "rename", id, to: "new-id", changes: [] });
        const back = there && editedOrRefused(there, { kind: "rename", id: "new-id", to: id, changes: [] });
        if (!back) return expect(mayBeRefused(text)).toBe(true);
        // Quotes that an id needs not are not kept through a change of it.
        if (textOf(back, files).replace(/["']/g, "") === text.replace(/["']/g, "")) same += 1;
        const added = editedOrRefused(before, { kind: "add", id: "new-1", fields: { tier: "gold" } });
        const removed = added && editedOrRefused(added, { kind: "remove", id: "new-1" });
        if (removed) expect(textOf(removed, files)).toBe(text);
      }),
      { numRuns: RUNS },
    );
    expect(same).toBeGreaterThan(RUNS * 0.8);
  });
});
