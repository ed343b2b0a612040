import { counted, type Finding, type Rule } from "../finding";
import { limitFindings } from "../limit-findings";

export const limitsLowered: Rule = {
  id: "limits-lowered",
  severity: "decision",
  title: (count) => counted(count, "tier gives its customers less", "tiers give their customers less"),
  holds: "A customer gets at least what was sold.",
  why: "Who uses more than the new limits gets 429 from the moment this is applied.",
  remedy: "Tell the customers first, or sell the new limits as a tier of its own.",
  find: ({ tiers, replayed }): Finding[] =>
    limitFindings(
      tiers,
      ({ direction, blocks, before }) => direction === "less" && !blocks && before !== undefined,
      replayed,
    ),
};
