import type { LogFormat } from "../logs/log-format";
import type { LogSource } from "../logs/log-reader";
import { unpacked } from "../logs/log-records";
import type { CallDefaults } from "../logs/logged-call";
import { withParquetAsLines } from "../logs/parquet-source";
import { requireReadable } from "../logs/read-call";
import { readingFailure } from "../logs/reading-failure";
import type { Traffic } from "./traffic";
import { TrafficCollector } from "./traffic-collector";

export interface ReadTrafficOptions {
  readonly sources: Iterable<LogSource> | AsyncIterable<LogSource>;
  /** In which lines may be. */
  readonly formats: readonly LogFormat[];
  /** What lines leave out. */
  readonly defaults?: CallDefaults;
  /** Called after each source with the number of those that were read. */
  readonly onSource?: (done: number) => void;
}

/**
 * The calls of access logs, whatever order their lines come in, each once: calls of one kind at one time with the same
 * `extendedRequestId` are one call. A log without these ids is counted as it is. What cannot be read is noted.
 *
 * @throws Error for a format whose lines do not say what is needed, and for a source that cannot be read to its end
 */
export async function readTraffic({ sources, formats, defaults = {}, onSource }: ReadTrafficOptions): Promise<Traffic> {
  const reading = { formats, defaults };
  requireReadable(reading);
  const collector = new TrafficCollector(reading);
  let count = 0;
  for await (const source of sources) {
    const splitter = collector.begin(source.name);
    try {
      const bytes = withParquetAsLines(unpacked(source.bytes()), source.name, reading);
      for await (const chunk of bytes) splitter.push(chunk);
    } catch (error) {
      throw readingFailure(source.name, error);
    }
    splitter.end();
    onSource?.(++count);
  }
  return collector.traffic();
}
