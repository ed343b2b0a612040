import { counted, type Rule } from "../finding";
import type { RouteChange } from "../routes";
import { aboutRoute } from "../subjects";
import { AUTHORIZATION } from "./authorizer-removed";

export const authorizerChanged: Rule = {
  id: "authorizer-changed",
  severity: "notice",
  title: (count) => counted(count, "route asks differently who calls", "routes ask differently who calls"),
  holds: "Who may call a route can prove it in the way that the route asks for.",
  why: "Who brings the proof that was asked for before may be refused with 401 or 403.",
  remedy: "Make sure that callers bring what is asked for now.",
  find: ({ routes }) =>
    routes
      .filter(({ before, after }) => before && after && after.authorization !== "NONE")
      .filter(({ before, after }) => wayOf(before) !== wayOf(after))
      .map((route) => ({
        ...aboutRoute(route),
        what: `from ${wayOf(route.before)} to ${wayOf(route.after)}`,
        explains: route.method.map((change) => ({ change, attributes: AUTHORIZATION })),
      })),
};

const wayOf = (route: RouteChange["after"]): string =>
  route === undefined || route.authorization === "NONE"
    ? "nothing"
    : route.authorizer
      ? `the authorizer ${route.authorizer.name}`
      : route.authorization;
