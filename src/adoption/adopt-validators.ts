import type { AccountDefinition } from "../aws/definition";
import { encodeRequestValidator } from "../contract/request-validator";
import { type Finding, notice } from "../text/finding";
import { byName } from "../text/order";
import type { ImportedApi } from "../vocabulary/imports";
import type { Route } from "../vocabulary/route";
import type { AdoptableRoute } from "./adopt-route";

export interface AdoptedValidators {
  /** The id in AWS of the validator that a route shares with all that check the same; `undefined` for none. */
  readonly idOf: (route: Route) => string | undefined;
  readonly imported: NonNullable<ImportedApi["validators"]>;
  readonly findings: readonly Finding[];
}

/** The validator for the rules of a route, as the catalog calls it. */
const nameOf = ({ request }: Route) => request && encodeRequestValidator(request)?.name;

/**
 * The validators of an API that check what routes of the catalog ask for, whatever they are called: of several that check the
 * same the one that most methods use, because in the catalog these share one.
 */
export function adoptValidators(
  place: string,
  routes: readonly AdoptableRoute[],
  { validators }: Pick<AccountDefinition, "validators">,
): AdoptedValidators {
  const uses = new Map<string, string[]>();
  for (const { route, resources } of routes) {
    const [name, id] = [nameOf(route), resources.method.request_validator_id];
    if (name !== undefined && typeof id === "string") uses.set(name, [...(uses.get(name) ?? []), id]);
  }
  const chosen = new Map([...uses].map(([name, ids]) => [name, mostOf(ids)] as const));
  const adopted = [...chosen]
    .sort(([a], [b]) => byName(a, b))
    .map(([name, id]) => ({ name, id, there: validators.find((each) => each.id === id)?.name ?? "" }));
  return {
    idOf: (route) => chosen.get(nameOf(route) ?? ""),
    imported: Object.fromEntries(
      adopted.map(({ name, id, there }) => [name, there === name ? id : { id, keep: ["name"] }]),
    ),
    findings: adopted
      .filter(({ name, there }) => there !== name)
      .map(({ there }) => notice(`${place}: request validator "${there}"`, "keeps name as in AWS")),
  };
}

function mostOf(ids: readonly string[]): string {
  const count = (id: string) => ids.filter((each) => each === id).length;
  return [...ids].sort((a, b) => count(b) - count(a) || byName(a, b))[0] ?? "";
}
