import { relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { subscriptionsInText } from "../../catalog/subscription-file";
import { describeFinding, isError } from "../../text/finding";
import { groupedBy } from "../../text/grouped-by";
import { unknownName } from "../../vocabulary/identifier";
import { isObject } from "../../vocabulary/objects";
import { editedCsv } from "../csv/csv-edit";
import { changedFields, EditProblem, type FieldChange, type RemoveField, type SubscriptionEdit } from "../field-change";
import type { Texts } from "../texts";
import { type DataFile, dataFilesIn } from "../typescript/data-files";
import { editedSource, readCatalog } from "../typescript/edited-source";
import { lineOf } from "../typescript/typescript-source";
import { fieldsOf, sourceSubscriptions, writtenNames } from "../typescript/written-entries";
import { editedValues } from "./edited-values";
import { ANY_FIELD, placeOf, type WrittenSubscription } from "./written-subscription";

/** The subscriptions of a catalog, in its own text and in its data files, each with the place where it stands. */
export class Subscriptions {
  private constructor(
    /** The file that calls `defineCatalog`. */
    private readonly catalog: string,
    readonly texts: Texts,
    readonly all: readonly WrittenSubscription[],
    readonly dataFiles: readonly DataFile[],
    /** Places of what only a run of the program could tell: `catalog.ts:12`. */
    readonly computed: readonly string[],
    /** Ids of the tiers; `undefined` where only a run of the program could tell all of them. */
    readonly tiers: readonly string[] | undefined,
  ) {}

  /** @throws EditProblem for a catalog or a data file that cannot be read */
  static read(catalog: string, texts: Texts): Subscriptions {
    const source = readCatalog(texts, catalog);
    const { files, computed } = dataFilesIn(source);
    const own = sourceSubscriptions(source);
    const inline = own.entries.map(({ id, entry, holder }): WrittenSubscription => {
      const value = entry.value && { node: entry.value, source: holder.source };
      const [file = "", line = ""] = splitLine(lineOf({ node: entry.value ?? holder.literal, source: holder.source }));
      return { id, file, line: Number(line), data: undefined, ...fieldsOf(source, value, ANY_FIELD) };
    });
    return new Subscriptions(
      catalog,
      texts,
      [...inline, ...files.flatMap((file) => inFile(file, texts))],
      files,
      [...own.computed, ...computed].map(lineOf),
      writtenNames(source, ["tiers"]),
    );
  }

  /** @throws EditProblem for an id that is not there, or not written out */
  find(id: string): WrittenSubscription {
    const [only, ...others] = this.all.filter((each) => each.id === id);
    if (only && others.length === 0) return only;
    if (only) throw new EditProblem(`${[only, ...others].map(placeOf).join(" and ")} are two; drop one of them first`);
    throw new EditProblem(unknownId(id, this));
  }

  /**
   * After an edit. The result is read again: it holds what was intended, and nothing else has changed.
   *
   * @param file for a new subscription: a data file, or the catalog's own text
   * @throws EditProblem for an edit that the file does not let through
   */
  edited(edit: SubscriptionEdit, file?: DataFile): Subscriptions {
    const subscription = edit.kind === "add" ? undefined : this.find(edit.id);
    const id = edit.kind === "rename" ? edit.to : edit.kind === "add" ? edit.id : undefined;
    const other = this.all.find((each) => each.id === id);
    if (other) throw new EditProblem(`${placeOf(other)}: already exists; choose another id`);
    return this.afterAll([{ edit, subscription, data: subscription ? subscription.data : file }]);
  }

  /**
   * After changes of different subscriptions, all or none of them.
   *
   * @throws EditProblem for changes that a file does not let through, which names each of these subscriptions
   */
  changed(changes: ReadonlyMap<string, readonly FieldChange[]>): Subscriptions {
    try {
      return this.afterChanges(changes);
    } catch (problem) {
      if (!(problem instanceof EditProblem) || changes.size < 2) throw problem;
      const alone = [...changes].flatMap((each) => this.problemsOf(new Map([each])));
      if (alone.length === 0) throw problem;
      throw new EditProblem(
        `${alone.join("; ")}; because of that, none of the ${changes.size} subscriptions is written: edit ${alone.length === 1 ? "that one" : "those"} by hand, and run this again`,
      );
    }
  }

  private problemsOf(changes: ReadonlyMap<string, readonly FieldChange[]>): string[] {
    try {
      this.afterChanges(changes);
      return [];
    } catch (problem) {
      if (problem instanceof EditProblem) return [problem.message];
      throw problem;
    }
  }

  private afterChanges(changes: ReadonlyMap<string, readonly FieldChange[]>): Subscriptions {
    return this.afterAll(
      [...changes].map(([id, each]) => {
        const subscription = this.find(id);
        return { edit: { kind: "change", id, changes: each }, subscription, data: subscription.data };
      }),
    );
  }

  private afterAll(edits: readonly PlacedEdit[]): Subscriptions {
    let { texts } = this;
    for (const [path, each] of groupedBy(edits, ({ data }) => data?.path ?? OWN_TEXT))
      texts =
        path === OWN_TEXT
          ? each.reduce((changed, { edit }) => editedSource(changed, this.catalog, edit), texts)
          : editedFile(texts, each);
    const [only, ...others] = edits;
    const place =
      only?.subscription && others.length === 0
        ? placeOf(only.subscription)
        : [...new Set(edits.map(({ data }) => nameOf(data?.path ?? this.catalog)))].join(", ");
    const after = readAgain(this.catalog, texts, place);
    const done = edits.map(({ edit }) => edit);
    const [is, meant] = [after.all, done.reduce<readonly Data[]>(intended, this.all)].map((all) => dataOf(all, done));
    if (!isDeepStrictEqual(is, meant))
      throw new EditProblem(
        `${place}: it is written in a way that cannot be edited in this place alone; nothing is written, so edit it by hand`,
      );
    return after;
  }
}

/** In the place of a data file's path. */
const OWN_TEXT = "";

interface PlacedEdit {
  readonly edit: SubscriptionEdit;
  /** `undefined` for a new one. */
  readonly subscription: WrittenSubscription | undefined;
  readonly data: DataFile | undefined;
}

function readAgain(catalog: string, texts: Texts, place: string): Subscriptions {
  try {
    return Subscriptions.read(catalog, texts);
  } catch (cause) {
    if (!(cause instanceof EditProblem)) throw cause;
    throw new EditProblem(`${place}: could not be read after the edit (${cause.message}); nothing is written`);
  }
}

type Data = Pick<WrittenSubscription, "id" | "fields" | "computed">;

function dataOf(all: readonly Data[], edits: readonly SubscriptionEdit[]): ReadonlyMap<string, unknown> {
  const alike = edits
    .flatMap((edit) => ("changes" in edit ? edit.changes : []))
    .filter((change): change is RemoveField => change.kind === "remove" && change.sameAs !== undefined);
  return new Map(
    all.map(({ id, fields, computed }) => {
      const known = Object.entries(fields).filter(
        ([name, value]) => !alike.some(({ path: [field], sameAs }) => field === name && sameAs === value),
      );
      return [id, { fields: Object.fromEntries(known), computed: [...computed].sort() }];
    }),
  );
}

function intended(all: readonly Data[], edit: SubscriptionEdit): readonly Data[] {
  if (edit.kind === "add") return [...all, { id: edit.id, fields: edit.fields, computed: [] }];
  const index = all.findIndex(({ id }) => id === edit.id);
  const old = all[index];
  if (!old) return all;
  if (edit.kind === "remove") return all.toSpliced(index, 1);
  const set = edit.changes.filter(({ path }) => path.length === 1).map(({ path: [name] }) => name);
  return all.with(index, {
    id: edit.kind === "rename" ? edit.to : old.id,
    fields: changedFields(old.fields, edit.changes),
    computed: old.computed.filter((name) => !set.includes(name)),
  });
}

function inFile({ path, options }: DataFile, texts: Texts): WrittenSubscription[] {
  const file = nameOf(path);
  const { entries, findings } = subscriptionsInText(texts.of(path).replace(/^\uFEFF/, ""), file, options);
  const [problem] = findings.filter(isError);
  if (problem) throw new EditProblem(describeFinding(problem));
  return entries.map(({ id, written, place }) => ({
    id,
    file,
    line: Number(/:(\d+)[:,]/.exec(place([]).slice(file.length))?.[1] ?? 0),
    fields: isObject(written) ? written : {},
    computed: isObject(written) ? [] : [ANY_FIELD],
    data: { path, options },
  }));
}

function editedFile(texts: Texts, edits: readonly PlacedEdit[]): Texts {
  const [first] = edits;
  if (!first?.data) return texts;
  const { path, options } = first.data;
  const file = nameOf(path);
  const text = texts.of(path);
  const [mark = ""] = /^\uFEFF?/.exec(text) ?? [];
  const plain = text.slice(mark.length);
  const isCsv = options !== undefined || /\.csv$/i.test(path);
  const place = edits.length === 1 && first.subscription ? placeOf(first.subscription) : file;
  const edited = isCsv
    ? editedCsv(
        plain,
        file,
        edits.map(({ edit, subscription }) => ({ edit, line: subscription?.line ?? 0 })),
        options,
      )
    : editedValues(
        plain,
        /\.json$/i.test(path),
        edits.map(({ edit }) => edit),
        place,
      );
  return texts.with(path, mark + edited);
}

export const nameOf = (path: string): string => relative(process.cwd(), path).split("\\").join("/");

const splitLine = (place: string) => place.split(/:(?=\d+$)/);

function unknownId(id: string, { all, computed }: Subscriptions): string {
  const unread =
    computed.length === 0
      ? ""
      : `; ${computed.join(", ")} ${computed.length === 1 ? "computes" : "compute"} others, which are edited by hand`;
  return (
    unknownName(
      id,
      "subscription",
      all.map((each) => each.id),
    ) + unread
  );
}
