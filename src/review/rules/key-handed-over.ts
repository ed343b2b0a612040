import { stringOf } from "../../contract/attributes";
import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Facts, type Finding, type Rule } from "../finding";
import { holdsKey } from "../held-keys";
import { lostPlace, nameOfStore, STORES } from "../key-stores";

const VALUE = [
  ...["has_secret_string_wo", "has_value_wo", "secret_string_wo_version", "value_wo_version"],
  ...["insecure_value", "secret_string", "value"],
];

export const keyHandedOver: Rule = {
  id: "key-handed-over",
  severity: "notice",
  title: (count) =>
    counted(count, "place where a key is handed over changes", "places where keys are handed over change"),
  holds: "A customer finds the key where it was.",
  why: "Who reads the key there finds it, or does not find it any more, from the moment this is applied.",
  remedy: "Tell those who read it.",
  find: (facts: Facts): Finding[] =>
    facts.changes
      .filter((change) => change.type in STORES && whatOf(change) !== "")
      .filter((change) => holdsKey(change, facts.before) || holdsKey(change, facts.after))
      .filter((change) => lostPlace(change, facts) === undefined)
      .map((change) => ({
        about: nameOfStore(change, facts),
        subject: `${STORES[change.type]} ${nameOfStore(change, facts)}`,
        what: whatOf(change),
        explains: [change.action === "update" ? { change, attributes: VALUE } : { change }],
      })),
};

function whatOf(change: ResourceChange): string {
  const { type, action, before, changedAttributes } = change;
  if (action === "update") return VALUE.some((name) => changedAttributes.includes(name)) ? "gets the new value" : "";
  // The secret itself is created and deleted with its version.
  if (type === "aws_secretsmanager_secret_version") return "";
  if (action === "create") return "is made";
  if (action === "delete") return "is deleted";
  if (action !== "replace") return "";
  const [was, is] = [stringOf(before?.name), stringOf(change.after?.name)];
  return was === is ? "is deleted and created again" : `is made; ${was} is deleted`;
}
