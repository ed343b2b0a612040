import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Explained, type Finding, listed, type Rule } from "../finding";
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
            explains: route.integration.map(explainedOf),
          },
        ];
      }),
};

/** Where it stands, which says nothing of how a route is answered: another rule speaks of a route that comes or goes. */
const PLACE = ["http_method", "resource_id", "rest_api_id"];
const SILENT = [...PLACE, "id", REPLACEMENT];

function explainedOf(change: ResourceChange): Explained {
  if (change.before === undefined || change.after === undefined) return { change };
  return { change, attributes: changedParts(change).filter((part) => !PLACE.includes(part)) };
}

const changedNames = (change: ResourceChange) =>
  changedParts(change)
    .map((part) => part.replace(/\..*$/s, ""))
    .filter((name) => !SILENT.includes(name) && !(name === "cache_namespace" && isGivenByAws(change, name)));
