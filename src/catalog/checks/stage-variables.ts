import { error, type Finding } from "../../text/finding";
import { type Catalog, isOwnApi } from "../catalog";

const VARIABLE = /\$\{stageVariables\.([A-Za-z0-9_]+)\}/g;

/** Where a stage lacks a variable of a URL, API Gateway answers 500 to every request of the route. */
export function checkStageVariables({ apis }: Catalog): Finding[] {
  return apis.filter(isOwnApi).flatMap(({ id, routes, stages }) =>
    routes.flatMap(({ key, integration }) => {
      const used =
        integration.type === "http" ? [...integration.url.matchAll(VARIABLE)].map(([, name = ""]) => name) : [];
      return [...new Set(used)].flatMap((name) => {
        const without = stages.filter(({ retired, variables }) => !retired && !Object.hasOwn(variables, name));
        const listed = without.map((stage) => `"${stage.name}"`).join(", ");
        return without.length === 0
          ? []
          : [
              error(
                `api "${id}": route "${key}"`,
                `http uses the stage variable "${name}", which stage ${listed} does not have; ` +
                  `add variables: { ${name}: "…" } to ${without.length === 1 ? "it" : "each of these stages"}`,
              ),
            ];
      });
    }),
  );
}
