import { OWN_TAG_PREFIX, type Tags } from "../vocabulary/tags";

/** The tag of everything that this project deploys; the provider adds it to all resources of a stack. */
export const MANAGED_BY = { name: "managed-by", value: "cdktf-api-tiers" } as const;

/** The tag of a usage plan with the id of its tier. */
export const TIER_TAG = `${OWN_TAG_PREFIX}tier`;

/** The tag of a usage plan with the id of the one subscription whose limits it has. */
export const SUBSCRIPTION_TAG = `${OWN_TAG_PREFIX}subscription`;

/** The tag of a usage plan that takes no new customers; its value is `"true"`. */
export const CLOSED_TAG = `${OWN_TAG_PREFIX}closed`;

/** Whether a tag is this project's or AWS's, and thus nothing that a catalog says. */
export const isReservedTag = (name: string): boolean =>
  name === MANAGED_BY.name || name.startsWith(OWN_TAG_PREFIX) || /^aws:/i.test(name);

/** What the tags of a usage plan say of its tier. */
export interface PlanTags {
  /** The tier's id; `undefined` where this project did not create the plan. */
  readonly tier: string | undefined;
  /**
   * Id of the subscription whose limits the plan has; `undefined` for those of the tier.
   * @default undefined
   */
  readonly negotiatedFor?: string | undefined;
  readonly closed: boolean;
  /** The others, without AWS's. */
  readonly tags: Tags;
}

export function encodePlanTags({ tier, negotiatedFor, closed, tags }: PlanTags): Tags {
  return {
    ...tags,
    ...(tier === undefined ? {} : { [TIER_TAG]: tier }),
    ...(negotiatedFor === undefined ? {} : { [SUBSCRIPTION_TAG]: negotiatedFor }),
    ...(closed ? { [CLOSED_TAG]: "true" } : {}),
  };
}

export function decodePlanTags(tags: Tags): PlanTags {
  const negotiatedFor = tags[SUBSCRIPTION_TAG];
  return {
    tier: tags[TIER_TAG],
    ...(negotiatedFor === undefined ? {} : { negotiatedFor }),
    closed: tags[CLOSED_TAG] === "true",
    tags: withoutReservedTags(tags),
  };
}

export function withoutReservedTags(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([name]) => !isReservedTag(name)));
}

/** The tag of an API key that the self-service made; its value is the name of that service's table. */
export const SELF_SERVICE_TAG = `${OWN_TAG_PREFIX}self-service`;
