import { stringOf } from "../../contract/attributes";
import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Facts, type Finding, type Rule } from "../finding";
import { nameOf } from "../place-names";
import { stageOf } from "../stages";
import { aboutStage } from "../subjects";
import { changesOf, describeParts, explainsParts } from "../way/part-values";
import { HARMLESS_OF_ALL } from "../way/reasons";
import { isOnTheWay } from "../way/request-way";

const ASSOCIATION = /^aws_(wafv2|wafregional)_web_acl_association$/;
const RULES = /^aws_wafv2_(web_acl|ip_set|rule_group|regex_pattern_set|web_acl_rule_group_association)$/;

export const webAclChanged: Rule = {
  id: "web-acl-changed",
  severity: "decision",
  title: (count) => counted(count, "web ACL changes what it refuses", "web ACLs change what they refuse"),
  holds: "WAF accepts the calls of customers, and goes on refusing others.",
  why:
    "WAF decides before any key is looked at: whom a web ACL refuses gets 403 Forbidden from the moment this is applied, and without " +
    "one nothing is refused.",
  remedy: "Read its rules, and let new ones count before they block.",
  find: (facts) => [...associations(facts), ...ofStages(facts), ...rules(facts)],
};

const isPlanned = ({ action }: ResourceChange) => action !== "none" && action !== "forget";

const associations = (facts: Facts): Finding[] =>
  facts.changes
    .filter((change) => ASSOCIATION.test(change.type) && isPlanned(change) && isOnTheWay(change))
    .map((change) => ({
      about: nameOf(change, facts),
      subject: nameOf(change, facts),
      what: whatOf(change),
      explains: [{ change }],
    }));

function whatOf({ action, before, after }: ResourceChange): string {
  const [was, is] = [aclOf(before), aclOf(after)];
  if (action === "create") return `the web ACL ${is} is asked from now on`;
  if (action === "delete") return `the web ACL ${was} is not asked any more`;
  return was === is ? `the web ACL ${is} is taken away and put back` : `from the web ACL ${was} to ${is}`;
}

const aclOf = (attributes: ResourceChange["after"]) =>
  stringOf(attributes?.web_acl_arn ?? attributes?.web_acl_id) || "(known after apply)";

const ofStages = (facts: Facts): Finding[] =>
  changesOf(facts, ["aws_api_gateway_stage"], (part) => part === "web_acl_arn").flatMap((changed) => {
    const stage = stageOf(changed.change, facts.stages);
    return stage ? [{ ...aboutStage(stage), what: describeParts(changed), explains: explainsParts(changed) }] : [];
  });

/** What a web ACL asks; it may be associated in a state that is not in these plans. */
const rules = (facts: Facts): Finding[] =>
  facts.changes
    .filter(
      (change) => RULES.test(change.type) && isPlanned(change) && change.action !== "create" && isOnTheWay(change),
    )
    .flatMap((change): Finding[] => {
      const attributes = change.changedAttributes.filter((name) => !(name in HARMLESS_OF_ALL));
      if (change.action === "update" && attributes.length === 0) return [];
      const what = { delete: "is deleted", replace: "is deleted and created again" }[change.action as "delete"];
      return [
        {
          about: nameOf(change, facts),
          subject: nameOf(change, facts),
          what: what ?? `changes: ${attributes.join(", ")}`,
          explains: [{ change }],
        },
      ];
    });
