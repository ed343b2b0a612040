import Table from "cli-table3";
import { CONTESTANTS, type Contestant, type Outcome } from "./contestant";

/** Decisions a second, the median of each contestant. */
export type Medians = Readonly<Record<Contestant, number>>;

/** Decisions a second of every contestant, by number of keys. */
export function tableOf(outcome: Outcome, medians: readonly (readonly [keys: number, Medians])[]): string {
  const table = new Table({
    head: [
      `Decisions a second, ${outcome}`,
      ...medians.map(([keys]) => (keys === 1 ? "1 key" : `${grouped(keys)} keys`)),
    ],
    colAligns: ["left", ...medians.map(() => "right" as const)],
    // The same for all tables, so that they stand below one another as one.
    colWidths: [36, ...medians.map(() => 16)],
    style: { head: [], border: [], compact: true },
  });
  for (const [contestant, name] of Object.entries(CONTESTANTS))
    table.push([name, ...medians.map(([, median]) => grouped(median[contestant as Contestant]))]);
  return table.toString();
}

/** What the tables come down to. */
export function claimOf(medians: readonly Medians[]): string {
  const asked = medians.map((median) => Math.max(median.limiter, median["rate-limiter-flexible"]));
  const bare = medians.map((median) => median["limiter-bare"]);
  return `This project decides ${timesAs(asked)} times as often as the faster of the two libraries, and ${timesAs(bare)} times as often as buckets with no account's above them.`;

  function timesAs(others: readonly number[]): string {
    const ratios = medians.map((median, index) => median["this-project"] / (others[index] ?? Number.NaN));
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
    return `${least} to ${most}`;
  }
}

/** Three digits are what a measurement is good for. */
function grouped(value: number): string {
  return value.toLocaleString("en", { maximumSignificantDigits: 3 });
}
