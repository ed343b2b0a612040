import { z } from "zod";
import { problemOfName } from "./identifier";
import { type Price, type PriceInput, priceSchema, toPrice } from "./price";
import { type Quota, quotaSchema } from "./quota";
import type { KnownRouteKey, RouteKey } from "./route";
import { fieldsOf, literalText, wrong } from "./schema";
import { type Tags, tagsSchema } from "./tags";
import { type Throttle, throttleSchema } from "./throttle";

/**
 * A list of names that is computed, so that the compiler knows it as strings alone; it is checked at run time. A list of
 * literals is none, because what is a method of a list is a property here.
 */
export interface ComputedNames {
  readonly indexOf: (name: string, from?: number) => number;
  readonly join: (separator?: string) => string;
}

/**
 * A tier as it is sold: what it opens, how fast, how much. It becomes one usage plan.
 *
 * @typeParam Stages the names of the stages, by API
 * @typeParam Routes the keys of the routes, by API
 */
export interface TierInput<
  Stages = Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  Routes = Readonly<Record<string, unknown>>,
> {
  /** Stages that the tier opens, by API; `"*"` for all stages of the API, those that come later too. */
  readonly access: { readonly [A in keyof Stages]?: "*" | readonly (keyof Stages[A] & string)[] | ComputedNames };
  /**
   * How fast each key may call, over all of the tier's stages together.
   * @default - no limit but the stage's and the account's
   */
  readonly throttle?: Throttle;
  /**
   * How much each key may call in a period, over all of the tier's stages together.
   * @default - no quota
   */
  readonly quota?: Quota;
  /**
   * A throttle of its own for one method, by API and route, on all of the tier's stages of that API.
   * @default - none
   */
  readonly methodThrottle?: {
    readonly [A in keyof Stages]?: {
      readonly [R in KnownRouteKey<A extends keyof Routes ? Routes[A] : unknown>]?: Throttle;
    };
  };
  /**
   * What the tier costs: it stands in the plan that a reviewer reads, and invoices are made from it. Nothing in API Gateway
   * depends on it.
   *
   * @default - the project knows of no price
   */
  readonly price?: PriceInput<Stages, Routes>;
  /**
   * Name of the usage plan, as customers and the console see it.
   * @default - the tier's id
   */
  readonly displayName?: string;
  /**
   * The usage plan's description.
   * @default - none
   */
  readonly description?: string;
  /**
   * Product code of the AWS Marketplace listing that sells this tier.
   * @default - not sold there
   */
  readonly productCode?: string;
  /**
   * Whether the tier takes no new subscriptions. Those it has keep what they have; the plan is tagged, so that a review
   * can see who was added.
   * @default false
   */
  readonly closed?: boolean;
  /**
   * The id that this tier had before, so that its usage plan is kept through the renaming, and with it the plan keys and
   * the use of its customers. Their subscriptions name the new id.
   * @default - none
   */
  readonly formerId?: string;
  /**
   * AWS tags of the usage plan.
   * @default - none
   */
  readonly tags?: Tags;
}

/** Stages of one API that a tier opens, with the throttles of single methods there. */
export interface TierAccess {
  readonly api: string;
  /** Sorted; without retired stages. */
  readonly stages: readonly string[];
  /** Sorted by route. */
  readonly methodThrottles: readonly { readonly route: RouteKey; readonly throttle: Throttle }[];
}

/** A tier, checked. */
export interface Tier {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  /** Sorted by API. */
  readonly access: readonly TierAccess[];
  readonly throttle: Throttle | undefined;
  readonly quota: Quota | undefined;
  readonly price: Price | undefined;
  readonly productCode: string | undefined;
  readonly closed: boolean;
  readonly formerId: string | undefined;
  readonly tags: Tags;
}

/** A tier with limits that were agreed on with one customer: it becomes a usage plan of that subscription. */
export interface NegotiatedTier extends Tier {
  /** Id of the subscription whose limits these are. */
  readonly subscription: string;
  /** The tier that was bought, from which everything comes that was not negotiated. */
  readonly tier: string;
}

export const isNegotiated = (tier: Tier | NegotiatedTier): tier is NegotiatedTier => "subscription" in tier;

export const tierSchema = fieldsOf<TierInput>()({
  access: z.record(
    z.string(),
    z.union([z.literal("*"), z.array(z.string())], {
      error: wrong('must be "*" or a list of stages', 'write ["prod"], or "*" for all stages'),
    }),
    { error: wrong('must be an object from APIs to stages, such as { pets: ["prod"] }') },
  ),
  throttle: throttleSchema.optional(),
  quota: quotaSchema.optional(),
  methodThrottle: z
    .record(
      z.string(),
      z.record(z.string(), throttleSchema, { error: wrong("must be an object from routes to throttles") }),
      {
        error: wrong("must be an object from APIs to routes"),
      },
    )
    .optional(),
  price: priceSchema.optional(),
  displayName: literalText
    .min(1, { error: wrong("must not be empty", "leave it out to use the tier's id") })
    .optional(),
  description: literalText.optional(),
  productCode: literalText
    .min(1, { error: wrong("must not be empty", "leave it out where the tier is not sold on AWS Marketplace") })
    .optional(),
  closed: z.boolean({ error: wrong("must be true or false") }).optional(),
  formerId: z
    .string({ error: wrong("must be the id that the tier had before") })
    .refine((id) => problemOfName(id) === undefined, { error: wrong("must be the id that the tier had before") })
    .optional(),
  tags: tagsSchema.optional(),
});

/**
 * The checked form of a tier.
 *
 * @param access what the tier opens, its names resolved
 */
export function toTier(id: string, written: z.infer<typeof tierSchema>, access: readonly TierAccess[]): Tier {
  return {
    id,
    displayName: written.displayName ?? id,
    description: written.description ?? "",
    access,
    throttle: written.throttle,
    quota: written.quota,
    price: written.price && toPrice(written.price),
    productCode: written.productCode,
    closed: written.closed ?? false,
    formerId: written.formerId,
    tags: written.tags ?? {},
  };
}
