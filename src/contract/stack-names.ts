/** Names of the stacks, and so of the states: a public contract, since what is deployed is found by them. */
export const stackNames = {
  definition: (api: string): string => api,
  release: (api: string, stage: string): string => `${api}-${stage}`,
  /** Only with `accountLogging`. */
  account: "account",
  access: "access",
  /** Only with `domainNames`. */
  domains: "domains",
  /** Only with `selfService`. */
  selfService: "self-service",
  cohort: (cohort: string): string => `access-${cohort}`,
} as const;
