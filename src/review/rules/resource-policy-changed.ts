import { stringOf } from "../../contract/attributes";
import { decodePolicy } from "../../contract/rest-api";
import type { ResourceChange } from "../../model/resource-changes";
import { canonicalJson } from "../../text/canonical-json";
import { counted, type Facts, type Finding, type Rule } from "../finding";
import { nameOf } from "../place-names";
import { apiIsGone, apiIsNew } from "../way/conditions";
import { apiNameOf, changesOf, explainsParts } from "../way/part-values";

export const resourcePolicyChanged: Rule = {
  id: "resource-policy-changed",
  severity: "decision",
  title: (count) => counted(count, "resource policy changes", "resource policies change"),
  holds: "A resource policy accepts those who call today, and nobody else.",
  why:
    "It decides before any key is looked at: whom it denies gets 403 Forbidden, and without it everybody may call. It is live once " +
    "the stages are redeployed.",
  remedy: "Read the policy: whom it allows, whom it denies, and from where.",
  find: (facts) => [...inline(facts), ...ofItsOwn(facts)],
};

const inline = (facts: Facts): Finding[] =>
  changesOf(facts, ["aws_api_gateway_rest_api"], (part) => part === "policy").map((changed) =>
    findingOf(changed.change, facts, explainsParts(changed)),
  );

function ofItsOwn(facts: Facts): Finding[] {
  return facts.changes
    .filter(
      ({ type, action }) => type === "aws_api_gateway_rest_api_policy" && action !== "none" && action !== "forget",
    )
    .filter((change) => !apiIsNew(change, facts) && !apiIsGone(change, facts))
    .map((change) => findingOf(change, facts, [{ change }]));
}

function findingOf(change: ResourceChange, facts: Facts, explains: Finding["explains"]): Finding {
  const api = apiNameOf(change, facts);
  const isOwn = change.type === "aws_api_gateway_rest_api_policy";
  return {
    about: isOwn ? nameOf(change, facts) : api,
    subject: isOwn ? `policy of API ${api}` : `API ${api}`,
    apis: [api],
    what: whatOf(change),
    explains,
  };
}

function whatOf({ before, after }: ResourceChange): string {
  const [was, is] = [statementsOf(before?.policy ?? ""), statementsOf(after?.policy)];
  if (after === undefined || is === "") return `goes; it was ${was}`;
  if (before === undefined || was === "") return `is new: ${is}`;
  return `from ${was} to ${is}`;
}

/** What a policy allows and denies, in short: `Deny * from anywhere`, `Allow * if aws:SourceIp`. */
function statementsOf(policy: unknown): string {
  if (policy === undefined) return "one that is known after apply";
  const decoded = decodePolicy(stringOf(policy) || undefined);
  if (decoded === undefined) return stringOf(policy) === "" ? "" : "one that is not JSON";
  const statements = [decoded.Statement].flat().map((each) => {
    const { Effect, Principal, NotPrincipal, Condition } = (each ?? {}) as Record<string, unknown>;
    const whom = Principal ?? (NotPrincipal === undefined ? "*" : `all but ${canonicalJson(NotPrincipal)}`);
    const condition = Condition === undefined ? "" : ` if ${canonicalJson(Condition)}`;
    return `${Effect} ${typeof whom === "string" ? whom : canonicalJson(whom)}${condition}`;
  });
  return statements.join("; ") || "one without a statement";
}
