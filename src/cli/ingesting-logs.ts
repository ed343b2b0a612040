import { logSources } from "../logs/log-sources";
import { printable } from "../text/printable";
import { describeNotes, hasLostLines } from "../usage/logs/describe-reading";
import { type Ingestion, ingestLogs } from "../usage/logs/ingest-logs";
import { openUsageStore } from "../usage/store/usage-store";
import { Progress } from "./progress";
import { type LogOptions, openLogReader } from "./reading-logs";

export interface IngestLogsOptions extends LogOptions {
  readonly store: string;
  readonly replace: boolean;
  readonly format: "text" | "json";
}

/**
 * Reads logs into the store, and prints what was done.
 *
 * @returns whether all lines of them are counted
 */
export async function ingestIntoStore(logs: readonly string[], options: IngestLogsOptions): Promise<boolean> {
  const store = await openUsageStore(options.store);
  const { reader, context } = openLogReader(options);
  const progress = new Progress();
  try {
    const ingestion = await ingestLogs({
      store,
      reader,
      sources: logSources(logs),
      context,
      replace: options.replace,
      onSource: (done) => progress.tell("logs", done, undefined),
    });
    progress.end();
    const isComplete = ingestion.overlaps.length === 0 && !hasLostLines(reader) && ingestion.sources > 0;
    if (options.format === "json") {
      const { lines, calls } = reader;
      const notes = Object.fromEntries(reader.notes);
      console.log(JSON.stringify({ store: store.address, lines, calls, ...ingestion, notes, isComplete }, null, 2));
    } else console.log(asText(ingestion, describeNotes(reader), store.address, options.state.length > 0));
    return isComplete;
  } finally {
    progress.end();
  }
}

function asText(
  { sources, known, days, added, overlaps }: Ingestion,
  notes: readonly string[],
  store: string,
  knowsApis: boolean,
) {
  const count = (number: number, one: string, many = `${one}s`) =>
    `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
  const span = days.length === 0 ? "" : `, of ${days.length === 1 ? days[0] : `${days[0]} to ${days.at(-1)}`}`;
  const lines = [
    `${count(sources, "log")} read, ${count(known, "of them was", "of them were")} in ${store} before`,
    `${count(added, "call")} with a key added${span}`,
    ...notes,
    ...overlaps.map(
      ({ source, day, share }) =>
        `${source}: about ${Math.max(1, Math.round(share * 100))} % of its calls of ${day} are counted already from another log, so it is not added; ` +
        "read all logs of that day together, with --replace",
    ),
    ...(sources === 0 ? ["there is no log at these places; look at their names"] : []),
    ...(added > 0 && !knowsApis
      ? ["APIs have their ids of AWS; give --state, so that prices find the routes of the catalog"]
      : []),
  ];
  return lines.map((line) => printable(line, Number.POSITIVE_INFINITY)).join("\n");
}
