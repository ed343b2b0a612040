import Big from "big.js";
import { decimalsOf } from "../../vocabulary/money";

/**
 * The one rule by which money is rounded: each line of an invoice is rounded once, half up (a half away from zero), to the
 * smallest unit in which its currency is paid. A sum of lines is exact, and is never rounded again.
 */
export const roundedTo = (currency: string, amount: Big): Big => amount.round(decimalsOf(currency), Big.roundHalfUp);

/** An amount as an invoice shows it, with all digits of its currency: `49.00`, and for JPY `49`. */
export const asMoney = (currency: string, amount: Big): string => amount.toFixed(decimalsOf(currency));

/** A share of a whole number of requests, rounded half up to a request. */
export const shareOf = (requests: number, part: number, whole: number): number =>
  Number(new Big(requests).times(part).div(whole).round(0, Big.roundHalfUp).toFixed());

/**
 * What one part of many is charged of an amount that is spread evenly over `whole` parts: the parts from `before` on, `count` of
 * them. Charged one after the other, all parts add up to the amount, to the cent.
 */
export function spread(currency: string, amount: Big, before: number, count: number, whole: number): Big {
  const until = (parts: number) => roundedTo(currency, amount.times(parts).div(whole));
  return until(before + count).minus(until(before));
}
