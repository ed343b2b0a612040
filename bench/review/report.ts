import Table from "cli-table3";
import { CONTESTANTS, type Contestant, type Measurement } from "./contestant";

/** The median of each contestant. */
export type Medians = Readonly<Record<Contestant, Measurement>>;

const grouped = (value: number, digits = 0) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export function tableOf(changes: number, bytes: number, medians: Medians): string {
  const columns = ["Time", "÷ JSON.parse", "Peak memory", "Comment"];
  const table = new Table({
    head: [`${grouped(changes)} changes, ${grouped(bytes / 1e6)} MB`, ...columns],
    colAligns: ["left", ...columns.map(() => "right" as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const [contestant, name] of Object.entries(CONTESTANTS)) {
    const { seconds, peakMemory, comment } = medians[contestant as Contestant];
    table.push([
      name,
      `${grouped(seconds, 2)} s`,
      grouped(seconds / medians["json-parse"].seconds, 1),
      `${grouped(peakMemory / 1e6)} MB`,
      comment === 0 ? "" : `${grouped(comment)} B`,
    ]);
  }
  return table.toString();
}

/** What the table comes down to, beside what it may be. */
export function claimOf({ "this-project": ours, "json-parse": floor }: Medians): string {
  return (
    `A review takes ${grouped(ours.seconds - floor.seconds, 2)} s and ${grouped((ours.peakMemory - floor.peakMemory) / 1e6)} MB more than ` +
    `reading the JSON (at most 3 s and 500 MB), and its comment has ${grouped(ours.comment)} bytes (at most 10,000).`
  );
}
