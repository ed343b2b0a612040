import { functionName } from "../../contract/function-name";
import { error, type Finding } from "../../text/finding";
import { type Catalog, isOwnApi } from "../catalog";

/**
 * Each handler of each API has a function of its own, whose name says both: `a-b-c` may be of API "a-b" and of API "a".
 * A retired API still has its functions when the others are deployed.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html — ResourceConflictException
 */
export function checkFunctionNames(catalog: Catalog): Finding[] {
  const owners = new Map<string, string>();
  return catalog.apis.filter(isOwnApi).flatMap((api) =>
    api.handlers.flatMap(({ name: handler }) => {
      const name = functionName(api.id, handler);
      const first = owners.get(name);
      if (first === undefined) {
        owners.set(name, `handler "${handler}" of api "${api.id}"`);
        return [];
      }
      return [
        error(
          `api "${api.id}"`,
          `handler "${handler}" gets the function name "${name}", as does ${first}, and AWS takes a name once in each ` +
            "account and Region; rename one of the handlers or APIs",
        ),
      ];
    }),
  );
}
