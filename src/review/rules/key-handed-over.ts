import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Facts, type Finding, type Rule } from "../finding";

const STORES: Readonly<Record<string, string>> = {
  aws_ssm_parameter: "parameter",
  aws_secretsmanager_secret: "secret",
};

const VALUE = ["has_value_wo", "value_wo_version"];

export const keyHandedOver: Rule = {
  id: "key-handed-over",
  severity: "notice",
  title: (count) =>
    counted(count, "place where a key is handed over changes", "places where keys are handed over change"),
  holds: "A customer finds the key where it was.",
  why: "Who reads the key there finds it, or does not find it any more, from the moment this is applied.",
  remedy: "Tell those who read it.",
  find: ({ changes }: Facts): Finding[] =>
    changes
      .filter((change) => change.type in STORES && whatOf(change) !== "")
      .map((change) => ({
        about: nameOf(change),
        subject: `${STORES[change.type]} ${nameOf(change)}`,
        what: whatOf(change),
        explains: [change.action === "update" ? { change, attributes: VALUE } : { change }],
      })),
};

function whatOf(change: ResourceChange): string {
  const { action, before, changedAttributes } = change;
  if (action === "create") return "is made";
  if (action === "delete") return "is deleted";
  if (action === "update") return changedAttributes.includes("value_wo_version") ? "gets the new value" : "";
  if (action !== "replace") return "";
  return nameOf(change) === before?.name ? "is deleted and created again" : `is made; ${before?.name} is deleted`;
}

function nameOf({ before, after, address }: ResourceChange): string {
  const name = (after ?? before)?.name;
  return typeof name === "string" ? name : address;
}
