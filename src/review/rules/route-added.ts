import { counted, type Rule } from "../finding";
import { aboutRoute } from "../subjects";

export const routeAdded: Rule = {
  id: "route-added",
  severity: "notice",
  title: (count) => counted(count, "route is added", "routes are added"),
  holds: "A new route needs a key, unless it is meant for everyone.",
  why: "It can be called on each stage that is released after this apply.",
  remedy: "Look at those that are open to everyone.",
  find: ({ routes }) =>
    routes
      .filter(({ before, after }) => !before && after)
      .map((route) => ({
        ...aboutRoute(route),
        what: route.after?.apiKeyRequired
          ? "needs a key"
          : route.after?.authorization === "NONE"
            ? "is open to everyone"
            : `needs no key, but ${route.after?.authorizer?.name ?? route.after?.authorization}`,
        explains: [...route.method, ...route.integration].map((change) => ({ change })),
      })),
};
