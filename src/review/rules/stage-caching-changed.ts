import { stringOf } from "../../contract/attributes";
import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Facts, type Finding, type Rule } from "../finding";
import { nameOf } from "../place-names";
import { apiNameOf, changesOf, describeParts, explainsParts, valueAt } from "../way/part-values";

const PARTS = [
  "settings.cache_data_encrypted",
  "settings.cache_ttl_in_seconds",
  "settings.caching_enabled",
  "settings.require_authorization_for_cache_control",
  "settings.unauthorized_cache_control_header_strategy",
  "cache_cluster_enabled",
  "cache_cluster_size",
];

export const stageCachingChanged: Rule = {
  id: "stage-caching-changed",
  severity: "decision",
  title: (count) => counted(count, "stage caches answers in another way", "stages cache answers in another way"),
  holds: "An answer that one customer got is shown to no other.",
  why:
    "API Gateway answers from the cache without a look at who calls, unless the key or the token is among the cache's parameters. Without " +
    "the cache, every call reaches the backend.",
  remedy: "Check what the cache is keyed by, and what the backend can take.",
  find: (facts) => [...changed(facts), ...createdOrDeleted(facts)],
};

const changed = (facts: Facts): Finding[] =>
  changesOf(facts, ["aws_api_gateway_method_settings", "aws_api_gateway_stage"], (part) => PARTS.includes(part)).map(
    (each) => ({ ...subjectOf(each.change, facts), what: describeParts(each), explains: explainsParts(each) }),
  );

/** Settings that begin to cache where none stood, or that cached and go. */
const createdOrDeleted = (facts: Facts): Finding[] =>
  facts.changes
    .filter(({ type, action }) => type === "aws_api_gateway_method_settings" && ["create", "delete"].includes(action))
    .filter(({ before, after }) => valueAt(after ?? before, "settings.caching_enabled") === true)
    .map((change) => ({
      ...subjectOf(change, facts),
      what: change.action === "create" ? "begins to cache" : "no longer caches",
      explains: [{ change }],
    }));

function subjectOf(change: ResourceChange, facts: Facts): Pick<Finding, "about" | "subject" | "apis"> {
  const api = apiNameOf(change, facts);
  const { stage_name, method_path } = change.after ?? change.before ?? {};
  const methods = stringOf(method_path) === "" ? "" : `${stringOf(method_path)} on `;
  return { about: nameOf(change, facts), subject: `${methods}${api}/${stringOf(stage_name)}`, apis: [api] };
}
