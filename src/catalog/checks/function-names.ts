import { functionName } from "../../contract/function-name";
import { error, type Finding } from "../../text/finding";
import { type Catalog, isOwnApi } from "../catalog";

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html — `FunctionName` */
const LONGEST_NAME = 64;

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
      const subject = `handler "${handler}" gets the function name "${name}"`;
      const first = owners.get(name);
      if (first === undefined) owners.set(name, `handler "${handler}" of api "${api.id}"`);
      const problems = [
        ...(name.length > LONGEST_NAME ? [`${subject}, over AWS's ${LONGEST_NAME} characters; rename one`] : []),
        ...(first === undefined
          ? []
          : [
              `${subject}, as does ${first}, and AWS takes a name once in each account and Region; rename one of the ` +
                "handlers or APIs",
            ]),
      ];
      return problems.map((problem) => error(`api "${api.id}"`, problem));
    }),
  );
}
