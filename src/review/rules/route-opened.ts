import { counted, type Rule } from "../finding";
import { aboutRoute } from "../subjects";

export const routeOpened: Rule = {
  id: "route-opened",
  severity: "decision",
  title: (count) => counted(count, "route stops asking for a key", "routes stop asking for keys"),
  holds: "A route that needs a key goes on needing it.",
  why: "Anyone on the internet can call it from the next release on; no tier limits it, and no use of it is counted.",
  remedy: "Leave apiKeyRequired at true, unless the route is meant for everyone.",
  find: ({ routes }) =>
    routes
      .filter(({ before, after }) => before?.apiKeyRequired && after && !after.apiKeyRequired)
      .map((route) => ({
        ...aboutRoute(route),
        what:
          route.after?.authorization === "NONE"
            ? "becomes open to everyone"
            : `asks for no key any more, only for what its authorization (${route.after?.authorization}) wants`,
        explains: route.method.map((change) => ({ change, attributes: ["api_key_required"] })),
      })),
};
