import { counted, type Finding, type Rule } from "../finding";
import { limitFindings } from "../limit-findings";

export const limitsAdded: Rule = {
  id: "limits-added",
  severity: "decision",
  title: (count) => counted(count, "tier gets a limit where it had none", "tiers get limits where they had none"),
  holds: "A customer gets at least what was sold.",
  why: "Nothing held their customers back there; who uses more gets 429 from the moment this is applied.",
  remedy: "Compare the new limits with what the customers use, and tell them first.",
  find: ({ tiers, replayed }): Finding[] =>
    limitFindings(
      tiers,
      ({ direction, blocks, before }) => direction === "less" && !blocks && before === undefined,
      replayed,
    ),
};
