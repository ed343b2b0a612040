import { changedFields, EditProblem, type FieldChange, type SubscriptionEdit } from "../field-change";
import type { Texts } from "../texts";
import { CatalogSource, type WrittenObject } from "./catalog-source";
import { objectSyntax } from "./object-syntax";
import { withEntries, withName, withoutEntry, withValue } from "./object-text";
import { lineOf, withoutTypes } from "./typescript-source";
import { type SourceSubscription, sourceSubscriptions } from "./written-entries";

/**
 * The texts of a catalog's program after an edit of one subscription that is written out there.
 *
 * @param catalog the file that calls `defineCatalog`
 * @throws EditProblem for what is computed, or stands for what is written elsewhere
 */
export function editedSource(texts: Texts, catalog: string, edit: SubscriptionEdit): Texts {
  switch (edit.kind) {
    case "add":
      return added(texts, catalog, edit.id, edit.fields);
    case "remove": {
      const { entry, holder } = found(texts, catalog, edit.id);
      const object = syntaxOf(readCatalog(texts, catalog), holder);
      const own = object.entries.find(({ name, start }) => name === edit.id && start === entry.start);
      return own ? written(texts, holder, (text) => withoutEntry(text, object, own)) : texts;
    }
    case "rename": {
      const changed = withChanges(texts, catalog, edit.id, edit.changes);
      const { entry, holder } = found(changed, catalog, edit.id);
      return written(changed, holder, (text) => withName(text, entry, edit.to));
    }
    case "change":
      return withChanges(texts, catalog, edit.id, edit.changes);
  }
}

const withChanges = (texts: Texts, catalog: string, id: string, changes: readonly FieldChange[]) =>
  changes.reduce((changed, change) => withChange(changed, catalog, id, change), texts);

function withChange(texts: Texts, catalog: string, id: string, change: FieldChange): Texts {
  const source = readCatalog(texts, catalog);
  const subscription = found(texts, catalog, id, source);
  if (!subscription.literal)
    throw new EditProblem(
      `${lineOf({ node: subscription.entry.value ?? subscription.holder.literal, source: subscription.holder.source })}: subscription "${id}" is not written as { … } in its place; edit it by hand`,
    );
  let at: WrittenObject = subscription.literal;
  for (const [index, name] of change.path.entries()) {
    const object = syntaxOf(source, at);
    const own = object.entries.findLast((each) => each.name === name);
    const node = own?.value && withoutTypes(source.typescript, own.value);
    const rest = change.path.slice(index + 1);
    if (rest.length > 0 && node && source.typescript.isObjectLiteralExpression(node)) {
      at = { literal: node, source: at.source };
      continue;
    }
    if (change.kind === "remove" && rest.length === 0) {
      return own ? written(texts, at, (text) => withoutEntry(text, object, own)) : texts;
    }
    const old = own?.value && source.valueOf({ node: own.value, source: at.source });
    if (own && rest.length > 0 && typeof old !== "boolean")
      throw new EditProblem(
        `${lineOf({ node: at.literal, source: at.source })}: ${name} of subscription "${id}" is not written as { … } in its place; edit it by hand`,
      );
    if (change.kind === "remove") return texts;
    const value = changedFields({}, [{ ...change, path: [name, ...rest] }])[name];
    return own
      ? written(texts, at, (text) => withValue(text, own, value))
      : written(texts, at, (text) => withEntries(text, object, { [name]: value }));
  }
  return texts;
}

function added(texts: Texts, catalog: string, id: string, fields: Readonly<Record<string, unknown>>): Texts {
  const source = readCatalog(texts, catalog);
  const subscriptions = source.entry(["subscriptions"]);
  const holder = source.objectOf(subscriptions?.value ?? source.root);
  if (!holder)
    throw new EditProblem(
      `${subscriptions?.line ?? catalog}: subscriptions is not written as { … }; name a data file with --file, or add the entry by hand`,
    );
  const entries = subscriptions ? { [id]: fields } : { subscriptions: { [id]: fields } };
  return written(texts, holder, (text) => withEntries(text, syntaxOf(source, holder), entries));
}

/** @throws EditProblem for a program without one `defineCatalog` */
export function readCatalog(texts: Texts, catalog: string): CatalogSource {
  texts.of(catalog);
  const source = CatalogSource.read(catalog, (file) => texts.of(file));
  if (!source)
    throw new EditProblem(
      `${catalog}: does not call defineCatalog({ … }) once, or TypeScript is not installed; name the file that does with --catalog`,
    );
  return source;
}

function found(texts: Texts, catalog: string, id: string, source = readCatalog(texts, catalog)): SourceSubscription {
  const subscription = sourceSubscriptions(source).entries.find((each) => each.id === id);
  if (!subscription) throw new EditProblem(`${catalog}: has no subscription "${id}" that is written out`);
  return subscription;
}

const syntaxOf = (source: CatalogSource, { literal }: WrittenObject) => objectSyntax(source.typescript, literal);

const written = (texts: Texts, { source }: WrittenObject, edit: (text: string) => string): Texts =>
  texts.with(source.fileName, edit(source.text));
