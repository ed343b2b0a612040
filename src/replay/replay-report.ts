import type { Layer } from "../limiter/verdict";
import type { Quota } from "../vocabulary/quota";
import type { Throttle } from "../vocabulary/throttle";

/**
 * What candidate limits would have done to the calls of access logs. All instants are in UTC: `2026-11-03T10:20:00.000Z`.
 */
export interface ReplayReport {
  /** The first call and the last one; `null` where there is no call. */
  readonly span: Span | null;
  /** Calls in the logs, each once. */
  readonly calls: number;
  /** Calls that met limits: those with a subscription's key on a stage of its tier, and those of open routes. */
  readonly replayed: number;
  /** Calls that were answered 429 then: demand that was not served. Where there are any, counts are bounds. */
  readonly refusedThen: number;
  /** What is not known, or not complete: lines that were not read, gaps, quotas whose start is not known. */
  readonly notes: readonly ReplayNote[];
  /** Calls that met no limits, by reason. */
  readonly left: readonly LeftCalls[];
  /** The first one is what the others are compared with. */
  readonly candidates: readonly CandidateReport[];
}

export interface Span {
  /** The first call. */
  readonly from: string;
  /** The last call. */
  readonly to: string;
}

/** What a note is about. */
export const NOTE_KINDS = [
  "lines",
  "format",
  "order",
  "whole seconds",
  "unknown calls",
  "refused then",
  "silence",
  "assumed API",
  "several keys",
  "unknown limits",
  "begun quota",
  "offset",
  "partial period",
] as const;

/** Something that is not known, or not complete. */
export interface ReplayNote {
  /** What it is about. */
  readonly kind: (typeof NOTE_KINDS)[number];
  /** It in sentences, with what to do. */
  readonly text: string;
  /** The tiers that it concerns; none for a note that concerns all. */
  readonly tiers: readonly string[];
}

/** Calls that could not be replayed. */
export interface LeftCalls {
  /** A sentence's end: `have a key that no subscription is known for`. */
  readonly reason: string;
  /** How many they are. */
  readonly calls: number;
  /** The first few ids or routes that they concern. */
  readonly examples: readonly string[];
}

/**
 * A number of refused calls. Whether a client whose call was refused then would have called again is not known, so there are
 * two ways to count: without the calls that were refused then, and with all of them as they came. They are equal where no call
 * was refused then.
 */
export interface Refused {
  /** The smaller one: nearly always that without the calls that were refused then. */
  readonly low: number;
  /** The larger one. */
  readonly high: number;
}

export interface CandidateReport {
  /** `as it is`, or what it changes: `gold.throttle.rateLimit=50`. */
  readonly name: string;
  /** Calls of all tiers that it refuses, and of open routes. */
  readonly refused: Refused;
  /** By the catalog's id. */
  readonly tiers: readonly TierReport[];
  /** What the account's own limit and those of stages refuse of open routes. */
  readonly openRoutesRefused: Refused;
  /** Calls that met limits of the first candidate and meet none of this one, such as those of customers whom it does not have. */
  readonly leftOut: readonly LeftCalls[];
}

export interface TierReport {
  /** The tier's id in the catalog, or the usage plan's name where no catalog has it. */
  readonly tier: string;
  /** Rate and burst of each key; `null` for none. */
  readonly throttle: Throttle | null;
  /** The quota of each key; `null` for none. */
  readonly quota: Quota | null;
  /** Limits that are known only after a deploy: they are `null` here, and refuse nothing, whatever they will be. */
  readonly unknownLimits: readonly ("quota" | "throttle")[];
  /** Calls of the tier's customers that met limits. */
  readonly calls: number;
  /** Of these, those that the candidate refuses. */
  readonly refused: Refused;
  /** By limit, of all calls as they came; limits that refuse nothing are left out. */
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
  /** Whose limit it is. */
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
  /** Calls that met limits. */
  readonly calls: number;
  /** Of these, those that the candidate refuses. */
  readonly refused: Refused;
  /** By limit, of all calls as they came; limits that refuse nothing are left out. */
  readonly refusedBy: Readonly<Partial<Record<Layer, number>>>;
  /** Days with refused calls. */
  readonly days: number;
  /** The first refused call; `null` where there is none. */
  readonly first: string | null;
  /** The last refused call; `null` where there is none. */
  readonly last: string | null;
  /** Calls that each tier of the catalog would have refused, by tier, by the limits of its own for the customer. */
  readonly onTiers: Readonly<Record<string, number>>;
  /** The smallest tier that would have refused nothing; `null` where none is known to be large enough. */
  readonly fits: string | null;
  /** A smaller tier that refused nothing, with a quota of a period of which the logs have no whole one; `null` for none. */
  readonly mayFit: string | null;
}

/** The smallest limits that would have refused nobody. */
export interface SafeLimits {
  /** For each rate, the smallest burst that refuses nobody: one less refuses somebody. By rate. */
  readonly frontier: readonly SafePoint[];
  /** The same for single routes. */
  readonly routes: readonly SafeRoute[];
  /** The most calls of one customer in a period, with those known from before the logs: the smallest quota that refuses nobody. */
  readonly quotas: readonly SafeQuota[];
}

export interface SafePoint {
  /** Requests a second. */
  readonly rateLimit: number;
  /** The smallest burst that refuses nobody at this rate. */
  readonly burstLimit: number;
}

export interface SafeRoute {
  /** `GET /pets of weather/prod` */
  readonly route: string;
  /** For each rate, the smallest burst that refuses nobody. By rate. */
  readonly frontier: readonly SafePoint[];
}

export interface SafeQuota {
  /** The period of the calendar, in UTC. */
  readonly period: Quota["period"];
  /** The most calls of one customer. */
  readonly limit: number;
  /** Who needed it. */
  readonly subscription: string;
  /** Whether the logs have a whole period; otherwise as much is needed at least. */
  readonly isWhole: boolean;
}

/** Counts at equal distances. */
export interface Series {
  /** The instant at which the first interval begins. */
  readonly from: string;
  /** The length of an interval. */
  readonly interval: "hour" | "day";
  /** Calls in each interval. */
  readonly calls: readonly number[];
  /** Of these, those that the candidate refuses. */
  readonly refused: readonly number[];
}
