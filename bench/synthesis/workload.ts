/** A usage plan that every contestant has to make. */
export interface Plan {
  readonly id: string;
  readonly description: string;
  readonly rateLimit: number;
  readonly burstLimit: number;
  readonly quotaADay: number;
}

/** An API key that every contestant has to make, and to put into one plan. */
export interface Subscription {
  readonly id: string;
  readonly customer: string;
  readonly enabled: boolean;
  readonly plan: string;
}

/** What every contestant has to describe. */
export interface Workload {
  /** An API that already exists, because APIs do not grow with the number of customers. */
  readonly restApiId: string;
  readonly stage: string;
  readonly plans: readonly Plan[];
  readonly subscriptions: readonly Subscription[];
}

const PLANS: readonly [Plan, Plan, Plan] = [
  { id: "bronze", description: "To try it out.", rateLimit: 10, burstLimit: 20, quotaADay: 1_000 },
  { id: "silver", description: "For a product.", rateLimit: 50, burstLimit: 100, quotaADay: 5_000 },
  { id: "gold", description: "For a platform.", rateLimit: 100, burstLimit: 250, quotaADay: 10_000 },
];

/** The same three plans, with as many subscriptions as asked for. */
export function workloadOf(subscriptions: number): Workload {
  return {
    restApiId: "a1b2c3d4e5",
    stage: "prod",
    plans: PLANS,
    subscriptions: Array.from({ length: subscriptions }, (_, index) => ({
      id: `customer-${index}`,
      customer: `Customer ${index} Ltd.`,
      enabled: index % 10 !== 9,
      plan: (PLANS[index % PLANS.length] ?? PLANS[0]).id,
    })),
  };
}
