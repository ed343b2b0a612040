import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Facts, listed, type Rule } from "../finding";
import { nameOf } from "../place-names";
import { changedParts } from "../way/changed-parts";

export const changedOutside: Rule = {
  id: "changed-outside",
  severity: "notice",
  title: (count) =>
    counted(count, "resource was changed outside Terraform", "resources were changed outside Terraform"),
  holds: "Only Terraform changes what it manages.",
  why:
    "Customers have felt these changes already. This review starts from the account as it is: what the plan changes back is a " +
    "change like any other, and what it leaves stays.",
  remedy: "Ask who changed it. Put it into the configuration if it is meant to stay.",
  find: (facts) =>
    facts.sources
      .flatMap(({ drift }) => drift)
      .flatMap((change) => {
        const name = nameOf(change, facts);
        const what = whatOf(change, facts);
        return what === undefined ? [] : [{ about: name, subject: name, what }];
      }),
};

/** Attributes that Terraform reads a second time where a resource of its own manages them, by that resource's type. */
const READ_TWICE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_api_gateway_rest_api: { policy: "aws_api_gateway_rest_api_policy" },
  aws_iam_role: {
    inline_policy: "aws_iam_role_policy",
    managed_policy_arns: "aws_iam_role_policy_attachment",
  },
};

/** `undefined` for what only looks different: Terraform reads nothing as something empty, and AWS counts the time. */
function whatOf(change: ResourceChange, { after }: Facts): string | undefined {
  if (change.action === "delete") return "was deleted";
  const managedBy = READ_TWICE[change.type] ?? {};
  const isReadTwice = (part: string) => after.ofType(managedBy[part] ?? "").length > 0;
  const parts = changedParts(change).filter((part) => !/(^|_)date$/.test(part) && !isReadTwice(part));
  return parts.length > 0 ? `has another ${listed(parts, 8)}` : undefined;
}
