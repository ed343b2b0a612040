import { isDeepStrictEqual } from "node:util";
import type { DocumentNode } from "../../document/document";
import type { ApiModel } from "../../model/model";
import { printable } from "../../text/printable";
import { entriesOf, isObject } from "../../vocabulary/objects";
import { type Proof, proofsOf } from "../security-schemes";
import type { MatchedOperation } from "./document-operations";
import { type DocumentScheme, documentSchemes, schemesNode } from "./document-schemes";
import { listed } from "./listed";
import type { PlannedChanges } from "./planned-changes";

type Requirement = Readonly<Record<string, readonly string[]>>;

/** An operation whose `security` does not say what the API asks. */
interface Difference {
  readonly operation: MatchedOperation;
  readonly wanted: readonly Requirement[];
}

/** Plans what `security` has to say, and the schemes that it needs; answers what there is to say of it. */
export function planSecurity(
  root: DocumentNode,
  operations: readonly MatchedOperation[],
  api: ApiModel,
  changes: PlannedChanges,
): string[] {
  const security = new SecurityOfApi(documentSchemes(root));
  const common = root.child("security")?.value;
  const ofRoot: Difference[] = [];
  const dropped = new Map<string, string[]>();
  // What is said of all operations is not meant for a preflight, with which a browser sends no key.
  const inheriting = operations.filter(
    ({ node, method }) => node.child("security") === undefined && method !== "OPTIONS",
  );
  for (const operation of operations) {
    const { route, node, method } = operation;
    if (!route) continue;
    const own = node.child("security");
    if (!own && method === "OPTIONS") continue;
    const written = own ? own.value : common;
    const proofs = proofsOf(route, api);
    if (security.says(written, proofs)) continue;
    const wanted = security.merged(written, proofs);
    for (const name of namesIn(written).filter((each) => !namesIn(wanted).includes(each)))
      dropped.set(name, [...(dropped.get(name) ?? []), operation.key]);
    if (own) setRequirements(node, wanted, changes);
    else ofRoot.push({ operation, wanted });
  }
  const forAll = mostCommon(ofRoot, inheriting.length);
  if (forAll) setRequirements(root, forAll, changes);
  for (const { operation, wanted } of ofRoot)
    if (!isDeepStrictEqual(wanted, forAll)) setRequirements(operation.node, wanted, changes);
  const wrong = new Set(ofRoot.map(({ operation }) => operation.node.id));
  // What was right by what the root said, or by its silence, keeps it.
  if (forAll) for (const { node } of inheriting) if (!wrong.has(node.id)) changes.set(node, "security", common ?? []);
  addSchemes(root, security.needed, changes);
  return [...dropped].map(
    ([name, keys]) =>
      `no longer asks for the scheme "${printable(name)}", because API Gateway does not ask for it, in ${listed(keys)}`,
  );
}

const namesIn = (written: unknown): string[] => requirementsOf(written).flatMap((each) => Object.keys(each));

/** Words of a root after which it is written; in an operation, it comes at the end. */
const BEFORE_SECURITY = ["openapi", "swagger", "info", "host", "basePath", "schemes", "servers"];

/** Sets what `security` says, in its items where it has as many. */
function setRequirements(node: DocumentNode, wanted: readonly Requirement[], changes: PlannedChanges): void {
  const items = node.child("security")?.children() ?? [];
  if (items.length === 0 || items.length !== wanted.length || !items.every(({ value }) => isObject(value))) {
    changes.set(node, "security", wanted, BEFORE_SECURITY);
    return;
  }
  for (const [index, item] of items.entries()) {
    const requirement = wanted[index] ?? {};
    for (const scheme of item.children()) if (!Object.hasOwn(requirement, scheme.name)) changes.remove(scheme);
    for (const [name, scopes] of Object.entries(requirement))
      if (!isDeepStrictEqual(item.child(name)?.value, scopes)) changes.set(item, name, scopes);
  }
}

