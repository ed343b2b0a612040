import { readFileSync } from "node:fs";
import { z } from "zod";
import { enumerate } from "../../text/finding";
import { show } from "../../text/show";
import { isObject } from "../../vocabulary/objects";
import type { BillingSystem } from "./billing-event";
import type { MeteredDay } from "./metered-days";

/** Who a subscription is in a billing system. */
export type BillingCustomer = string | MarketplaceCustomer;

/**
 * A buyer on AWS Marketplace: by account and license, as products since June 2026 have it, or by the identifier of
 * `ResolveCustomer`, which needs the product's code. Metered under both, the same use would be billed twice.
 */
export type MarketplaceCustomer =
  | { readonly customerAWSAccountId: string; readonly licenseArn: string }
  | { readonly customerIdentifier: string };

const text = z.string().min(1);
const marketplaceCustomer = z.union([
  z.strictObject({ customerAWSAccountId: z.string().regex(/^\d{12}$/), licenseArn: z.string().startsWith("arn:") }),
  z.strictObject({ customerIdentifier: text }),
]);

const EXAMPLES: Readonly<Record<BillingSystem, string>> = {
  stripe: '{ "joe-black": "cus_…" }',
  openmeter: '{ "joe-black": "customer-1" }',
  lago: '{ "joe-black": "subscription-1" }',
  "aws-marketplace":
    '{ "joe-black": { "customerAWSAccountId": "123456789012", "licenseArn": "arn:aws:license-manager:…" } }',
};

/** Systems in which a customer may have the id of the subscription. */
const MAY_BE_SUBSCRIPTION: readonly BillingSystem[] = ["openmeter", "lago"];

/** Who the subscriptions are in a billing system, as a file of JSON says: an object by subscription. */
export class BillingCustomers {
  private constructor(
    private readonly system: BillingSystem,
    private readonly file: string | undefined,
    private readonly customers: ReadonlyMap<string, BillingCustomer>,
  ) {}

  /**
   * @param file `undefined` where there is none
   * @throws Error for a file that cannot be read, with all that is wrong in it, and where the system needs one
   */
  static read(system: BillingSystem, file: string | undefined): BillingCustomers {
    if (file === undefined) {
      if (MAY_BE_SUBSCRIPTION.includes(system)) return new BillingCustomers(system, file, new Map());
      throw new Error(
        `${system} knows customers by ids of its own; write a file such as ${EXAMPLES[system]}, and give it with --customers`,
      );
    }
    return new BillingCustomers(system, file, customersIn(system, file));
  }

  /**
   * The customers of the subscriptions that are metered, as far as they are known.
   *
   * @throws Error with all subscriptions that have usage, and that the file does not name
   */
  of(metered: readonly MeteredDay[]): ReadonlyMap<string, BillingCustomer> {
    if (this.file === undefined) return new Map(metered.map(({ subscription }) => [subscription, subscription]));
    const withUsage = new Set(metered.filter(({ value }) => value > 0).map(({ subscription }) => subscription));
    const missing = [...withUsage].filter((each) => !this.customers.has(each));
    if (missing.length > 0)
      throw new Error(
        `${this.file}: does not say who ${enumerate(missing)} ${missing.length === 1 ? "is" : "are"} in ${this.system}, and they ` +
          `have usage; add them as in ${EXAMPLES[this.system]}`,
      );
    return this.customers;
  }
}

function customersIn(system: BillingSystem, file: string): ReadonlyMap<string, BillingCustomer> {
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file}: cannot be read as JSON: ${(error as Error).message}; write ${EXAMPLES[system]}`);
  }
  if (!isObject(written))
    throw new Error(`${file}: must be an object by subscription, got ${show(written)}; write ${EXAMPLES[system]}`);
  const schema: z.ZodType<BillingCustomer> = system === "aws-marketplace" ? marketplaceCustomer : text;
  const wrong = Object.entries(written).filter(([, each]) => !schema.safeParse(each).success);
  if (wrong.length > 0)
    throw new Error(
      wrong.map(([id, each]) => `${file}: ${show(id)} must be as in ${EXAMPLES[system]}, got ${show(each)}`).join("\n"),
    );
  return new Map(Object.entries(written) as [string, BillingCustomer][]);
}
