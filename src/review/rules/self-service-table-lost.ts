import { stringOf } from "../../contract/attributes";
import { stackNames } from "../../contract/stack-names";
import { counted, type Rule } from "../finding";

export const selfServiceTableLost: Rule = {
  id: "self-service-table-lost",
  severity: "decision",
  title: (count) => counted(count, "table of a self-service is deleted", "tables of a self-service are deleted"),
  holds: "The table of customers who signed up by themselves stays.",
  why: "It alone says whose the keys are. Without it they go on working, and nobody can move, suspend, bill or end their subscriptions.",
  remedy:
    "Keep selfService.name, or end all subscriptions first. AWS refuses until the table's deletion protection is off.",
  find: ({ changes }) =>
    changes
      .filter(({ stack, type }) => stack === stackNames.selfService && type === "aws_dynamodb_table")
      .flatMap((change) => {
        const { action, before, after, address } = change;
        if (action !== "delete" && action !== "replace") return [];
        const name = stringOf(before?.name) || address;
        const next = stringOf(after?.name);
        const what =
          action === "delete"
            ? "is deleted, with all subscriptions in it"
            : `is deleted, with all subscriptions in it, and ${next && next !== name ? `${next} is created` : "created again"}, empty`;
        return [{ about: name, subject: `table ${name}`, what, explains: [{ change }] }];
      }),
};
