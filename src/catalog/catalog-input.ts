import type { ApiSettings, OwnApiInput } from "../vocabulary/api";
import type { AuthorizersInput } from "../vocabulary/authorization";
import type { CohortInput } from "../vocabulary/cohort";
import type { DomainNameInput } from "../vocabulary/domain-name";
import type { ExistingApiInput } from "../vocabulary/existing-api";
import type { KeyStoreInput } from "../vocabulary/key-store";
import type { RouteKey } from "../vocabulary/route";
import type { SelfServiceInput } from "../vocabulary/self-service";
import type { StageInput } from "../vocabulary/stage";
import type { SubscriptionInput } from "../vocabulary/subscription-input";
import type { TierInput } from "../vocabulary/tier";
import type { SubscriptionFile } from "./file-entry";

type Any = Readonly<Record<string, unknown>>;

// The compiler finds the names of stages, of routes and of authorizers one after the other, so an API is written in three parts.
interface OwnStages<Stages> extends ApiSettings {
  readonly stages: { readonly [S in keyof Stages]: StageInput };
  readonly routes?: unknown;
  readonly authorizer?: unknown;
  readonly authorizers?: unknown;
}
interface ExistingStages<Stages> extends ExistingApiInput<Stages> {
  readonly routes?: never;
}
type ApiStages<Stages> = OwnStages<Stages> | ExistingStages<Stages>;
type ApiRoutes<Routes, Authorizers> = Pick<OwnApiInput<never, Routes, Authorizers>, "routes">;

/** One API, with the names of its stages, the keys of its routes, and the names of its authorizers. */
export type WrittenApi<Stages, Routes, Authorizers = Any> = ApiStages<Stages> &
  ApiRoutes<Routes, NoInfer<Authorizers>> &
  AuthorizersInput<Authorizers>;

/** APIs by id, with the names of their stages, the keys of their routes, and the names of their authorizers. */
export type WrittenApis<Stages, Routes, Authorizers = Readonly<Record<string, Any>>> = {
  readonly [A in keyof Stages]: ApiStages<Stages[A]>;
} & {
  readonly [A in keyof Routes]: ApiRoutes<Routes[A], A extends keyof Authorizers ? NoInfer<Authorizers[A]> : unknown>;
} & {
  readonly [A in keyof Authorizers]: AuthorizersInput<Authorizers[A]>;
};

/** Tiers by id, which name stages and routes of the APIs. */
export type WrittenTiers<Tiers, Stages, Routes> = { readonly [T in keyof Tiers]: TierInput<Stages, Routes> };

/** Cohorts by id. */
export type WrittenCohorts<Cohorts> = { readonly [C in keyof Cohorts]: CohortInput };

/** Subscriptions by id, which name tiers and cohorts. */
export type WrittenSubscriptions<Subscriptions, Tiers, Cohorts> = {
  readonly [S in keyof Subscriptions]: SubscriptionInput<keyof Tiers & string, keyof Cohorts & string>;
};

/**
 * A catalog as it is written. What it is generic in are names: `Stages`, `Routes` and `Authorizers` by API, the ids of tiers,
 * cohorts and subscriptions. Left out, they are any, and checked at run time alone.
 */
export interface CatalogInput<
  Stages = Readonly<Record<string, Any>>,
  Routes = Readonly<Record<string, Readonly<Record<RouteKey, unknown>>>>,
  Tiers = Any,
  Cohorts = Any,
  Subscriptions = Any,
  Files extends readonly SubscriptionFile[] = readonly SubscriptionFile[],
  Authorizers = Readonly<Record<string, Any>>,
> {
  /** The APIs that are sold, by id. */
  readonly apis: WrittenApis<Stages, Routes, Authorizers>;
  /** The tiers that are sold, by id. */
  readonly tiers: WrittenTiers<Tiers, NoInfer<Stages>, NoInfer<Routes>>;
  /**
   * Groups of customers whose keys stand in a state of their own.
   * @default - none
   */
  readonly cohorts?: WrittenCohorts<Cohorts>;
  /**
   * The customers, by subscription id.
   * @default - none but those of `subscriptionFiles`
   */
  readonly subscriptions?: WrittenSubscriptions<Subscriptions, NoInfer<Tiers>, NoInfer<Cohorts>>;
  /**
   * Data files with customers, read with `subscriptionsFromFile`.
   * @default - none
   */
  readonly subscriptionFiles?: Files;
  /**
   * Where keys are handed over, written so that the state holds no second copy; needs Terraform 1.11 or OpenTofu 1.11.
   * @default - only those of subscriptions that say `handOver`
   */
  readonly keyStore?: KeyStoreInput;
  /**
   * Domain names under which stages answer, by name: `"api.example.com"`. They have a stack of their own, `domains`. A name
   * that is dropped here is deleted with the next deploy; keep `{}` until the last one is.
   *
   * @default - none
   */
  readonly domainNames?: Readonly<Record<string, DomainNameInput>>;
  /**
   * Customers who sign up by themselves, without a deploy.
   * @default - none: each customer is a subscription of the catalog
   */
  readonly selfService?: SelfServiceInput<NoInfer<keyof Tiers & string>>;
}
