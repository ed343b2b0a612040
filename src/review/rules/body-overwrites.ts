import { stringOf } from "../../contract/attributes";
import { isDeployedType } from "../../contract/deployed-parts";
import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Facts, type Finding, listed, type Rule } from "../finding";
import { placeOf } from "../gateway-state";
import { nameOf } from "../place-names";
import { apiNameOf } from "../way/part-values";

export const bodyOverwrites: Rule = {
  id: "body-overwrites",
  severity: "decision",
  title: (count) => counted(count, "API is overwritten by its body", "APIs are overwritten by their bodies"),
  holds: "What Terraform manages beside the body of an API stays when the body changes.",
  why:
    "The provider replaces the whole API by its body (put_rest_api_mode is overwrite by default): what stands beside it is gone until the " +
    "next apply creates it again. Once the stages are redeployed, calls to these routes get 403 Forbidden.",
  remedy: 'Write these parts into the body, or set put_rest_api_mode = "merge".',
  find: (facts) =>
    facts.changes.filter(isPut).flatMap((change): Finding[] => {
      const parts = partsBeside(change, facts);
      if (parts.length === 0) return [];
      const api = apiNameOf(change, facts);
      return [
        {
          about: api,
          subject: `API ${api}`,
          apis: [api],
          what: `its body, which changes, has not: ${listed(parts, 10)}`,
        },
      ];
    }),
};

/** Whether the provider puts the body again, and replaces what is there. */
const isPut = ({ type, action, after, changedAttributes }: ResourceChange): boolean =>
  type === "aws_api_gateway_rest_api" &&
  action === "update" &&
  ["body", "parameters"].some((name) => changedAttributes.includes(name)) &&
  after?.body !== "" &&
  after?.body !== null &&
  stringOf(after?.put_rest_api_mode) !== "merge";

/** Parts of an API that Terraform manages one by one; those that this change creates come after the body. */
function partsBeside(api: ResourceChange, facts: Facts): string[] {
  const { changes, before, after } = facts;
  const names = changes
    .filter(({ type, bodyOf, action }) => isPart(type) && bodyOf === undefined && STAYS.includes(action))
    .filter((change) => [before, after].every((state) => isOf(state.apiOf(change), api)))
    .map((change) => after.routeOf(change)?.key ?? nameOf(change, facts));
  return [...new Set(names)].sort();
}

/** A path answers nothing without a method. */
const isPart = (type: string) => isDeployedType(type) && !/_(rest_api|rest_api_policy|resource)$/.test(type);

const STAYS: readonly string[] = ["none", "update"];

const isOf = (one: Parameters<typeof placeOf>[0] | undefined, other: ResourceChange) =>
  one !== undefined && placeOf(one) === placeOf(other);
