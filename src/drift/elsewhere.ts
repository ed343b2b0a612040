import type { AccountKey } from "../aws/account";
import { SELF_SERVICE_TAG } from "../contract/tags";

/**
 * Keys that something else than the stacks creates and changes, such as a service by which customers sign up: they are counted,
 * and not compared.
 */
export interface ManagedElsewhere {
  /** The tag of each of its keys. */
  readonly tag: string;
  /** @default - any */
  readonly value?: string | undefined;
  /** Who manages them, for people. */
  readonly owner: string;
}

/** Owners that this project itself has. The one place to which another is added. */
export const OWNERS: readonly ManagedElsewhere[] = [{ tag: SELF_SERVICE_TAG, owner: "the self-service" }];

/** Who manages a key elsewhere; `undefined` for a key of nobody that is known. */
export const ownerOf = ({ tags }: Pick<AccountKey, "tags">, owners: readonly ManagedElsewhere[]): string | undefined =>
  owners.find(({ tag, value }) => Object.hasOwn(tags, tag) && (value === undefined || tags[tag] === value))?.owner;
