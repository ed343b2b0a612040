import type { ResourceChange } from "../../model/resource-changes";
import type { Facts } from "../finding";
import * as when from "./conditions";

/** Why something cannot matter to a request; with a condition, only where that holds. */
export type Reason =
  | string
  | { readonly because: string; readonly when: (change: ResourceChange, facts: Facts) => boolean };

/** What of one resource type may change without a word of any rule. All else must have a finding. */
export interface Harmless {
  /** Attributes, and parts of a block that stands once, such as `settings.logging_level`. */
  readonly attributes?: Readonly<Record<string, Reason>>;
  readonly create?: Reason;
  readonly delete?: Reason;
  readonly replace?: Reason;
}

export const BY_AWS = "AWS or the provider gives it";
export const FOR_PEOPLE = "only people read it";
export const TAGS = { tags: "tags decide nothing of a request", tags_all: "tags decide nothing of a request" };
export const LOGS = "says what is logged or measured";

/** What of any type is harmless. */
export const HARMLESS_OF_ALL: Readonly<Record<string, string>> = { ...TAGS, arn: BY_AWS, description: FOR_PEOPLE };

export const SNAPSHOT =
  "stages serve the snapshot of their deployment, and what it becomes is compared attribute by attribute";

/** A part of an API that stands in the snapshot of a deployment. */
export const PART_OF_API = {
  rest_api_id: { because: "it is the same API", when: when.sameTarget("rest_api_id", "aws_api_gateway_rest_api") },
  id: BY_AWS,
};

/** A part of a route: its place makes the route's key, and the routes before and after are compared. */
export const PART_OF_ROUTE = {
  rest_api_id: { because: "the routes before and after are compared", when: when.routeIsKnown },
  resource_id: { because: "the routes before and after are compared", when: when.routeIsKnown },
  http_method: { because: "the routes before and after are compared", when: when.routeIsKnown },
  id: BY_AWS,
};

export const ofNewApi: Reason = { because: "it is part of an API that is new", when: when.apiIsNew };
export const ofGoneApi: Reason = { because: "its API goes, which is reported", when: when.apiIsGone };
export const SNAPSHOT_PART = { create: ofNewApi, delete: ofGoneApi, replace: SNAPSHOT };
