import { counted, type Rule } from "../finding";
import { requestCheckFindings } from "../request-checks";

export const requestsRefused: Rule = {
  id: "requests-refused",
  severity: "decision",
  title: (count) => counted(count, "route checks more of a request", "routes check more of a request"),
  holds: "A request that passes today passes tomorrow.",
  why: "A request without what is demanded gets 400 Bad Request, and the backend never sees it.",
  remedy: "Demand only what all customers send; log before you refuse.",
  find: (facts) => requestCheckFindings(facts, "refused"),
};
