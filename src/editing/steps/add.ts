import { show } from "../../text/show";
import { problemOfSubscriptionId, unknownName } from "../../vocabulary/identifier";
import { EditProblem } from "../field-change";
import type { Subscriptions } from "../subscriptions/subscriptions";
import { nameOf } from "../subscriptions/subscriptions";
import type { DataFile } from "../typescript/data-files";

/** Where a new subscription goes: a data file, or `undefined` for the catalog's own text. */
export function fileForNew(
  subscriptions: Subscriptions,
  catalog: string,
  wanted: string | undefined,
): DataFile | undefined {
  const { dataFiles, all } = subscriptions;
  const names = dataFiles.map(({ path }) => nameOf(path));
  if (wanted !== undefined) {
    if (nameOf(wanted) === nameOf(catalog)) return undefined;
    const found = dataFiles.find(({ path }) => nameOf(path) === nameOf(wanted));
    if (found) return found;
    throw new EditProblem(
      `--file ${show(wanted)}: is not a file of this catalog; choose ${[nameOf(catalog), ...names].join(", ")}`,
    );
  }
  const isInline = all.some(({ data }) => data === undefined);
  const [only, ...others] = dataFiles;
  if (!only) return undefined;
  if (others.length === 0 && !isInline) return only;
  throw new EditProblem(
    `subscriptions stand in several files; choose one with --file: ${[...(isInline ? [nameOf(catalog)] : []), ...names].join(", ")}`,
  );
}

/** @throws EditProblem for what cannot be an id */
export function checkNewId(id: string): void {
  const problem = problemOfSubscriptionId(id);
  if (problem !== undefined) throw new EditProblem(`subscription ${show(id)} ${problem}`);
}

/** @throws EditProblem for a tier that the catalog does not have, as far as its text says which it has */
export function checkTier(option: string, tier: string, { tiers }: Pick<Subscriptions, "tiers">): void {
  if (tiers && !tiers.includes(tier)) throw new EditProblem(`${option}: ${unknownName(tier, "tier", tiers)}`);
}
