import { formatCount } from "../text/limits";
import type { Price } from "./price";

/** `EUR 49 each month`; undefined where nothing is paid for being on the tier. */
export const baseInWords = ({ base, currency }: Price): string | undefined =>
  base && `${currency} ${base.amount} each ${base.each.toLowerCase()}`;

/** `EUR 0.01 for each request up to 1,000, then EUR 0.005`; undefined where no request is charged. */
export function requestsInWords({ requests, currency }: Price): string | undefined {
  if (!requests) return undefined;
  const bands = requests.bands.map(({ upTo, unitPrice }, index) => {
    const each = `${currency} ${unitPrice}${index === 0 ? " for each request" : ""}`;
    return upTo === undefined ? each : `${each} up to ${formatCount(upTo)}`;
  });
  return `${bands.join(", then ")}${requests.pricing === "VOLUME" ? ", for all by their number" : ""}`;
}

/** A price as a customer reads it: `EUR 49 each month; 1,000 requests included; EUR 0.01 for each request beyond`. */
export function priceInWords(price: Price): string {
  const { included, counts, weights } = price;
  const requests = requestsInWords(price);
  return [
    baseInWords(price),
    ...(included > 0 ? [`${formatCount(included)} requests a month included`] : []),
    requests && (included > 0 ? `beyond them ${requests}` : requests),
    ...(counts === "2XX" ? ["requests that succeed are charged"] : []),
    ...(counts === "ALL_BUT_429" ? ["requests that a limit refuses are not charged"] : []),
    ...weights.map(({ route, weight }) => `\`${route}\` counts as ${formatCount(weight)}`),
  ]
    .filter((part) => part !== undefined)
    .join("; ");
}
