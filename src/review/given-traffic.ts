/** What is known of a customer's requests, from wherever it was measured. */
export interface Traffic {
  /** The customer, as a review calls it: the subscription's id, or the key's name. */
  readonly customer: string;
  /**
   * Requests of the quota's current or last period.
   * @default - not known
   */
  readonly used?: number;
  /**
   * Requests that were answered, and that the limits after the change would have refused.
   * @default - not known
   */
  readonly wouldBeRefused?: number;
}

/** @throws Error for numbers that are not numbers of requests, and for customers that stand twice */
export function checkTraffic(traffic: readonly Traffic[]): void {
  const problems = traffic.flatMap(({ customer, used, wouldBeRefused }, index) => [
    ...Object.entries({ used, wouldBeRefused })
      .filter(([, count]) => count !== undefined && !(Number.isSafeInteger(count) && count >= 0))
      .map(([name, count]) => `traffic[${index}].${name} must be a number of requests, got ${count}; count them again`),
    ...(traffic.findIndex((each) => each.customer === customer) < index
      ? [`traffic[${index}] is of a customer that stands there twice; give each customer once`]
      : []),
  ]);
  if (problems.length > 0) throw new Error(problems.join("\n"));
}
