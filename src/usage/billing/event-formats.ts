import type { MarketplaceCustomer } from "./billing-customers";
import type { BillingEvent } from "./billing-event";

/**
 * Events in the formats of systems. Each calls the meter by another name, which is given as `meter`: Stripe's `event_name`, Lago's
 * `code`, AWS Marketplace's dimension, OpenMeter's `type`.
 */

/** Daily figures stand in the middle of their day, so that they are in it in every time zone's billing period but the outermost. */
const timeOf = ({ day }: BillingEvent): string => `${day}T12:00:00.000Z`;
const secondsOf = (event: BillingEvent): number => Date.parse(timeOf(event)) / 1_000;

/** @see https://docs.stripe.com/api/billing/meter-event/create */
export interface StripeMeterEvent {
  readonly event_name: string;
  readonly payload: { readonly stripe_customer_id: string; readonly value: string };
  readonly identifier: string;
  /** Seconds since 1 January 1970. */
  readonly timestamp: number;
}

export const stripeEvent = (event: BillingEvent, meter: string): StripeMeterEvent => ({
  event_name: meter,
  payload: { stripe_customer_id: event.customer, value: String(event.value) },
  identifier: event.id,
  timestamp: secondsOf(event),
});

/** @see https://openmeter.io/docs/metering/events/overview */
export const openMeterEvent = (event: BillingEvent, meter: string) => ({
  specversion: "1.0",
  id: event.id,
  source: "cdktf-api-tiers",
  type: meter,
  subject: event.customer,
  time: timeOf(event),
  data: { requests: event.value, tier: event.tier, day: event.day },
});

/** @see https://getlago.com/docs/api-reference/events/usage */
export const lagoEvent = (event: BillingEvent, meter: string) => ({
  event: {
    transaction_id: event.id,
    external_subscription_id: event.customer,
    code: meter,
    timestamp: secondsOf(event),
    properties: { requests: event.value, tier: event.tier },
  },
});

/** The hour of an event on AWS Marketplace, in milliseconds since 1 January 1970. */
export const hourOf = ({ day, made, correction }: BillingEvent): number =>
  Date.parse(correction === 0 ? `${day}T23:00:00Z` : `${made.slice(0, 13)}:00:00Z`);

/** Records that AWS takes in one call. */
const MOST_RECORDS = 25;

/**
 * Requests of `BatchMeterUsage`, each with at most 25 records of one kind of customer. AWS knows a record again by its customer,
 * dimension and hour, and refuses another quantity for it: a day stands in its last hour, and what becomes known later in the hour
 * in which it became known.
 *
 * @param productCode of the product; only for customers by identifier, since products by license have none
 * @see https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_BatchMeterUsage.html
 */
export function marketplaceRequests(
  events: readonly BillingEvent[],
  meter: string,
  productCode: string | undefined,
): object[] {
  const records = events.map((event) => {
    const customer = JSON.parse(event.customer) as MarketplaceCustomer;
    const isByLicense = "licenseArn" in customer;
    const Timestamp = `${new Date(hourOf(event)).toISOString().slice(0, 19)}Z`;
    const identity = isByLicense
      ? { CustomerAWSAccountId: customer.customerAWSAccountId, LicenseArn: customer.licenseArn }
      : { CustomerIdentifier: customer.customerIdentifier };
    return { isByLicense, record: { Timestamp, ...identity, Dimension: meter, Quantity: event.value } };
  });
  return [true, false].flatMap((byLicense) => {
    const own = records.filter(({ isByLicense }) => isByLicense === byLicense).map(({ record }) => record);
    return Array.from({ length: Math.ceil(own.length / MOST_RECORDS) }, (_, index) => ({
      ...(byLicense ? {} : { ProductCode: productCode }),
      UsageRecords: own.slice(index * MOST_RECORDS, (index + 1) * MOST_RECORDS),
    }));
  });
}
