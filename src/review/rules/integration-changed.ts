import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Finding, listed, type Rule } from "../finding";
import { aboutRoute } from "../subjects";
import { changedParts, REPLACEMENT } from "../way/changed-parts";
import { isGivenByAws } from "../way/conditions";

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
      .flatMap((route): Finding[] => {
        const attributes = [...new Set(route.integration.flatMap(changedNames))].sort();
        const isOnlyReplaced = route.integration.every(({ action }) => action === "replace" || action === "update");
        if (attributes.length === 0 && isOnlyReplaced) return [];
        return [
          {
            ...aboutRoute(route),
            what: `its integration changes${attributes.length > 0 ? `: ${listed(attributes)}` : ""}`,
            explains: route.integration.map((change) => ({ change })),
          },
        ];
      }),
};

/** Its place is the route's, which is compared. */
const PLACE = ["http_method", "id", "resource_id", "rest_api_id", REPLACEMENT];

const changedNames = (change: ResourceChange) =>
  changedParts(change)
    .map((part) => part.replace(/\..*$/s, ""))
    .filter((name) => !PLACE.includes(name) && !(name === "cache_namespace" && isGivenByAws(change, name)));
