import { counted, listed, type Rule } from "../finding";
import { aboutRoute } from "../subjects";

export const integrationChanged: Rule = {
  id: "integration-changed",
  severity: "notice",
  title: (count) => counted(count, "route is answered differently", "routes are answered differently"),
  holds: "A route goes on answering as its customers expect.",
  why: "Another backend, or another mapping, answers from the next release on.",
  remedy: "Try it on a stage that no customer calls.",
  find: ({ routes }) =>
    routes
      .filter(({ before, after, integration }) => before && after && integration.length > 0)
      .map((route) => {
        const attributes = [...new Set(route.integration.flatMap(({ changedAttributes }) => changedAttributes))].sort();
        return {
          ...aboutRoute(route),
          what: `its integration changes${attributes.length > 0 ? `: ${listed(attributes)}` : ""}`,
          explains: route.integration.map((change) => ({ change })),
        };
      }),
};
