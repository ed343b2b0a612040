import { counted, type Finding, type Rule } from "../finding";
import { priceFindings } from "../price-changes";

export const priceRaised: Rule = {
  id: "price-raised",
  severity: "decision",
  title: (count) => counted(count, "tier may cost its customers more", "tiers may cost their customers more"),
  holds: "A customer pays at most what was agreed.",
  why: "Invoices are made by the new price from the day on which this is applied.",
  remedy: "Tell the customers first, or sell the new price as a tier of its own.",
  find: ({ tiers, usage }): Finding[] =>
    priceFindings(tiers, usage, ({ isLower }, customers) => !isLower && customers > 0),
};
