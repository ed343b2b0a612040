import { z } from "zod";
import { QUOTA_PERIODS } from "../../vocabulary/quota";
import {
  type CandidateReport,
  type CustomerReport,
  type LeftCalls,
  type LimitReport,
  NOTE_KINDS,
  type Refused,
  type ReplayNote,
  type ReplayReport,
  type SafeLimits,
  type Series,
  type TierReport,
} from "../replay-report";

const count = z.int().nonnegative();
const layer = z.enum(["plan method", "plan", "stage method", "account", "quota"]);
const period = z.enum(QUOTA_PERIODS);
const throttle = z.strictObject({ rateLimit: z.number().nonnegative(), burstLimit: count });
const frontier = z.array(throttle);
const refusedBy = z.partialRecord(layer, count);
const instant = z.string().meta({ format: "date-time" });

const refused: z.ZodType<Refused> = z.strictObject({ low: count, high: count });

const leftCalls: z.ZodType<LeftCalls> = z.strictObject({
  reason: z.string(),
  calls: count,
  examples: z.array(z.string()),
});

const note: z.ZodType<ReplayNote> = z.strictObject({
  kind: z.enum(NOTE_KINDS),
  text: z.string(),
  tiers: z.array(z.string()),
});

const limit: z.ZodType<LimitReport> = z.strictObject({
  layer,
  route: z.string().nullable(),
  written: z.string(),
  verdict: z.enum(["never binds", "binds for nobody", "binds for some", "always binds"]),
  highest: z.number().nonnegative(),
  customers: count,
});

const customer: z.ZodType<CustomerReport> = z.strictObject({
  subscription: z.string(),
  customer: z.string().nullable(),
  calls: count,
  refused,
  refusedBy,
  days: count,
  first: instant.nullable(),
  last: instant.nullable(),
  onTiers: z.record(z.string(), count),
  fits: z.string().nullable(),
  mayFit: z.string().nullable(),
});

const safe: z.ZodType<SafeLimits> = z.strictObject({
  frontier,
  routes: z.array(z.strictObject({ route: z.string(), frontier })),
  quotas: z.array(z.strictObject({ period, limit: count, subscription: z.string(), isWhole: z.boolean() })),
});

const series: z.ZodType<Series> = z.strictObject({
  from: instant,
  interval: z.enum(["hour", "day"]),
  calls: z.array(count),
  refused: z.array(count),
});

const tier: z.ZodType<TierReport> = z.strictObject({
  tier: z.string(),
  throttle: throttle.nullable(),
  quota: z.strictObject({ limit: count, period, offset: count.optional() }).nullable(),
  unknownLimits: z.array(z.enum(["quota", "throttle"])),
  calls: count,
  refused,
  refusedBy,
  limits: z.array(limit),
  customers: z.array(customer),
  silent: count,
  safe: safe.nullable(),
  series,
});

const candidate: z.ZodType<CandidateReport> = z.strictObject({
  name: z.string(),
  refused,
  tiers: z.array(tier),
  openRoutesRefused: refused,
  leftOut: z.array(leftCalls),
});

/** A replay, as `api-tiers replay --format json` prints it; what its fields mean is in the docs of the types. */
export const replayReportSchema: z.ZodType<ReplayReport> = z.strictObject({
  span: z.strictObject({ from: instant, to: instant }).nullable(),
  calls: count,
  replayed: count,
  refusedThen: count,
  notes: z.array(note),
  left: z.array(leftCalls),
  candidates: z.array(candidate),
});