/** What the root says in the end, if most operations without a word of their own agree that it should be another. */
function mostCommon(differences: readonly Difference[], inheriting: number): readonly Requirement[] | undefined {
  const counts = new Map<string, number>();
  for (const { wanted } of differences) {
    const text = JSON.stringify(wanted);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  return first && first[1] * 2 > inheriting ? JSON.parse(first[0]) : undefined;
}

/** The schemes of a document in the light of what an API asks. */
class SecurityOfApi {
  /** Proofs for which the document has no scheme, by the names that theirs get. */
  readonly needed = new Map<string, Proof>();

  constructor(private readonly schemes: readonly DocumentScheme[]) {}

  /** Whether a list of requirements means that all of these are asked for, and nothing else by API Gateway. */
  says(written: unknown, proofs: readonly Proof[]): boolean {
    const alternatives = requirementsOf(written).map((each) => this.meaning(each, proofs));
    const [first = [], ...others] = alternatives;
    // What only some alternatives ask for is not asked for.
    const asked = first.filter((id) => others.every((ids) => ids.includes(id)));
    const wanted = proofs.map(({ id }) => id);
    return (
      asked.length === wanted.length && wanted.every((id) => asked.includes(id)) && this.hasScopes(written, proofs)
    );
  }

  /** The requirements with what is asked for, and without what is not. */
  merged(written: unknown, proofs: readonly Proof[]): readonly Requirement[] {
    const wanted = new Set(proofs.map(({ id }) => id));
    const old = requirementsOf(written);
    const all = (old.length > 0 ? old : [{}]).map((requirement): Requirement => {
      const kept = Object.entries(requirement).filter(([name]) => {
        const scheme = this.scheme(name);
        return !scheme?.isOfGateway || scheme.proofs.every((id) => wanted.has(id));
      });
      const said = kept.flatMap(([name]) => this.scheme(name)?.proofs ?? []);
      const missing = proofs.filter(({ id }) => !said.includes(id));
      const added = new Map(missing.map((proof) => [this.nameFor(proof, proofs), proof.scopes]));
      const scoped = kept.map(([name, scopes]) => [name, this.scopesOf(name, proofs) ?? scopes] as const);
      return Object.fromEntries([...scoped, ...added]);
    });
    const distinct = all.filter((each, index) => all.findIndex((other) => isDeepStrictEqual(other, each)) === index);
    return distinct.every((each) => Object.keys(each).length === 0) ? [] : distinct;
  }

  private scheme(name: string): DocumentScheme | undefined {
    return this.schemes.find((each) => each.name === name);
  }

  /** What one alternative asks for at API Gateway. */
  private meaning(requirement: Requirement, proofs: readonly Proof[]): string[] {
    const wanted = proofs.map(({ id }) => id);
    const ids = Object.keys(requirement).flatMap((name) => {
      const scheme = this.scheme(name);
      return scheme?.proofs.filter((id) => scheme.isOfGateway || wanted.includes(id)) ?? [];
    });
    return [...new Set(ids)];
  }

  private scopesOf(name: string, proofs: readonly Proof[]): readonly string[] | undefined {
    const scheme = this.scheme(name);
    return proofs.find(({ id, scopes }) => scopes.length > 0 && scheme?.proofs.includes(id))?.scopes;
  }

  private hasScopes(written: unknown, proofs: readonly Proof[]): boolean {
    return requirementsOf(written).every((requirement) =>
      Object.entries(requirement).every(([name, scopes]) => {
        const wanted = this.scopesOf(name, proofs);
        return wanted === undefined || isDeepStrictEqual(new Set(wanted), new Set(scopes));
      }),
    );
  }

  /** The document's own name for it, or a new one. */
  private nameFor(proof: Proof, proofs: readonly Proof[]): string {
    const wanted = proofs.map(({ id }) => id);
    const fitting = this.schemes.filter(
      (each) => each.proofs.includes(proof.id) && each.proofs.every((id) => wanted.includes(id)),
    );
    const own = fitting.find(({ isOfGateway }) => isOfGateway) ?? fitting[0];
    if (own) return own.name;
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? proof.name : `${proof.name}${count}`;
      const other = this.needed.get(name);
      if (this.scheme(name) || (other && other.id !== proof.id)) continue;
      this.needed.set(name, proof);
      return name;
    }
  }
}

const requirementsOf = (written: unknown): Requirement[] =>
  (Array.isArray(written) ? written : []).filter(isObject).map((each) => each as Requirement);

function addSchemes(root: DocumentNode, needed: ReadonlyMap<string, Proof>, changes: PlannedChanges): void {
  if (needed.size === 0) return;
  const schemes = Object.fromEntries([...needed].map(([name, { scheme }]) => [name, scheme]));
  const existing = schemesNode(root);
  const components = root.at("components");
  if (existing && isObject(existing.value))
    for (const [name, scheme] of entriesOf(schemes)) changes.set(existing, name, scheme);
  else if (root.child("swagger")) changes.set(root, "securityDefinitions", schemes);
  else if (components && isObject(components.value)) changes.set(components, "securitySchemes", schemes);
  else changes.set(root, "components", { securitySchemes: schemes });
}
