/** Options that settle what is said of a document; together they are what `api-tiers openapi check` prints. */
export interface Remedy {
  readonly variables?: Readonly<Record<string, string>>;
  /** Operations for which somebody must answer, by the name that `integrations` takes. */
  readonly integrations?: readonly string[];
  /** A use of each scheme that opens nothing. */
  readonly securitySchemes?: Readonly<Record<string, "API_KEY">>;
  readonly leaveOut?: readonly string[];
  readonly withoutSecurity?: "OPEN" | "API_KEY";
}
