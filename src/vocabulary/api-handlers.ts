import { isDeepStrictEqual } from "node:util";
import { byName } from "../text/order";
import type { AuthorizerHandler } from "./authorization";
import { type Handler, type HandlerOptions, handlerName, toHandler } from "./handler";
import type { EntryReader } from "./read-entry";
import type { Route } from "./route";

/** Where an API names handlers. */
interface HandlerUses {
  readonly routes: readonly Route[];
  readonly authorizers: readonly AuthorizerHandler[];
  readonly retired: readonly (string | HandlerOptions)[];
}

const optionsOf = (written: string | HandlerOptions) => (typeof written === "string" ? undefined : written);

/** One function for each handler of an API, sorted by name; its options are written once, or everywhere the same. */
export function readHandlers(reader: EntryReader, place: string, uses: HandlerUses): Handler[] {
  const handlers = new Map<string, { readonly options: HandlerOptions | undefined; readonly place: string }>();
  const add = (name: string, options: HandlerOptions | undefined, where: string) => {
    const first = handlers.get(name);
    if (first?.options === undefined) handlers.set(name, { options, place: where });
    else if (options !== undefined && !isDeepStrictEqual(toHandler(first.options), toHandler(options)))
      reader.refuse(
        where,
        `gives handler "${name}" other options than ${first.place}, but it is one function; write them in one place, ` +
          "and its name alone in the others",
      );
  };
  for (const { key, integration } of uses.routes)
    if (integration.type === "handler") add(integration.name, integration.options, `${place}: route "${key}"`);
  for (const { handler, place: where } of uses.authorizers) add(handlerName(handler), optionsOf(handler), where);
  const used = new Set(handlers.keys());
  for (const each of uses.retired) {
    const name = handlerName(each);
    if (used.has(name))
      reader.refuse(place, `retiredHandlers names "${name}", which the API still uses; drop it from the list`);
    else add(name, optionsOf(each), `${place}: retiredHandlers`);
  }
  return [...handlers].map(([name, { options }]) => toHandler(options ?? name)).sort((a, b) => byName(a.name, b.name));
}
