import { stringOf } from "../../contract/attributes";
import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Rule } from "../finding";
import { nameOf } from "../place-names";
import { permissionIsUnused } from "../way/called-functions";
import { describeParts } from "../way/part-values";

export const permissionRemoved: Rule = {
  id: "permission-removed",
  severity: "decision",
  title: (count) =>
    counted(count, "permission to call a function goes or changes", "permissions to call functions go or change"),
  holds: "API Gateway may call the functions behind its routes.",
  why: "Without the permission every call of these routes gets 500 Internal Server Error from the moment this is applied.",
  remedy: "Keep the permission, or make sure that another one covers the same API and function.",
  find: (facts) =>
    facts.changes
      .filter(
        ({ type, action }) => type === "aws_lambda_permission" && ["delete", "replace", "update"].includes(action),
      )
      .filter((change) => !permissionIsUnused(change, facts))
      .map((change) => ({
        about: nameOf(change, facts),
        subject: nameOf(change, facts),
        what: whatOf(change),
        explains: [{ change }],
      })),
};

function whatOf(change: ResourceChange): string {
  const { action, before, changedAttributes } = change;
  if (action === "delete") return `API Gateway may not call the function ${stringOf(before?.function_name)} any more`;
  const parts = changedAttributes.filter((name) => name !== "id");
  const described = parts.length > 0 ? `: ${describeParts({ change, parts })}` : "";
  return `is deleted and created again${described}`;
}
