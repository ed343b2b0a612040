import { stringOf } from "../../contract/attributes";
import type { Condition } from "./conditions";
import { BY_AWS, FOR_PEOPLE, type Harmless } from "./reasons";

/** A new policy denies nothing to a role that exists. */
const deniesNothing: Condition = (change, facts) => {
  const policy = stringOf(change.after?.policy);
  return (policy !== "" && !/"Deny"/.test(policy)) || roleIsNew(change, facts);
};

const roleIsNew: Condition = ({ after }, { changes }) =>
  changes.some(
    (each) =>
      each.type === "aws_iam_role" &&
      each.action === "create" &&
      (stringOf(after?.role) === "" || each.after?.name === after?.role),
  );

/** What of that which is around a request's way may change and is provably harmless, by resource type. */
export const HARMLESS_AROUND: Readonly<Record<string, Harmless>> = {
  aws_iam_policy: {
    attributes: { id: BY_AWS, policy_id: BY_AWS, attachment_count: BY_AWS },
    create: "it decides nothing until it is attached",
  },
  aws_iam_role: {
    attributes: { create_date: BY_AWS, unique_id: BY_AWS, max_session_duration: "is for people who take the role" },
    create: "only integrations and authorizers that name it take it, and these are compared",
  },
  aws_iam_role_policy: {
    attributes: { id: BY_AWS, name: FOR_PEOPLE },
    create: { because: "it denies nothing, or its role is new", when: deniesNothing },
  },
  aws_iam_role_policy_attachment: {
    attributes: { id: BY_AWS },
    create: { because: "its role is new", when: roleIsNew },
  },
  aws_lambda_function_url: { delete: "no request of a route comes through it" },
  aws_vpc_endpoint: {
    attributes: { id: BY_AWS, dns_entry: BY_AWS, network_interface_ids: BY_AWS, owner_id: BY_AWS, state: BY_AWS },
  },
};
