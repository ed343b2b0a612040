import type { Unsupported } from "../../model/model";
import { counted, type Rule } from "../finding";
import { type GatewayState, isExternal } from "../gateway-state";

export const unsupported: Rule = {
  id: "not-understood",
  severity: "notice",
  title: (count) => counted(count, "thing is not in this review", "things are not in this review"),
  holds: "What a change means can be read from its plan.",
  why: "Something here depends on what is known only after the apply, or is of a kind that this review does not read.",
  remedy: "Look at these yourself.",
  find: ({ after }) =>
    after.gateway.unsupported
      .filter((each) => concernsCustomers(each) && !isOfStranger(each, after))
      .map(({ stack, address, message }) => {
        const place = stack === undefined ? address : `${stack}: ${address}`;
        return { about: place, subject: place, what: message };
      }),
};

/** These alone say who may call what; of the rest, only the user of the local gateway needs to know. */
const TOLD_BY = /(^|\.)aws_api_gateway_(api_key|resource|stage|usage_plan|usage_plan_key)\./;

const concernsCustomers = ({ stack, address, message }: Unsupported) =>
  !isExternal({ stack, address }) && (TOLD_BY.test(address) || message.startsWith("has a body (OpenAPI)"));

/** Of an API that is in none of the plans, no stage can be expected. */
function isOfStranger({ message }: Unsupported, { gateway }: GatewayState): boolean {
  const [, name] = /of API (\S+), which has no such stage in these files$/.exec(message) ?? [];
  return gateway.apis.some((api) => isExternal(api) && api.name === name);
}
