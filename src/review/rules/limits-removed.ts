import { counted, type Finding, type Rule } from "../finding";
import { limitFindings } from "../limit-findings";

export const limitsRemoved: Rule = {
  id: "limits-removed",
  severity: "decision",
  title: (count) => counted(count, "tier loses a limit", "tiers lose limits"),
  holds: "Every tier is limited.",
  why: "One customer can then use up what the backend, or the account, can take for all.",
  remedy: "If this is meant, accept it; otherwise give the limit a number.",
  find: ({ tiers }): Finding[] => limitFindings(tiers, ({ after }) => after === undefined),
};
