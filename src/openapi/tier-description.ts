import { encodePrice } from "../contract/tier-prices";
import type { ApiModel, UsagePlanModel } from "../model/model";
import { formatLimits, formatThrottle } from "../text/limits";
import { byName } from "../text/order";
import { toPrice } from "../vocabulary/price";
import { priceInWords } from "../vocabulary/price-words";
import type { OpenApiTier } from "./openapi-document";

/** Begins what is said of tiers, after what is said of the API. */
export const TIERS_HEADING = "## Tiers";

/** The tiers that open a stage of an API, sorted by id. What was negotiated with one customer is nobody else's to read. */
export function tiersOf(api: ApiModel, plans: readonly UsagePlanModel[]): OpenApiTier[] {
  const sold = plans.filter(({ negotiatedFor }) => negotiatedFor === undefined);
  return sold.flatMap((plan) => {
    const covered = plan.stages.filter((stage) => stage.api === api.id);
    if (covered.length === 0) return [];
    const { id, name, description, closed, throttle, quota, price } = plan;
    const methods = covered.flatMap(({ methodThrottles }) => [...methodThrottles]);
    const methodThrottle = Object.fromEntries(methods.sort(([a], [b]) => byName(a, b)));
    return [
      {
        id,
        name,
        ...(description === "" ? {} : { description }),
        ...(closed ? { closed } : {}),
        stages: covered.map(({ stage }) => stage).sort(byName),
        ...(throttle ? { throttle } : {}),
        ...(quota ? { quota: { limit: quota.limit, period: quota.period } } : {}),
        ...(methods.length > 0 ? { methodThrottle } : {}),
        ...(price === undefined || price === "unknown" ? {} : { price: encodePrice(price) }),
      },
    ];
  });
}

/** The tiers for people to read, in Markdown; empty where there is none. */
export function describeTiers(tiers: readonly OpenApiTier[]): string {
  if (tiers.length === 0) return "";
  return `${TIERS_HEADING}\n\n${tiers.map(describeTier).join("\n")}`;
}

/**
 * A description with the tiers in it: in the place of those that it has, or at its end. What else it says stays as it is.
 *
 * @param block of `describeTiers`
 */
export function withTiers(description: string, block: string): string {
  const found = BLOCK.exec(description);
  const before = description.slice(0, found?.index ?? description.length);
  const after = found ? description.slice(found.index + found[0].length) : "";
  if (block !== "" && found) return before + block + after;
  const text = before.replace(/\n+$/, "");
  if (block === "") return found ? text + after : description;
  return (text === "" ? "" : `${text}\n\n`) + block + (before === text ? "" : "\n");
}

/** As `describeTiers` writes it: a heading, and one line for each tier. */
const BLOCK = new RegExp(`(?<=^|\\n)${TIERS_HEADING}\\n\\n- \\*\\*[^\\n]*(?:\\n- \\*\\*[^\\n]*)*`);

function describeTier({
  name,
  description,
  closed,
  stages,
  throttle,
  quota,
  methodThrottle = {},
  price,
}: OpenApiTier): string {
  const limits = [
    formatLimits({ throttle, quota }),
    `on ${stages.join(", ")}`,
    ...Object.entries(methodThrottle).map(([route, own]) => `\`${route}\`: ${formatThrottle(own)}`),
    ...(price ? [priceInWords(toPrice(price))] : []),
  ];
  const about = [description, closed ? "Takes no new customers." : undefined].filter(Boolean).join(" ");
  return oneLine(`- **${name}**: ${limits.join("; ")}.${about === "" ? "" : ` ${about}`}`);
}

/** So that a reader of the text knows where the tiers end. */
const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, " ");
