import { counted, type Rule } from "../finding";
import { apiUrlFindings, domainFindings, endpointFindings, stageUrlFindings } from "../urls";

export const urlChanged: Rule = {
  id: "url-changed",
  severity: "decision",
  title: (count) => counted(count, "URL of customers changes", "URLs of customers change"),
  holds: "The URL that a customer calls leads to the same stage.",
  why: "Customers have the URL in their programs: calls to the old one fail from the moment this is applied.",
  remedy:
    "Keep the API, the stage's name, the domain name and the base path, or let the old URL answer beside the new one until all " +
    "customers have changed.",
  find: (facts) => [
    ...apiUrlFindings(facts),
    ...stageUrlFindings(facts),
    ...endpointFindings(facts),
    ...domainFindings(facts),
  ],
};
