import { type DayNumber, dateOf, dayOf } from "../../limiter/day-number";
import { hashOf } from "../../logs/distinct-ids";
import type { LoggedCall } from "../../logs/logged-call";
import { type RouteLine, routeLineId } from "./route-file";

/** How many hashes of ids are kept of an API and a day. */
export const SAMPLE_SIZE = 2_048;

/** What is known of APIs and keys besides a log. */
export interface LogContext {
  /** The id in the catalog of an API by its id in AWS; `undefined` where none is known. */
  apiName(awsId: string): string | undefined;
  /** The usage plan that covers a stage for a key, where the key is in several plans; `undefined` otherwise. */
  planOf(key: string, api: string, stage: string): string | undefined;
}

/** The calls of an API on a day, in one log. */
export interface PartitionCounts {
  readonly day: string;
  /** Its id in AWS. */
  readonly api: string;
  readonly lines: Map<string, { readonly line: RouteLine; requests: number }>;
  /** The smallest hashes of ids; more than are kept, until `sampled`. */
  sample: number[];
  calls: number;
}

/** Counts the calls of one log by day, API, key, stage, route and status. */
export class RouteCounts {
  readonly partitions = new Map<string, PartitionCounts>();
  private readonly ids = new Map<string, string>();

  constructor(private readonly context: LogContext) {}

  /** How many lines it would make. */
  get size(): number {
    return [...this.partitions.values()].reduce((sum, { lines }) => sum + lines.size, 0);
  }

  add(call: LoggedCall): void {
    // A call without a key is nobody's.
    if (call.key === undefined) return;
    const partition = this.partitionOf(dayOf(call.time), call.api);
    partition.calls++;
    if (call.id !== undefined) {
      partition.sample.push(sampleHash(call.id));
      if (partition.sample.length > 4 * SAMPLE_SIZE) partition.sample = smallest(partition.sample);
    }
    const quick = `${call.key} ${call.api} ${call.stage} ${call.method} ${call.path} ${call.status}`;
    const id = this.ids.get(quick) ?? routeLineId(this.lineOf(call, call.key));
    this.ids.set(quick, id);
    const counted = partition.lines.get(id);
    if (counted) counted.requests++;
    else partition.lines.set(id, { line: this.lineOf(call, call.key), requests: 1 });
  }

  private partitionOf(day: DayNumber, api: string): PartitionCounts {
    const at = `${day} ${api}`;
    const partition: PartitionCounts = this.partitions.get(at) ?? {
      day: dateOf(day),
      api,
      lines: new Map(),
      sample: [],
      calls: 0,
    };
    this.partitions.set(at, partition);
    return partition;
  }

  private lineOf({ api, stage, method, path, status }: LoggedCall, key: string): RouteLine {
    return {
      key,
      plan: this.context.planOf(key, api, stage) ?? null,
      api: this.context.apiName(api) ?? api,
      stage,
      route: `${method} ${path ?? NO_ROUTE}`,
      status,
      requests: 0,
    };
  }
}

/** The path of calls for which API Gateway found no route. */
export const NO_ROUTE = "-";

/** 48 bits of an id. */
export function sampleHash(id: string): number {
  const [high, low] = hashOf(id);
  return high * 65_536 + (low >>> 16);
}

/** The smallest hashes, each once, sorted. */
export const smallest = (hashes: readonly number[]): number[] =>
  [...new Set(hashes)].sort((a, b) => a - b).slice(0, SAMPLE_SIZE);
