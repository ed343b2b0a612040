import { stringOf } from "../../contract/attributes";
import { counted, type Facts, type Finding, type Rule } from "../finding";
import { nameOf } from "../place-names";
import { changesOf, describeParts, explainsParts } from "../way/part-values";

export const accountThrottleChanged: Rule = {
  id: "account-throttle-changed",
  severity: "decision",
  title: (count) => counted(count, "AWS quota of the account changes", "AWS quotas of the account change"),
  holds: "The account takes the calls of all its APIs together.",
  why: "All APIs of the Region share these quotas: above them everybody gets 429 Too Many Requests, whatever the tiers promise.",
  remedy: "Compare the new numbers with what all APIs of the Region use.",
  find: (facts) => [...quotas(facts), ...account(facts)],
};

const account = (facts: Facts): Finding[] =>
  changesOf(facts, ["aws_api_gateway_account"], (part) => part.startsWith("throttle_settings")).map((changed) => ({
    about: nameOf(changed.change, facts),
    subject: nameOf(changed.change, facts),
    what: describeParts(changed),
    explains: explainsParts(changed),
  }));

const quotas = (facts: Facts): Finding[] =>
  facts.changes
    .filter(
      ({ type, action }) => type === "aws_servicequotas_service_quota" && action !== "none" && action !== "forget",
    )
    .filter(({ before, after }) => [before, after].some((each) => stringOf(each?.service_code) === "apigateway"))
    .map((change) => {
      const { before, after } = change;
      const { quota_name, quota_code } = after ?? before ?? {};
      return {
        about: nameOf(change, facts),
        subject: stringOf(quota_name) || `quota ${stringOf(quota_code)}`,
        what: after ? `${stringOf(before?.value) || "the default"} → ${stringOf(after.value)}` : "is no longer managed",
        explains: [{ change }],
      };
    });
