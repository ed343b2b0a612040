import type { Engine } from "../../usage/store/engine-statements";
import type { Candidate } from "../candidates/candidate";
import type { Refused } from "../replay-report";
import type { EngineCandidate, EngineRow } from "./engine-candidate";
import { engineNotes } from "./engine-notes";

/** What an engine counted. */
export interface EngineReport {
  readonly engine: Engine;
  readonly candidates: readonly EngineCandidateReport[];
  /** What an engine leaves out, and what is not known, in sentences. */
  readonly notes: readonly string[];
}

export interface EngineCandidateReport {
  readonly name: string;
  /** Of all its keys. */
  readonly calls: number;
  readonly refused: Refused;
  /** By tier, then subscription. */
  readonly keys: readonly EngineKeyReport[];
}

export interface EngineKeyReport {
  readonly tier: string;
  readonly subscription: string;
  /** The key's id in AWS, never its value. */
  readonly apiKeyId: string;
  readonly calls: number;
  /** `low` without the calls that were refused then, `high` with all of them. */
  readonly refused: Refused;
  readonly refusedBy: { readonly plan: Refused; readonly quota: Refused };
}

export interface CountedRows {
  readonly engine: Engine;
  readonly candidates: readonly Candidate[];
  /** The same, as the engine tried them. */
  readonly tried: readonly EngineCandidate[];
  /** In the order of the statement. */
  readonly rows: readonly EngineRow[];
}

export function engineReport({ engine, candidates, tried, rows }: CountedRows): EngineReport {
  return {
    engine,
    candidates: tried.map(({ name }) => {
      const keys = rows.filter(({ candidate }) => candidate === name).map(keyReport);
      return {
        name,
        calls: sum(keys, ({ calls }) => calls),
        refused: { low: sum(keys, ({ refused }) => refused.low), high: sum(keys, ({ refused }) => refused.high) },
        keys,
      };
    }),
    notes: engineNotes(candidates, tried, rows),
  };
}

function keyReport(row: EngineRow): EngineKeyReport {
  const { tier, subscription, apiKeyId, calls, throttledLow, throttledHigh, quotaLow, quotaHigh } = row;
  return {
    tier,
    subscription,
    apiKeyId,
    calls,
    refused: { low: throttledLow + quotaLow, high: throttledHigh + quotaHigh },
    refusedBy: { plan: { low: throttledLow, high: throttledHigh }, quota: { low: quotaLow, high: quotaHigh } },
  };
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
