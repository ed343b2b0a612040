/** How much of a report is in a page. */
export interface Detail {
  /** Customers in each table, and routes, points and notes. */
  readonly rows: number;
  /** Tiers that have a chapter of their own. */
  readonly tiers: number;
  readonly candidates: number;
}

/** From much to little: of a large report, a page has as much as fits. */
export const DETAILS: readonly Detail[] = [
  ...[100, 50, 25, 12].map((rows) => ({ rows, tiers: 40, candidates: 40 })),
  { rows: 8, tiers: 20, candidates: 20 },
  { rows: 5, tiers: 8, candidates: 12 },
  { rows: 2, tiers: 2, candidates: 4 },
];
