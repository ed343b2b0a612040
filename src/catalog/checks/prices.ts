import { enumerate, type Finding, warning } from "../../text/finding";
import { needsLogs } from "../../vocabulary/price";
import { type Catalog, isOwnApi } from "../catalog";

/** Prices by which no invoice could be made, since what they ask for is counted nowhere. */
export function checkPrices({ apis, tiers }: Catalog): Finding[] {
  const unlogged = new Set(
    apis
      .filter(isOwnApi)
      .flatMap(({ id, stages }) => stages.filter(({ accessLog }) => !accessLog).map(({ name }) => `${id}/${name}`)),
  );
  return tiers.flatMap(({ id, access, price }) => {
    if (!price || !needsLogs(price)) return [];
    const missing = access
      .flatMap(({ api, stages }) => stages.map((stage) => `${api}/${stage}`))
      .filter((place) => unlogged.has(place));
    if (missing.length === 0) return [];
    const field = price.weights.length > 0 ? "weights" : "counts";
    return [
      warning(
        `tier "${id}"`,
        `price.${field} needs access logs, and ${enumerate(missing)} ${missing.length === 1 ? "has" : "have"} none, so no ` +
          "invoice could be made; give the stage accessLog: true",
      ),
    ];
  });
}
