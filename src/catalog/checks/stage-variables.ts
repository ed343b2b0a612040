import { error, type Finding } from "../../text/finding";
import type { OwnApi } from "../../vocabulary/api";
import { RELEASE_VARIABLE } from "../../vocabulary/stage-variables";
import { type Catalog, isOwnApi } from "../catalog";

const VARIABLE = /stageVariables\.([A-Za-z0-9_]+)/g;

/** Where a stage lacks a variable of a URL, API Gateway answers 500 to every request of the route. */
export function checkStageVariables({ apis }: Catalog): Finding[] {
  return apis.filter(isOwnApi).flatMap((api) =>
    api.routes.flatMap(({ key, integration }) =>
      Object.entries(textsOf(api, integration)).flatMap(([field, text]) => {
        const used = new Set([...text.matchAll(VARIABLE)].map(([, name = ""]) => name));
        return [...used].flatMap((name) => {
          const without = api.stages.filter(
            ({ retired, variables }) => !retired && name !== RELEASE_VARIABLE && !Object.hasOwn(variables, name),
          );
          const listed = without.map((stage) => `"${stage.name}"`).join(", ");
          return without.length === 0
            ? []
            : [
                error(
                  `api "${api.id}": route "${key}"`,
                  `${field} uses the stage variable "${name}", which stage ${listed} does not have; ` +
                    `add variables: { ${name}: "…" } to ${without.length === 1 ? "it" : "each of these stages"}`,
                ),
              ];
        });
      }),
    ),
  );
}

/** Texts in which a stage variable may stand, by the field of the route. */
function textsOf({ vpcLinks }: OwnApi, integration: OwnApi["routes"][number]["integration"]): Record<string, string> {
  const { settings = {} } = integration;
  const link = vpcLinks.find(({ id }) => id === settings.vpcLink);
  return {
    ...(integration.type === "http" ? { http: integration.url } : {}),
    ...(integration.type === "lambda" ? { lambda: integration.arn } : {}),
    ...(integration.type === "aws" ? { aws: integration.path ?? "" } : {}),
    ...(link?.kind === "existing" ? { [`vpcLink "${link.id}"`]: link.vpcLinkId } : {}),
    integration: JSON.stringify([settings.headers, settings.query, settings.path]),
  };
}
