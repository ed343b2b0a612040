import { counted, type Finding, type Rule } from "../finding";
import { limitFindings } from "../limit-findings";

export const limitsRaised: Rule = {
  id: "limits-raised",
  severity: "notice",
  title: (count) => counted(count, "tier gives its customers more", "tiers give their customers more"),
  holds: "The backend can take what the tiers promise.",
  why: "More calls may come from the moment this is applied.",
  remedy: "Check that the backend can take them.",
  find: ({ tiers }): Finding[] =>
    limitFindings(tiers, ({ direction, after, blocks }) => direction !== "less" && after !== undefined && !blocks),
};
