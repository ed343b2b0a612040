import { groupedBy } from "../../text/grouped-by";
import { byName } from "../../text/order";
import type { Price } from "../../vocabulary/price";
import { CalledRoutes, chargedDay } from "../invoice/charged-days";
import type { InvoiceProblem } from "../invoice/invoice";
import type { InvoiceSources } from "../invoice/invoices";
import { distinctDays } from "../invoice/statement";
import { problemOf } from "../invoice/subscription-month";
import type { UsageDay } from "../usage-day";

/** What a billing system bills one subscription for on one tier and day. */
export interface MeteredDay {
  readonly day: string;
  readonly subscription: string;
  readonly tier: string;
  /** Requests, as the tier's price counts them: by weights and by what it charges. */
  readonly value: number;
}

/**
 * The requests of each subscription by day and tier, where there are some: all of them, as a billing system has included requests
 * and bands of its own.
 *
 * @param isReady whether a day's figure may be used
 * @returns what is metered, and what keeps other days from it
 */
export function meteredDays(
  { usage, routes = [], prices }: Pick<InvoiceSources, "usage" | "routes" | "prices">,
  isReady: (day: UsageDay) => boolean,
): { readonly metered: readonly MeteredDay[]; readonly problems: readonly InvoiceProblem[] } {
  const called = new CalledRoutes(routes);
  const days = distinctDays(usage);
  const plansOfKeys = groupedBy(days, ({ day, key }) => `${day}/${key}`);
  const problems: InvoiceProblem[] = [];
  const metered = [...groupedBy(days, groupOf)].flatMap(([, group]) => {
    const [{ day, subscription, tier, price: id }] = group as [UsageDay, ...UsageDay[]];
    if (subscription === null || tier === null) return [];
    const refuse = (kind: InvoiceProblem["kind"]) => {
      problems.push(problemOf(kind, day.slice(0, 7), subscription, null, group));
      return [];
    };
    if (!group.every(isReady)) return refuse("not-final");
    const price = id === null ? undefined : prices.get(id);
    if (id !== null && (price === undefined || price === "unknown")) return refuse("unknown-price");
    const charged = group.map((each) => chargeOfDay(each, price as Price | undefined, called, plansOfKeys));
    const lacks = charged.find((each) => each.lacks !== undefined)?.lacks;
    if (lacks !== undefined) return refuse(lacks);
    const value = charged.reduce((sum, each) => sum + each.charged, 0);
    return [{ day, subscription, tier, value }];
  });
  const order = (a: MeteredDay, b: MeteredDay) =>
    byName(a.day, b.day) || byName(a.subscription, b.subscription) || byName(a.tier, b.tier);
  return { metered: metered.sort(order), problems };
}

const groupOf = ({ day, subscription, tier, price }: UsageDay) => JSON.stringify([day, subscription, tier, price]);

const chargeOfDay = (
  each: UsageDay,
  price: Price | undefined,
  called: CalledRoutes,
  plansOfKeys: ReadonlyMap<string, readonly UsageDay[]>,
) =>
  price === undefined
    ? { charged: each.used, lacks: undefined }
    : chargedDay(each, price, called, plansOfKeys.get(`${each.day}/${each.key}`)?.length === 1);
