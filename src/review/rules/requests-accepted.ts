import { counted, type Rule } from "../finding";
import { requestCheckFindings } from "../request-checks";

export const requestsAccepted: Rule = {
  id: "requests-accepted",
  severity: "notice",
  title: (count) => counted(count, "route checks less of a request", "routes check less of a request"),
  holds: "A backend can take what its route accepts.",
  why: "Requests that were refused with 400 Bad Request reach the backend.",
  remedy: "Let the backend check them.",
  find: (facts) => requestCheckFindings(facts, "accepted"),
};
