import { stringOf } from "../contract/attributes";
import type { ResourceChange } from "../model/resource-changes";
import type { Facts } from "./finding";
import { holdsKey, holdsKeyOf } from "./held-keys";
import { nameOf } from "./place-names";

/** Where keys are handed over, by the type of the resource. */
export const STORES: Readonly<Record<string, string>> = {
  aws_ssm_parameter: "parameter",
  aws_secretsmanager_secret: "secret",
  aws_secretsmanager_secret_version: "secret version",
};

export function nameOfStore(change: ResourceChange, facts: Facts): string {
  const { name, secret_id } = change.after ?? change.before ?? {};
  const secret = [facts.after, facts.before].map((state) =>
    state.targetOf(change, "secret_id", "aws_secretsmanager_secret"),
  );
  const held = secret.map((each) => stringOf(each?.attributes.name)).find((each) => each !== "");
  return stringOf(name) || held || stringOf(secret_id) || nameOf(change, facts);
}

/**
 * How a key is found no more where it was, although it works on; `undefined` where it is found there as before. With a key
 * that is deleted, its place goes too.
 */
export function lostPlace(change: ResourceChange, facts: Facts): string | undefined {
  const { before, after } = facts;
  if (
    change.action === "none" ||
    !(change.type in STORES) ||
    !holdsKey(change, before) ||
    !holdsKeyOf(change, before, after)
  )
    return undefined;
  if (change.action === "delete")
    return change.type === "aws_secretsmanager_secret_version" && secretGoes(change, facts) ? undefined : "is deleted";
  if (!holdsKey(change, after) && change.type !== "aws_secretsmanager_secret") return "no longer holds the key";
  if (change.action !== "replace" || change.type === "aws_secretsmanager_secret_version") return undefined;
  const [was, is] = [stringOf(change.before?.name), stringOf(change.after?.name)];
  return was === is ? "is deleted and created again" : `is made; ${was} is deleted`;
}

/** The secret itself has a finding of its own. */
const secretGoes = (version: ResourceChange, { before, after }: Facts): boolean => {
  const secret = before.targetOf(version, "secret_id", "aws_secretsmanager_secret");
  return secret !== undefined && after.at(secret) === undefined;
};
