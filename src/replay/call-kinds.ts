import type { LoggedCall } from "../logs/logged-call";
import { byName } from "../text/order";
import type { CallKind } from "./traffic";

/** Kinds of calls, each once, by numbers in the order in which they came. */
export class CallKinds {
  private readonly kinds: CallKind[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf({ key, hasKeyValue, api, stage, method, path, status, errorType }: LoggedCall): number {
    const kind = { key, ...(hasKeyValue && { hasKeyValue }), api, stage, method, path, status, errorType };
    const text = JSON.stringify(fieldsOf(kind));
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.kinds.length);
    return this.kinds.push(kind) - 1;
  }

  /** The kinds in an order that does not depend on which came first, and the place of each number in it. */
  sorted(): { readonly kinds: readonly CallKind[]; readonly ranks: Uint32Array } {
    const numbers = this.kinds.map((kind, number) => ({ kind, number }));
    numbers.sort((a, b) => compareKinds(a.kind, b.kind));
    const ranks = new Uint32Array(numbers.length);
    for (const [rank, { number }] of numbers.entries()) ranks[number] = rank;
    return { kinds: numbers.map(({ kind }) => kind), ranks };
  }
}

const fieldsOf = ({
  key,
  hasKeyValue,
  api,
  stage,
  method,
  path,
  status,
  errorType,
}: CallKind): readonly (string | null)[] => [
  key ?? null,
  api,
  stage,
  method,
  path ?? null,
  String(status),
  // No reason is empty.
  errorType === null ? "" : (errorType ?? null),
  hasKeyValue ? "" : null,
];

/** What a call does not have comes first, or what the log does not say of it. */
function compareKinds(a: CallKind, b: CallKind): number {
  const others = fieldsOf(b);
  for (const [index, field] of fieldsOf(a).entries()) {
    const other = others[index] ?? null;
    if (field === other) continue;
    return field === null ? -1 : other === null ? 1 : byName(field, other);
  }
  return 0;
}
