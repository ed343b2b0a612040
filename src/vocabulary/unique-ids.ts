import { problemOfName, problemOfSubscriptionId } from "./identifier";

/** Gives ids, each once. */
export class UniqueIds {
  private readonly taken: Set<string>;

  /** @param taken ids that are given already */
  constructor(taken: Iterable<string> = []) {
    this.taken = new Set(taken);
  }

  has(id: string): boolean {
    return this.taken.has(id);
  }

  /** The id itself, or the next that is free: `gold`, `gold-2`. */
  give(id: string): string {
    let unique = id;
    for (let number = 2; this.taken.has(unique); number++) unique = `${id.slice(0, 56)}-${number}`;
    this.taken.add(unique);
    return unique;
  }
}

/** A key's name where a subscription can be called so, otherwise what is left of it: `José / Black` is `jose-black`. */
export function subscriptionIdOf(name: string, awsId: string): string {
  if (problemOfSubscriptionId(name) === undefined) return name;
  const slug = slugOf(name, 100);
  return slug !== "" && problemOfSubscriptionId(slug) === undefined ? slug : `key-${awsId}`;
}

/** The name of a plan, an API or an authorizer where a tier, an API or an authorizer of the catalog can be called so, otherwise what is left of it. */
export function nameIdOf(kind: "tier" | "api" | "authorizer", name: string, awsId: string): string {
  if (problemOfName(name) === undefined) return name;
  const slug = slugOf(name, 56);
  const id = /^[a-z]/.test(slug) ? slug : `${kind}-${slug || awsId}`;
  return problemOfName(id) === undefined ? id : `${kind}-${awsId}`;
}

const ACCENTS = /\p{M}/gu;

function slugOf(name: string, most: number): string {
  return name
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, most)
    .replace(/-+$/, "");
}
