import { counted, type Rule } from "../finding";
import { aboutRoute } from "../subjects";

export const routeClosed: Rule = {
  id: "route-closed",
  severity: "decision",
  title: (count) => counted(count, "open route begins to ask for a key", "open routes begin to ask for keys"),
  holds: "A route that is open stays open to those who call it.",
  why: "Who calls it without a key gets 403 Forbidden from the next release on: health checks and browsers among them.",
  remedy: "Make sure that all who call it have a key of a tier that covers the stage.",
  find: ({ routes }) =>
    routes
      .filter(({ before, after }) => before && !before.apiKeyRequired && after?.apiKeyRequired)
      .map((route) => ({
        ...aboutRoute(route),
        what: "needs a key",
        explains: route.method.map((change) => ({ change, attributes: ["api_key_required"] })),
      })),
};
