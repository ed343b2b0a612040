import { counted, type Rule } from "../finding";
import { aboutRoute } from "../subjects";

export const routeIgnoresKey: Rule = {
  id: "route-ignores-key",
  severity: "reminder",
  title: (count) => counted(count, "route asks for no key, as before", "routes ask for no key, as before"),
  holds: "A route needs a key, unless it is meant for everyone.",
  why: "No tier limits it, and no use of it is counted, even for callers who send a key.",
  remedy: "Let it need a key, unless it is open on purpose.",
  find: ({ routes }) =>
    routes
      .filter(({ before, after }) => before && after && !before.apiKeyRequired && !after.apiKeyRequired)
      .filter(({ after }) => after?.method !== "OPTIONS")
      .map((route) => ({
        ...aboutRoute(route),
        what: route.after?.authorization === "NONE" ? "is open to everyone" : "needs an authorization, but no key",
      })),
};
