import { z } from "zod";
import { type Quota, quotaSchemaWith } from "./quota";
import { fieldsOf, shortOrLong, wrong } from "./schema";
import { type Throttle, throttleSchemaWith } from "./throttle";

/** Limits that one customer has in place of the tier's. What is left out stays as the tier has it, also when that changes. */
export interface NegotiatedLimitsInput {
  /**
   * How fast each key of the subscription may call; `false` for no throttle.
   * @default - that of the tier
   */
  readonly throttle?: Throttle | false;
  /**
   * How much each key of the subscription may call in a period; `false` for no quota.
   * @default - that of the tier
   */
  readonly quota?: Quota | false;
  /**
   * Throttles of single methods, by API and route; `false` for none where the tier has one.
   * @default - those of the tier
   */
  readonly methodThrottle?: Readonly<Record<string, Readonly<Record<string, Throttle | false>>>>;
}

/** The id of the usage plan of a subscription's own limits, which is that of no tier: a tier's id holds no "/". */
export const negotiatedPlanId = (subscription: string): string => `${subscription}/limits`;

// What is left out here is the tier's own.
const throttleSchema = throttleSchemaWith("write false for no throttle");
const quotaSchema = quotaSchemaWith("write false for no quota");
const none = (what: string) => z.literal(false, { error: wrong(`must be a ${what}, or false for none`) });
const APIS = wrong("must be an object from APIs to routes");
const ROUTES = wrong("must be an object from routes to throttles");

export const negotiatedLimitsSchema = fieldsOf<NegotiatedLimitsInput>()({
  throttle: shortOrLong(none("throttle"), throttleSchema).optional(),
  quota: shortOrLong(none("quota"), quotaSchema).optional(),
  methodThrottle: z
    .record(z.string(), z.record(z.string(), shortOrLong(none("throttle"), throttleSchema), { error: ROUTES }), {
      error: APIS,
    })
    .optional(),
}).refine(saysSomething, {
  error: "has no limit; write throttle, quota or methodThrottle, or drop it to be on the tier's own plan",
});

/** An empty map of methods would make a plan that has the tier's own limits. */
function saysSomething({ throttle, quota, methodThrottle = {} }: NegotiatedLimitsInput): boolean {
  const methods = Object.values(methodThrottle).flatMap((routes) => Object.values(routes));
  return [throttle, quota, ...methods].some((limit) => limit !== undefined);
}
