import type { LimitChoices } from "./choices";
import { emptyLayer, type Layers, takeTokens, takeTokensBefore } from "./layers";
import type { QuotaMeter } from "./quota-meter";
import type { Layer } from "./verdict";

/** The first layer that has nothing left for a request. */
export function refusingLayer(
  layers: Parameters<typeof emptyLayer>[0],
  quotaLeft: number | undefined,
  { checkedFirst }: Pick<LimitChoices, "checkedFirst">,
): Layer | undefined {
  const throttle = emptyLayer(layers);
  if (quotaLeft !== 0) return throttle;
  return checkedFirst === "quota" ? "quota" : (throttle ?? "quota");
}

/** What a refused request costs nevertheless, if a choice says so. */
export function chargeRefused(
  layer: Layer,
  layers: Layers,
  client: QuotaMeter | undefined,
  { checkedFirst, refusedRequestTakesTokens, throttledRequestUsesQuota }: LimitChoices,
): void {
  if (layer === "quota") {
    if (refusedRequestTakesTokens && checkedFirst === "throttle") takeTokens(layers);
    return;
  }
  if (refusedRequestTakesTokens) takeTokensBefore(layer, layers);
  if (throttledRequestUsesQuota && client && client.left !== 0) client.use();
}
