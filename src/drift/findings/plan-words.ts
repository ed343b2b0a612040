import { withoutReservedTags } from "../../contract/tags";
import { formatQuota, formatThrottle } from "../../text/limits";
import { show } from "../../text/show";
import type { Tags } from "../../vocabulary/tags";
import type { Throttle } from "../../vocabulary/throttle";
import type { Changed } from "../differences";
import type { PlanStagePart } from "../parts";
import type { Facts } from "./facts";

/** What changed of a usage plan. */
export const planWords = (change: Changed, facts: Facts): PlanWords =>
  WORDS[change.part.attribute]?.(change, facts) ?? otherWords(change);

/** A field of a tier, and what it would say; `undefined` where it would be taken out. */
export type FieldOf = readonly [field: string, value: unknown];

/** A change of a usage plan in words. */
export interface PlanWords {
  readonly kind: "limit-changed" | "plan-changed" | "stage-added" | "stage-removed";
  readonly what: string;
  /** A field of the tier; `"none"` for what a tier cannot say, `undefined` for its stages. */
  readonly edit: FieldOf | "none" | undefined;
  readonly back: string;
}

const WORDS: Readonly<Record<string, (change: Changed, facts: Facts) => PlanWords>> = {
  throttle_settings: ({ actual, wanted }) => {
    const [is, was] = [throttleOf(actual), throttleOf(wanted)];
    return {
      kind: "limit-changed",
      what: `the limit is ${is ? formatThrottle(is) : "none"} in AWS; the catalog says ${was ? formatThrottle(was) : "none"}`,
      edit: ["throttle", is],
      back: `the limit is ${was ? formatThrottle(was) : "none"} again`,
    };
  },
  quota_settings: ({ actual, wanted }) => {
    const [is, was] = [quotaOf(actual), quotaOf(wanted)];
    const said = (quota: QuotaOf | undefined) =>
      quota ? textOfQuota(quota, (is?.offset ?? 0) !== (was?.offset ?? 0)) : "none";
    const { offset = 0, ...rest } = is ?? {};
    return {
      kind: "limit-changed",
      what: `the quota is ${said(is)} in AWS; the catalog says ${said(was)}`,
      edit: ["quota", is && { ...rest, ...(offset === 0 ? {} : { offset }) }],
      back: `the quota is ${said(was)} again`,
    };
  },
  stage: ({ part, actual }, facts) => {
    const stage = stageName(part.of, facts);
    return actual === undefined
      ? {
          kind: "stage-removed",
          what: `it no longer covers ${stage} in AWS, so its customers cannot call that; the stacks cover it`,
          edit: undefined,
          back: `it covers ${stage} again`,
        }
      : {
          kind: "stage-added",
          what: `it covers ${stage} in AWS, so its customers can call that; no stack says so`,
          edit: undefined,
          back: `it no longer covers ${stage}`,
        };
  },
  method_throttle: ({ part, actual, wanted }, facts) => {
    const on = `${part.of?.route} on ${stageName(part.of, facts)}`;
    const [is, was] = [actual, wanted] as (Throttle | undefined)[];
    return {
      kind: "limit-changed",
      what: `the limit of ${on} is ${is ? formatThrottle(is) : "none"} in AWS; the catalog says ${was ? formatThrottle(was) : "none"}`,
      edit: undefined,
      back: `the limit of ${on} is ${was ? formatThrottle(was) : "none"} again`,
    };
  },
  name: ({ actual, wanted }) => text("name", "displayName", actual, wanted),
  description: ({ actual, wanted }) => text("description", "description", actual, wanted),
  product_code: ({ actual, wanted }) => text("product code", "productCode", actual, wanted),
  tags: ({ actual, wanted }) => {
    const [own, meant] = [actual, wanted].map((tags) => (tags ?? {}) as Tags);
    const reserved = [own, meant].map((tags) => {
      const said = withoutReservedTags(tags ?? {});
      return JSON.stringify(
        Object.entries(tags ?? {})
          .filter(([name]) => !Object.hasOwn(said, name))
          .sort(),
      );
    });
    return {
      kind: "plan-changed",
      what: `it has other tags in AWS: ${show(own)}; the stacks say ${show(meant)}`,
      edit: reserved[0] === reserved[1] ? ["tags", withoutReservedTags(own ?? {})] : "none",
      back: "it has its tags again",
    };
  },
};

const text = (what: string, field: string, actual: unknown, wanted: unknown): PlanWords => ({
  kind: "plan-changed",
  what: `it has another ${what} in AWS: ${show(actual ?? "")}; the catalog says ${show(wanted ?? "")}`,
  edit: [field, actual],
  back: `it has its ${what} again`,
});

const otherWords = ({ part: { attribute }, actual, wanted }: Changed) => text(attribute, attribute, actual, wanted);

interface QuotaOf {
  readonly limit: number;
  readonly period: string;
  readonly offset: number;
}

const quotaOf = (value: unknown) => value as QuotaOf | undefined;

const textOfQuota = (quota: QuotaOf, withOffset: boolean) =>
  withOffset ? `${formatQuota(quota)}, offset ${quota.offset}` : formatQuota(quota);

export function throttleOf(value: unknown): Throttle | undefined {
  const { rate_limit: rateLimit, burst_limit: burstLimit } = (value ?? {}) as Record<string, number | undefined>;
  return rateLimit === undefined || burstLimit === undefined ? undefined : { rateLimit, burstLimit };
}

function stageName(of: PlanStagePart | undefined, facts: Facts): string {
  return of === undefined ? "a stage" : `${facts.apiName(of.apiId)}/${of.stage}`;
}
