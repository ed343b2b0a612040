/**
 * How often one key called one route on one day with one answer, as a stage's access log says: the second source of usage,
 * for prices that weigh routes or charge by status, which GetUsage does not tell apart.
 */
export interface RouteDay {
  /** In UTC: `2026-11-03`; the day of the request's time, not of its log line. */
  readonly day: string;
  /** Id of the API key in AWS; never its value. */
  readonly key: string;
  /** Id of the usage plan in AWS that covers the stage for that key; `null` where none is known. */
  readonly plan: string | null;
  /** The API's id in the catalog, or its id in AWS where the catalog has none. */
  readonly api: string;
  /** Whether `api` is its id in the catalog, by which prices name it. */
  readonly isNamed: boolean;
  readonly stage: string;
  /** The route as the catalog writes it: `GET /pets/{id}`. */
  readonly route: string;
  /** The status of the answer, such as 200. */
  readonly status: number;
  readonly requests: number;
}
