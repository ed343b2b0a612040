import { counted, type Finding, type Rule } from "../finding";
import { priceFindings } from "../price-changes";

export const priceChanged: Rule = {
  id: "price-changed",
  severity: "notice",
  title: (count) => counted(count, "tier has another price", "tiers have other prices"),
  holds: "Prices are those that are sold.",
  why: "Invoices are made by the new price from the day on which this is applied; no customer pays more by it.",
  remedy: "Check that the price is the one that you sell.",
  find: ({ tiers, usage }): Finding[] =>
    priceFindings(tiers, usage, ({ isLower }, customers) => isLower || customers === 0),
};
