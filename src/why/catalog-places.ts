import type { SubscriptionFile } from "../catalog/file-entry";
import { subscriptionsFromCsv, subscriptionsFromFile } from "../catalog/subscription-file";
import type { CatalogSource } from "../editing/typescript/catalog-source";
import { dataFilesIn } from "../editing/typescript/data-files";
import type { Layer } from "../limiter/verdict";
import type { ApiModel, KeyModel, RouteModel, UsagePlanModel } from "../model/model";
import { isObject } from "../vocabulary/objects";
import type { WrittenAt } from "./explanation";
import { addressOf, holderOf, type LimitedCall, type Places } from "./places";

/** Where the parts of a call are written: in the catalog and its data files, as far as the lines say what was synthesized. */
export class CatalogPlaces implements Places {
  constructor(private readonly source: CatalogSource) {}

  limit(layer: Layer, call: LimitedCall): WrittenAt {
    return addressOf(holderOf(layer, call), this.lineOfLimit(layer, call));
  }

  plan(plan: UsagePlanModel): WrittenAt {
    const { tier, negotiatedFor } = plan;
    const limits = negotiatedFor === undefined ? undefined : this.entry(["subscriptions", negotiatedFor, "limits"]);
    return addressOf(plan, limits ?? (tier === undefined ? undefined : this.line(["tiers", tier])));
  }

  route(api: ApiModel, route: RouteModel): WrittenAt {
    const line = api.api === undefined ? undefined : this.line(["apis", api.api, "routes", route.key]);
    return addressOf(route, line);
  }

  subscription(key: KeyModel, plan: UsagePlanModel): WrittenAt {
    const { subscription } = key;
    const line = subscription === undefined ? undefined : this.lineOfSubscription(subscription, plan.tier);
    return addressOf(key, line);
  }

  private lineOfLimit(layer: Layer, { target, plan, route }: LimitedCall): string | undefined {
    const api = target.served?.api.api ?? target.external?.id;
    switch (layer) {
      case "plan":
        return plan && this.lineInPlan(plan, ["throttle"], plan.throttle);
      case "quota":
        return plan && this.lineInPlan(plan, ["quota"], plan.quota);
      case "plan method": {
        const stage = plan?.stages.find((each) => each.api === target.api && each.stage === target.stage);
        if (plan === undefined || api === undefined || route === undefined) return undefined;
        return this.lineInPlan(plan, ["methodThrottle", api, route.key], stage?.methodThrottles.get(route.key));
      }
      case "stage method": {
        const { stage } = target.served ?? {};
        if (!stage?.stage || api === undefined || route === undefined) return undefined;
        const settings = ["apis", api, "stages", stage.stage];
        const throttle = stage.methodThrottles.get(route.key) ?? stage.methodThrottles.get("*");
        return (
          this.line([...settings, "methodSettings", route.key, "throttle"], throttle) ??
          this.line([...settings, "settings", "throttle"], throttle)
        );
      }
      case "account":
        return undefined;
    }
  }

  /** Where a limit of a plan is written: in the negotiated limits of its subscription, or in the tier. */
  private lineInPlan({ tier, negotiatedFor }: UsagePlanModel, field: readonly string[], expected: unknown) {
    const own =
      negotiatedFor === undefined
        ? undefined
        : this.line(["subscriptions", negotiatedFor, "limits", ...field], expected);
    return own ?? (tier === undefined ? undefined : this.line(["tiers", tier, ...field], expected));
  }

  /** @param expected what was synthesized of it: a line that says something else is not the place */
  private line(path: readonly string[], expected?: unknown): string | undefined {
    const entry = this.source.entry(path);
    if (!entry) return undefined;
    return says(this.source.valueOf(entry.value), expected) ? entry.line : undefined;
  }

  /**
   * Where an entry of the catalog stands, also in a data file: `catalog.ts:36`, `customers.csv:17`; `undefined` for what is
   * computed or not written.
   *
   * @param path such as `subscriptions`, `acme`
   */
  entry(path: readonly string[]): string | undefined {
    const [part, id, ...rest] = path;
    const inline = this.line(path);
    if (inline !== undefined || part !== "subscriptions" || id === undefined) return inline;
    return lineIn(this.dataEntry(id)?.place(rest) ?? "");
  }

  private lineOfSubscription(id: string, tier: string | undefined): string | undefined {
    const inline =
      this.line(["subscriptions", id, "tier"], tier) ?? this.line(["subscriptions", id, "trial", "tier"], tier);
    if (inline !== undefined) return inline;
    const entry = this.dataEntry(id);
    if (!entry || !isObject(entry.written) || entry.written.tier !== tier) return undefined;
    return lineIn(entry.place(["tier"]));
  }

  /** The entry of a subscription in the data files, where only one has it. */
  private dataEntry(id: string): SubscriptionFile["entries"][number] | undefined {
    const entries = dataFilesIn(this.source).files.flatMap(({ path, options }) =>
      (options === undefined ? subscriptionsFromFile(path) : subscriptionsFromCsv(path, options)).entries.filter(
        (each) => each.id === id,
      ),
    );
    const [entry, ...others] = entries;
    return others.length === 0 ? entry : undefined;
  }
}

/** `customers.csv:17` of `customers.csv:17: subscription "acme"`. */
const lineIn = (place: string): string | undefined => /^(.+?:\d+)[:,] /.exec(place)?.[1];

/** Whether what is written out does not contradict what was synthesized; nothing is known of what is computed. */
function says(written: unknown, expected: unknown): boolean {
  if (written === undefined || expected === undefined) return true;
  if (!isObject(written) || !isObject(expected)) return written === expected;
  return Object.entries(written).every(([name, value]) => says(value, expected[name]));
}
