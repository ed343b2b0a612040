import type { LogReader, LogSource } from "../../logs/log-reader";
import type { UsageStore } from "../store/usage-store";
import { type LogContext, type PartitionCounts, RouteCounts, SAMPLE_SIZE, smallest } from "./count-routes";
import {
  type LogOrigin,
  type RouteFile,
  type RouteLine,
  readRouteFile,
  routeFile,
  routeLineId,
  writeRouteFile,
} from "./route-file";

export interface IngestOptions {
  readonly store: UsageStore;
  readonly reader: LogReader;
  readonly sources: AsyncIterable<LogSource>;
  readonly context: LogContext;
  /** Whether the days of these logs are counted from these logs alone, in place of what is in the store. */
  readonly replace: boolean;
  /** Called after each log with the number of those that were read. */
  readonly onSource?: (done: number) => void;
}

/** A log with calls of a day that are counted already, from another log. */
export interface Overlap {
  readonly source: string;
  readonly day: string;
  readonly api: string;
  /** What share of its calls, as far as a sample says it: 0 to 1. */
  readonly share: number;
}

export interface Ingestion {
  readonly sources: number;
  /** Logs of which all was in the store before. */
  readonly known: number;
  /** Sorted. */
  readonly days: readonly string[];
  /** Calls with a key that were added to the store. */
  readonly added: number;
  /** Not added. */
  readonly overlaps: readonly Overlap[];
}

/** A log that was read to its end. */
interface CountedLog {
  readonly name: string;
  readonly digest: string;
  readonly counts: RouteCounts;
}

/** Lines that are held before they are written. */
const MOST_HELD = 100_000;

/** Of a few calls that come twice, as Firehose may deliver them, a log is not taken for another one's copy. */
const SAME_CALLS = { atLeast: 3, share: 0.02 } as const;

/**
 * Reads logs into the store: how often each key called each route, with which answer. A log is known by what it holds, so it
 * counts once, however often it is read, by however many programs at once. Logs that hold the same calls and more, such as a longer
 * export of the same hours, are noticed by a sample of the calls' ids, and are not added.
 */
export async function ingestLogs(options: IngestOptions): Promise<Ingestion> {
  const { reader, sources, context } = options;
  const ingested = new IngestedLogs(options.store, options.replace);
  let held: CountedLog[] = [];
  let size = 0;
  let count = 0;
  for await (const source of sources) {
    const counts = new RouteCounts(context);
    const reading = reader.read(source);
    for (;;) {
      const { done, value } = await reading.next();
      if (!done) {
        for (const call of value) counts.add(call);
        continue;
      }
      held.push({ name: source.name, digest: value.digest, counts });
      break;
    }
    size += counts.size;
    count++;
    options.onSource?.(count);
    if (size > MOST_HELD) {
      await ingested.write(held);
      held = [];
      size = 0;
    }
  }
  await ingested.write(held);
  return { sources: count, ...ingested.outcome() };
}

class IngestedLogs {
  private readonly replaced = new Set<string>();
  private readonly own = new Set<string>();
  private readonly days = new Set<string>();
  private readonly overlaps = new Map<string, Overlap>();
  private known = 0;
  private added = 0;

  constructor(
    private readonly store: UsageStore,
    private readonly replace: boolean,
  ) {}

  outcome(): Omit<Ingestion, "sources"> {
    const { known, added } = this;
    return { known, added, days: [...this.days].sort(), overlaps: [...this.overlaps.values()] };
  }

  async write(logs: readonly CountedLog[]): Promise<void> {
    const byFile = new Map<string, { readonly log: CountedLog; readonly partition: PartitionCounts }[]>();
    for (const log of logs)
      for (const partition of log.counts.partitions.values()) {
        const name = routeFile(partition.day, partition.api);
        byFile.set(name, [...(byFile.get(name) ?? []), { log, partition }]);
      }
    const isNew = new Set<CountedLog>();
    for (const [name, parts] of byFile) {
      let added: typeof parts = [];
      let refused: readonly Overlap[] = [];
      await this.store.update(name, (text) => {
        // Called again where another program was first.
        added = [];
        const isFresh = text === undefined || (this.replace && !this.replaced.has(name));
        let file = isFresh ? EMPTY : readRouteFile(text, this.store.placeOf(name));
        const before = file;
        const found: Overlap[] = [];
        for (const part of parts) {
          if (Object.hasOwn(file.sources, part.log.digest)) continue;
          const overlap = this.overlapWith(before, part.log, part.partition);
          if (overlap) found.push(overlap);
          else {
            file = withLog(file, part.log, part.partition);
            added.push(part);
          }
        }
        refused = found;
        return added.length === 0 ? undefined : writeRouteFile(file);
      });
      this.replaced.add(name);
      for (const each of refused) this.overlaps.set(`${each.source} ${each.day} ${each.api}`, each);
      for (const { log, partition } of added) {
        isNew.add(log);
        this.own.add(log.digest);
        this.days.add(partition.day);
        this.added += partition.calls;
      }
    }
    const refusedNames = new Set([...this.overlaps.values()].map(({ source }) => source));
    this.known += logs.filter(
      (log) => log.counts.partitions.size > 0 && !isNew.has(log) && !refusedNames.has(log.name),
    ).length;
  }

  /** Within one run, no call is given twice; so logs of this run do not overlap. */
  private overlapWith(
    file: RouteFile,
    { name }: CountedLog,
    { day, api, sample }: PartitionCounts,
  ): Overlap | undefined {
    const others = Object.keys(file.sources).filter((digest) => !this.own.has(digest));
    if (others.length === 0) return undefined;
    const there = new Set(file.sample);
    const own = smallest(sample);
    // Beyond the largest one of a full sample, nothing is known.
    const limit = Math.min(limitOf(file.sample), limitOf(own));
    const comparable = own.filter((hash) => hash <= limit);
    const same = comparable.filter((hash) => there.has(hash)).length;
    const share = comparable.length === 0 ? 0 : same / comparable.length;
    const isSame = (same >= SAME_CALLS.atLeast || same === own.length) && share > SAME_CALLS.share;
    return isSame ? { source: name, day, api, share } : undefined;
  }
}

const EMPTY: RouteFile = { sources: {}, sample: [], lines: [] };

const limitOf = (sample: readonly number[]): number =>
  sample.length < SAMPLE_SIZE ? Number.POSITIVE_INFINITY : (sample.at(-1) ?? 0);

function withLog(file: RouteFile, { name, digest }: CountedLog, { lines, sample, calls }: PartitionCounts): RouteFile {
  const merged = new Map<string, RouteLine>(file.lines.map((line) => [routeLineId(line), line]));
  for (const [id, { line, requests }] of lines)
    merged.set(id, { ...line, requests: (merged.get(id)?.requests ?? 0) + requests });
  const origin: LogOrigin = { name, calls };
  return {
    sources: { ...file.sources, [digest]: origin },
    sample: smallest([...file.sample, ...sample]),
    lines: [...merged.values()],
  };
}
