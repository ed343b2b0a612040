import { groupedBy } from "../../text/grouped-by";
import { needsLogs, type Price } from "../../vocabulary/price";
import type { RouteDay } from "../route-day";
import type { UsageDay } from "../usage-day";

/** A day of a subscription on a tier, with what its requests count as. */
export interface ChargedDay {
  readonly of: UsageDay;
  readonly charged: number;
  /** What the price needs of access logs and is not there: lines of that day, or the names of its APIs, by which it weighs. */
  readonly lacks: "no-logs" | "unnamed-api" | undefined;
}

/** The routes that were called, for looking up those of a key on a day. */
export class CalledRoutes {
  private readonly byKey: ReadonlyMap<string, RouteDay[]>;

  constructor(routes: Iterable<RouteDay>) {
    this.byKey = groupedBy(routes, ({ day, key }) => `${day}/${key}`);
  }

  /** Those that count in a plan. Where a log does not say the plan, the key must be in that one alone. */
  of({ day, key, plan }: UsageDay, isOnlyPlan: boolean): readonly RouteDay[] {
    const called = this.byKey.get(`${day}/${key}`) ?? [];
    return called.filter((each) => each.plan === plan || (each.plan === null && isOnlyPlan));
  }
}

/** @param isOnlyPlan whether the key was in no other plan on that day */
export function chargedDay(day: UsageDay, price: Price, called: CalledRoutes, isOnlyPlan: boolean): ChargedDay {
  if (!needsLogs(price)) return { of: day, charged: day.used, lacks: undefined };
  const routes = called.of(day, isOnlyPlan);
  const charged = routes
    .filter(({ status }) => isCharged(status, price))
    .reduce((sum, each) => sum + each.requests * weightOf(each, price), 0);
  if (routes.length === 0 && day.used > 0) return { of: day, charged, lacks: "no-logs" };
  const isUnnamed = price.weights.length > 0 && routes.some(({ isNamed }) => !isNamed);
  return { of: day, charged, lacks: isUnnamed ? "unnamed-api" : undefined };
}

function isCharged(status: number, { counts }: Price): boolean {
  if (counts === "2XX") return status >= 200 && status < 300;
  return counts === "ALL" || status !== 429;
}

const weightOf = ({ api, route }: RouteDay, { weights }: Price): number =>
  weights.find((each) => each.api === api && each.route === route)?.weight ?? 1;
