import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Facts, type Finding, listed, type Rule } from "../finding";
import { nameOf } from "../place-names";

export const handlerReleased: Rule = {
  id: "handler-released",
  severity: "notice",
  title: (count) => counted(count, "function changes", "functions change"),
  holds: "New code is tried on a stage that no customer calls, before it is released to others.",
  why: "An alias that moves to another version answers with that version's code from the moment this is applied.",
  remedy: "Check that these versions are the ones that were tried.",
  find: (facts: Facts): Finding[] =>
    facts.changes
      .filter(
        ({ type, action }) => action !== "none" && (type === "aws_lambda_alias" || type === "aws_lambda_function"),
      )
      .map((change) => ({
        about: nameOf(change, facts),
        subject: subjectOf(change),
        what: whatOf(change),
        explains: [{ change }],
      })),
};

function subjectOf({ type, before, after, address }: ResourceChange): string {
  const { function_name: name, name: alias } = after ?? before ?? {};
  const called = typeof name === "string" ? name : address;
  return type === "aws_lambda_alias" ? `alias ${alias} of function ${called}` : `function ${called}`;
}

function whatOf({ type, action, changedAttributes, before, after }: ResourceChange): string {
  if (action === "create") return "is made";
  if (action === "delete" || action === "forget") return "goes";
  if (type === "aws_lambda_alias" && changedAttributes.includes("function_version"))
    return `moves from version ${before?.function_version} to ${after?.function_version ?? "a new one"}`;
  const code = changedAttributes.includes("source_code_hash") || changedAttributes.includes("filename");
  return code ? "gets other code" : `changes: ${listed(changedAttributes, 8)}`;
}
