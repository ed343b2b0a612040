import { show } from "../text/show";
import { unknownName } from "../vocabulary/identifier";
import { isKnown } from "./terraform-resource";

/** What of a thing can be its name. */
export interface Nameable {
  readonly stack: string | undefined;
  readonly address: string;
  /** Its name in AWS; empty where there is none. */
  readonly name: string;
}

/**
 * The names by which a person may call something, the shortest first: the catalog's id and nothing else where this project
 * created it; otherwise its name in AWS, or its address. With the module or the stack where that does not say enough.
 *
 * @param id in the catalog; `undefined` for what this project did not create
 */
export function namesOf({ stack, address, name }: Nameable, id: string | undefined): readonly string[] {
  const inStack = (text: string) => (stack === undefined ? [] : [`${stack}/${text}`]);
  if (id !== undefined) return [id, ...inStack(id)];
  const [module] = /^module\..*(?=\.\w+\.[^.]*$)/s.exec(withoutIndex(address)) ?? [];
  const inModule = module === undefined ? [] : [`${module}/${name}`];
  const called = name !== "" && isKnown(name) ? [name, ...inModule, ...[name, ...inModule].flatMap(inStack)] : [];
  return [...called, address, ...inStack(address)];
}

/** An index may hold any text. */
const withoutIndex = (address: string) => address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$/s, "");

/** What keeps its short name where another could have it too: the highest. */
export const RANKS = { managed: 0, ofCatalog: 1 } as const;

/**
 * A name for each thing: the shortest of its names that no other thing has, of its own rank or a higher one. A thing that
 * is in several states, such as before and after a change, has one name that is its own in all of them.
 */
export function distinctNames<Thing>(
  states: readonly (readonly Thing[])[],
  namesOfThing: (thing: Thing) => readonly string[],
  rankOf: (thing: Thing) => number,
): ReadonlyMap<Thing, string> {
  const ranks = Object.values(RANKS);
  const counts = states.map((things) =>
    ranks.map((rank) => countOf(things.filter((thing) => rankOf(thing) >= rank).flatMap(namesOfThing))),
  );
  const found = new Map<Thing, string>();
  const members = states.map((things) => new Set(things));
  for (const thing of new Set(states.flat())) {
    const around = counts.flatMap((each, state) => (members[state]?.has(thing) ? [each[rankOf(thing)]] : []));
    const names = namesOfThing(thing);
    const own = names.find((name) => around.every((each) => each?.get(name) === 1));
    found.set(thing, own ?? names.at(-1) ?? "");
  }
  return found;
}

/** How often each name is there. */
export function countOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** A name that nothing has, or that several things have. */
export class UnclearNameError extends Error {}

/** Something that has got a name of its own among others. */
export interface Named extends Nameable {
  readonly id: string;
}

/**
 * The thing that a person means by a name.
 *
 * @param kind what it is to people: `subscription`
 * @throws UnclearNameError for a name that nothing has, or that several things have, with those that could be meant
 */
export function findNamed<Thing extends Named>(
  name: string,
  things: readonly Thing[],
  kind: string,
  idOf: (thing: Thing) => string | undefined,
): Thing {
  const exact = things.find(({ id }) => id === name);
  if (exact) return exact;
  const [found, ...others] = things.filter((thing) => namesOf(thing, idOf(thing)).includes(name));
  if (found && others.length === 0) return found;
  if (found)
    throw new UnclearNameError(`${show(name)} is the name of ${counted([found, ...others], kind)}; write one of these`);
  throw new UnclearNameError(unknown(name, things, kind));
}

const counted = (things: readonly Named[], kind: string) =>
  `${things.length} ${kind}s, ${listed(things.map(({ id }) => id))}`;

function unknown(name: string, things: readonly Named[], kind: string): string {
  const namesakes = things.filter((thing) => thing.name === name).map(({ id }) => id);
  if (namesakes.length > 0)
    return `unknown ${kind} ${show(name)}, which is the name in AWS of ${listed(namesakes)}; write that`;
  return unknownName(
    name,
    kind,
    things.map(({ id }) => id),
  );
}

function listed(names: readonly string[], most = 12): string {
  const all = names.slice(0, most).map((each) => show(each));
  return names.length > most ? `${all.join(", ")} and ${names.length - most} more` : all.join(", ");
}
