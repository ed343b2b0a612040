import type { NotUnderstood } from "../../synthesized/model";
import { counted, type Rule } from "../finding";
import { isElsewhere, type World } from "../world";

export const notUnderstood: Rule = {
  id: "not-understood",
  severity: "notice",
  title: (count) => counted(count, "thing is not in this review", "things are not in this review"),
  holds: "What a change means can be read from its plan.",
  why: "Something here depends on what is known only after the apply, or is of a kind that this review does not read.",
  remedy: "Look at these yourself.",
  find: ({ after }) =>
    after.gateway.notUnderstood
      .filter((each) => concernsCustomers(each) && !isOfStranger(each, after))
      .map(({ stack, address, message }) => {
        const place = stack === undefined ? address : `${stack}: ${address}`;
        return { about: place, subject: place, what: message };
      }),
};

/** Who may call what is told by these alone; of the rest, only whoever runs the API here needs to hear. */
const TOLD_BY = /(^|\.)aws_api_gateway_(api_key|resource|stage|usage_plan|usage_plan_key)\./;

const concernsCustomers = ({ stack, address, message }: NotUnderstood) =>
  !isElsewhere({ stack, address }) && (TOLD_BY.test(address) || message.startsWith("has a body (OpenAPI)"));

/** Of an API that is in none of the plans, no stage can be expected. */
function isOfStranger({ message }: NotUnderstood, { gateway }: World): boolean {
  const [, name] = /of API (\S+), which has no such stage in these files$/.exec(message) ?? [];
  return gateway.apis.some((api) => isElsewhere(api) && api.name === name);
}
