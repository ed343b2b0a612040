import { counted, type Rule } from "../finding";
import type { RouteChange } from "../routes";
import { aboutRoute } from "../subjects";
import { changedParts } from "../way/changed-parts";
import { describeParts } from "../way/part-values";
import { AUTHORIZATION } from "./authorizer-removed";

export const authorizerChanged: Rule = {
  id: "authorizer-changed",
  severity: "decision",
  title: (count) => counted(count, "route asks differently who calls", "routes ask differently who calls"),
  holds: "Who may call a route can prove it in the way that the route asks for.",
  why: "Who brings the proof that was asked for before may be refused with 401 or 403.",
  remedy: "Make sure that callers bring what is asked for now.",
  find: ({ routes }) =>
    routes
      .filter(({ before, after }) => before && after && after.authorization !== "NONE")
      .map((route) => {
        const [was, is] = [wayOf(route.before), wayOf(route.after)];
        return { route, whats: [...(was === is ? [] : [`from ${was} to ${is}`]), ...otherwise(route)] };
      })
      .filter(({ whats }) => whats.length > 0)
      .map(({ route, whats }) => ({
        ...aboutRoute(route),
        what: whats.join("; "),
        explains: route.method.map((change) => ({ change, attributes: AUTHORIZATION })),
      })),
};

const wayOf = (route: RouteChange["after"]): string =>
  route === undefined || route.authorization === "NONE"
    ? "nothing"
    : route.authorizer
      ? `the authorizer ${route.authorizer.name}`
      : route.authorization;

/** What a token must be good for, and whom a route asks, where the model does not say it. */
function otherwise({ method }: RouteChange): string[] {
  return method.flatMap((change) => {
    const parts = changedParts(change).filter((part) => part === "authorization_scopes");
    return parts.length > 0 ? [describeParts({ change, parts })] : [];
  });
}
