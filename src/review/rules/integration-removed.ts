import { counted, type Rule } from "../finding";
import { aboutRoute } from "../subjects";

const TYPE = "aws_api_gateway_integration";

export const integrationRemoved: Rule = {
  id: "integration-removed",
  severity: "decision",
  title: (count) => counted(count, "route loses its integration", "routes lose their integrations"),
  holds: "A route has something that answers.",
  why: "AWS refuses to deploy an API with such a route, or the route gets 500 Internal Server Error.",
  remedy: "Give the route an integration, or take it away.",
  find: ({ routes }) =>
    routes
      .filter(({ before, after }) => before && after)
      .filter(({ integration }) => {
        const own = integration.filter(({ type }) => type === TYPE);
        return own.some(({ action }) => action === "delete") && own.every(({ action }) => action === "delete");
      })
      .map((route) => ({
        ...aboutRoute(route),
        what: "nothing is behind it any more",
        explains: route.integration.map((change) => ({ change })),
      })),
};
