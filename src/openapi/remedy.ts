/** Options that settle what is said of a document; together they are what `api-tiers openapi check` prints. */
export interface Remedy {
  readonly variables?: Readonly<Record<string, string>>;
  /** Operations for which somebody must answer, by the name that `integrations` takes. */
  readonly integrations?: readonly string[];
  readonly securitySchemes?: Readonly<Record<string, SchemeRemedy>>;
  readonly leaveOut?: readonly string[];
  readonly withoutSecurity?: "OPEN" | "API_KEY";
}

/** A use of a scheme that opens nothing: the function in it is for the team to name. */
export type SchemeRemedy = "API_KEY" | { readonly lambda: string } | { readonly userPools: readonly string[] };
