import { counted, type Rule } from "../finding";
import { aboutRoute } from "../subjects";

export const routeRemoved: Rule = {
  id: "route-removed",
  severity: "decision",
  title: (count) => counted(count, "route is removed", "routes are removed"),
  holds: "What customers call goes on answering.",
  why: "Calls to it get 403 Missing Authentication Token once the stages are released.",
  remedy: "Make sure that nobody calls it any more; the access log of each stage tells.",
  find: ({ routes, stages }) =>
    routes
      .filter(({ before, after }) => before && !after)
      .map((route) => ({
        ...aboutRoute(route),
        stages: stages.filter(({ api }) => api === route.api).map(({ name }) => `${route.api.id}/${name}`),
        what: route.before?.apiKeyRequired ? "is gone for all who have a key" : "is gone for everyone",
        explains: [...route.method, ...route.integration].map((change) => ({ change })),
      })),
};
