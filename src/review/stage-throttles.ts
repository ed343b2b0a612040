import { numberOf, stringOf } from "../contract/attributes";
import type { ResourceChange } from "../model/resource-changes";
import { formatCount, formatRate } from "../text/limits";
import type { Facts, Finding } from "./finding";
import { placeOf } from "./gateway-state";
import { REPLACEMENT } from "./way/changed-parts";
import { apiIsGone, apiIsNew } from "./way/conditions";
import { apiNameOf, valueAt } from "./way/part-values";

/** How all callers together are throttled: `undefined` for no throttle of the stage, `unknown` before the apply. */
type Limit = number | undefined | "unknown";

interface Limits {
  readonly rate: Limit;
  readonly burst: Limit;
}

/** The throttle of one or all methods of a stage, before and after. */
interface StageThrottle {
  readonly name: string;
  readonly api: string;
  readonly before: Limits;
  readonly after: Limits;
  readonly changes: readonly ResourceChange[];
}

const TYPE = "aws_api_gateway_method_settings";
const RATE = "settings.throttling_rate_limit";
const BURST = "settings.throttling_burst_limit";
const NONE: Limits = { rate: undefined, burst: undefined };

/** One finding for each throttle of a stage that changes in such a direction. */
export function stageThrottleFindings(facts: Facts, wanted: "less" | "more" | "none"): Finding[] {
  return stageThrottles(facts)
    .filter((throttle) => directionOf(throttle) === wanted)
    .map(({ name, api, before, after, changes }) => ({
      about: name,
      subject: name,
      apis: [api],
      what: `for all callers together: ${describe(before)} → ${describe(after)}`,
      explains: changes.map((change) =>
        change.action === "update" || change.action === "replace"
          ? { change, attributes: [RATE, BURST, REPLACEMENT, "method_path", "stage_name"] }
          : { change },
      ),
    }));
}

/** Settings of the same methods are one, whatever their addresses; those of a new API, or of one that goes, limit nobody. */
function stageThrottles(facts: Facts): StageThrottle[] {
  const found = new Map<string, StageThrottle>();
  const note = (change: ResourceChange, side: "before" | "after") => {
    const attributes = change[side];
    const state = facts[side];
    if (attributes === undefined) return;
    const api = state.apiOf(change);
    const where = `${stringOf(attributes.method_path)} on ${apiNameOf(change, facts)}/${stringOf(attributes.stage_name)}`;
    // Under another name it is the same stage.
    const stage = facts.stages.find(
      (each) => api && placeOf(each.api) === placeOf(api) && each[side]?.name === attributes.stage_name,
    );
    const place = stage?.after ?? stage?.before;
    const key = place ? `${placeOf(place)} ${stringOf(attributes.method_path)}` : `${api ? placeOf(api) : ""} ${where}`;
    const known = found.get(key) ?? {
      name: where,
      api: apiNameOf(change, facts),
      before: NONE,
      after: NONE,
      changes: [],
    };
    const limits = { rate: limitOf(valueAt(attributes, RATE)), burst: limitOf(valueAt(attributes, BURST)) };
    found.set(key, { ...known, name: where, [side]: limits, changes: [...new Set([...known.changes, change])] });
  };
  for (const change of facts.changes) {
    if (change.type !== TYPE || change.action === "none" || change.action === "forget") continue;
    if (apiIsNew(change, facts) || apiIsGone(change, facts)) continue;
    note(change, "before");
    note(change, "after");
  }
  return [...found.values()];
}

/** The provider writes -1 for none. */
function limitOf(value: unknown): Limit {
  if (value === undefined) return "unknown";
  const number = numberOf(value);
  return number === undefined || number < 0 ? undefined : number;
}

function directionOf({ before, after }: StageThrottle): "less" | "more" | "none" | undefined {
  const pairs = [
    [before.rate, after.rate],
    [before.burst, after.burst],
  ] as const;
  const changed = pairs.filter(([was, is]) => was !== is);
  if (changed.length === 0) return undefined;
  if (changed.some(([was, is]) => was === "unknown" || is === "unknown")) return "less";
  if (changed.some(([was, is]) => size(is) < size(was))) return "less";
  return changed.some(([, is]) => is === undefined) ? "none" : "more";
}

const size = (limit: Limit) => (typeof limit === "number" ? limit : Number.POSITIVE_INFINITY);

function describe({ rate, burst }: Limits): string {
  if (rate === undefined && burst === undefined) return "the account's throttle";
  const of = (limit: Limit, format: (value: number) => string) =>
    limit === "unknown" ? "(known after apply)" : limit === undefined ? "none" : format(limit);
  return `${of(rate, formatRate)}, burst ${of(burst, formatCount)}`;
}
