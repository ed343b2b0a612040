import type { RouteDay } from "../route-day";
import type { DayRange, UsageStore } from "../store/usage-store";
import { partitionOfRoutes, readRouteFile } from "./route-file";

/** Files that are read at once. */
const AT_ONCE = 16;

/**
 * How often keys called routes on some days, as the access logs say that were read into the store. Days of which no log was read
 * have no lines.
 */
export async function* routeDays(store: UsageStore, { from, to }: DayRange): AsyncGenerator<RouteDay> {
  let names: { readonly day: string; readonly api: string; readonly name: string }[] = [];
  async function* read(): AsyncGenerator<RouteDay> {
    const texts = await Promise.all(names.map(({ name }) => store.read(name)));
    for (const [index, { day, api, name }] of names.entries())
      for (const line of readRouteFile(texts[index]?.text ?? "", store.placeOf(name)).lines)
        yield { day, ...line, isNamed: line.api !== api };
    names = [];
  }
  for await (const name of store.list("routes/day=")) {
    const partition = partitionOfRoutes(name);
    if (partition === undefined || partition.day < from || partition.day > to) continue;
    names.push({ ...partition, name });
    if (names.length === AT_ONCE) yield* read();
  }
  yield* read();
}
