import { counted, type Rule } from "../finding";
import { aboutRoute } from "../subjects";

export const authorizerRemoved: Rule = {
  id: "authorizer-removed",
  severity: "decision",
  title: (count) => counted(count, "route stops asking who calls", "routes stop asking who calls"),
  holds: "A route that asks who calls goes on asking.",
  why: "A key says which customer pays; it does not prove who calls. Without the authorizer nothing does.",
  remedy: "Keep the authorizer, unless the route is meant for everyone with a key.",
  find: ({ routes }) =>
    routes
      .filter(
        ({ before, after }) => before && after && before.authorization !== "NONE" && after.authorization === "NONE",
      )
      .map((route) => ({
        ...aboutRoute(route),
        what: `no longer asks for ${route.before?.authorizer?.name ?? route.before?.authorization}`,
        explains: route.method.map((change) => ({ change, attributes: AUTHORIZATION })),
      })),
};

export const AUTHORIZATION = ["authorization", "authorization_scopes", "authorizer_id"];
