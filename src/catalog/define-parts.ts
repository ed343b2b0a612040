import type { WrittenApi, WrittenApis, WrittenCohorts, WrittenSubscriptions, WrittenTiers } from "./catalog-input";

/**
 * An API of a catalog, in a file of its own. It is checked by `defineCatalog`; here the compiler checks its fields and keeps
 * the names of its stages, routes and authorizers.
 */
export const defineApi = <Stages, Routes, Authorizers = Readonly<Record<never, unknown>>>(
  api: WrittenApi<Stages, Routes, Authorizers>,
): WrittenApi<Stages, Routes, Authorizers> => api;

/**
 * Tiers of a catalog, in a file of their own, whose stages and routes the compiler looks up in the APIs.
 *
 * Names of tiers that are computed are known to the compiler where the type has them: a `Record<"bronze" | "silver",
 * TierInput>` does, `Object.fromEntries` gives any string. Where a computed tier loses its literals (`period: string`),
 * write `{ … } satisfies TierInput`.
 *
 * @param apis all APIs that the tiers name, as in `defineCatalog`
 */
export const defineTiers = <Stages, Routes, Tiers, Authorizers = Readonly<Record<never, unknown>>>(
  _apis: WrittenApis<Stages, Routes, Authorizers>,
  tiers: WrittenTiers<Tiers, NoInfer<Stages>, NoInfer<Routes>>,
): WrittenTiers<Tiers, Stages, Routes> => tiers;

/**
 * Subscriptions of a catalog, in a file of their own, whose tiers and cohorts the compiler looks up.
 *
 * @param known all tiers and cohorts that the subscriptions name, as in `defineCatalog`
 */
export const defineSubscriptions = <Tiers, Subscriptions, Cohorts = Readonly<Record<never, unknown>>>(
  _known: {
    readonly tiers: { readonly [T in keyof Tiers]: unknown };
    readonly cohorts?: WrittenCohorts<Cohorts>;
  },
  subscriptions: WrittenSubscriptions<Subscriptions, NoInfer<Tiers>, NoInfer<Cohorts>>,
): WrittenSubscriptions<Subscriptions, Tiers, Cohorts> => subscriptions;
