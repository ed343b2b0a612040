import type { Layer } from "../limiter/verdict";
import type { Quota } from "../vocabulary/quota";
import type { Throttle } from "../vocabulary/throttle";

/**
 * What candidate limits would have done to the calls of access logs. All instants are in UTC: `2026-11-03T10:20:00.000Z`.
 */
export interface ReplayReport {
  /** The first call and the last one; `null` where there is no call. */
  readonly span: { readonly from: string; readonly to: string } | null;
  /** Calls in the logs, each once. */
  readonly calls: number;
  /** Calls that met limits: those with a subscription's key on a stage of its tier, and those of open routes. */
  readonly replayed: number;
  /** Calls that were answered 429 then: demand that was not served. Where there are any, counts are bounds. */
  readonly refusedThen: number;
  /** What is not known, or not complete, in sentences: lines that were not read, gaps, quotas whose start is not known. */
  readonly notes: readonly string[];
  /** Calls that met no limits, by reason. */
  readonly left: readonly LeftCalls[];
  /** The first one is what the others are compared with. */
  readonly candidates: readonly CandidateReport[];
}

/** Calls that could not be replayed. */
export interface LeftCalls {
  /** A sentence's end: `have a key that no subscription is known for`. */
  readonly reason: string;
  readonly calls: number;
  /** The first few ids or routes that they concern. */
  readonly examples: readonly string[];
}

/**
 * A number of refused calls. Whether a client whose call was refused then would have called again is not known, so there are
 * two: without the calls that were refused then (`low`), and with all of them as they came (`high`). They are equal where no
 * call was refused then.
 */
export interface Refused {
  readonly low: number;
  readonly high: number;
}

export interface CandidateReport {
  /** `as it is`, or what it changes: `gold.throttle.rateLimit=50`. */
  readonly name: string;
  readonly refused: Refused;
  /** By the catalog's id. */
  readonly tiers: readonly TierReport[];
  /** What the account's own limit and those of stages refuse of open routes. */
  readonly openRoutesRefused: Refused;
}

export interface TierReport {
  /** The tier's id in the catalog, or the usage plan's name where no catalog has it. */
  readonly tier: string;
  readonly throttle: Throttle | null;
  readonly quota: Quota | null;
  readonly calls: number;
  readonly refused: Refused;
  /** By limit, of `refused.high`; limits that refuse nothing are left out. */
  readonly refusedBy: Readonly<Partial<Record<Layer, number>>>;
  /** How near its limits the tier's customers came. */
  readonly limits: readonly LimitReport[];
  /** Those that called; by refused calls, most first, then by id. */
  readonly customers: readonly CustomerReport[];
  /** Subscriptions on the tier that did not call. */
  readonly silent: number;
  /** The smallest limits that would have refused nobody; `null` where no customer of the tier called. */
  readonly safe: SafeLimits | null;
  /** Calls of the tier's customers in each hour of the logs, or in each day where these are more than 31 days. */
  readonly series: Series;
}

/** How one limit of a tier did. */
export interface LimitReport {
  readonly layer: Layer;
  /** The route, for a limit of one: `GET /pets of weather/prod`. */
  readonly route: string | null;
  /** `limit`, or `rate and burst`, in words: `50 a second, 100 at once`. */
  readonly written: string;
  /** `never binds` where the highest use is below a tenth of it; `always binds` where it refuses most customers on most days. */
  readonly verdict: "never binds" | "binds for nobody" | "binds for some" | "always binds";
  /** The highest use by one customer, as a share: 0.03 of the burst or of the quota; above 1 where more was asked for. */
  readonly highest: number;
  /** Customers of whom it refuses calls. */
  readonly customers: number;
}

export interface CustomerReport {
  /** The subscription's id in the catalog. */
  readonly subscription: string;
  /** The customer's name in the catalog; `null` where it has none. */
  readonly customer: string | null;
  readonly calls: number;
  readonly refused: Refused;
  readonly refusedBy: Readonly<Partial<Record<Layer, number>>>;
  /** Days with refused calls. */
  readonly days: number;
  /** The first and the last refused call; `null` where there is none. */
  readonly first: string | null;
  readonly last: string | null;
  /** Calls that each tier of the catalog would have refused, by tier, by the limits of its own for the customer. */
  readonly onTiers: Readonly<Record<string, number>>;
  /** The smallest tier that would have refused nothing; `null` where none is large enough. */
  readonly fits: string | null;
}

/** The smallest limits that would have refused nobody. */
export interface SafeLimits {
  /** For each rate, in requests a second, the smallest burst that refuses nobody: one less refuses somebody. By rate. */
  readonly frontier: readonly { readonly rateLimit: number; readonly burstLimit: number }[];
  /** The same for single routes, by `GET /pets of weather/prod`. */
  readonly routes: readonly {
    readonly route: string;
    readonly frontier: readonly { readonly rateLimit: number; readonly burstLimit: number }[];
  }[];
  /** The most calls of one customer in a period: the smallest quota that refuses nobody. */
  readonly quotas: readonly {
    readonly period: Quota["period"];
    readonly limit: number;
    /** Who needed it. */
    readonly subscription: string;
  }[];
}

/** Counts at equal distances. */
export interface Series {
  /** The instant at which the first interval begins. */
  readonly from: string;
  readonly interval: "hour" | "day";
  readonly calls: readonly number[];
  /** Of these, those that the candidate refuses. */
  readonly refused: readonly number[];
}
