import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Facts, listed, type Rule } from "../finding";
import { holdsKey } from "../held-keys";
import { nameOfStore } from "../key-stores";

const POLICY = "aws_secretsmanager_secret_policy";

/** Attributes that decide who can read, by type. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  aws_ssm_parameter: ["key_id"],
  aws_secretsmanager_secret: ["kms_key_id", "policy"],
  [POLICY]: ["policy"],
};

export const keyReadersChanged: Rule = {
  id: "key-readers-changed",
  severity: "decision",
  title: (count) => counted(count, "place has other readers of its key", "places have other readers of their keys"),
  holds: "Only its customer can read a key.",
  why: "A resource policy and a KMS key decide who can read it. A caller with the value is that customer.",
  remedy: "Check who can read the key afterwards, and that its customer still can.",
  find: (facts) =>
    facts.changes.flatMap((change) => {
      const parts = partsOf(change);
      if (parts.length === 0 || !isOfKey(change, facts)) return [];
      const name = nameOfStore(change, facts);
      const explains = [change.type === POLICY ? { change } : { change, attributes: parts }];
      return [{ about: name, subject: name, what: `has another ${listed(parts)}`, explains }];
    }),
};

function partsOf({ type, action, before, after, changedAttributes }: ResourceChange): readonly string[] {
  if (type === POLICY) return action === "none" ? [] : ["policy"];
  return before && after ? (READERS[type] ?? []).filter((name) => changedAttributes.includes(name)) : [];
}

function isOfKey(change: ResourceChange, { before, after }: Facts): boolean {
  return [before, after].some((state) => {
    const secret = change.type === POLICY && state.targetOf(change, "secret_id", "aws_secretsmanager_secret");
    return holdsKey(secret || change, state);
  });
}
