import Table from "cli-table3";
import { CONTESTANTS, type Contestant } from "./contestant";
import { type Measurement, totalOf } from "./measurement";

/** The median of each contestant. */
export type Medians = Readonly<Record<Contestant, Measurement>>;

/** All medians for one number of subscriptions, with their ratios. */
export function tableOf(subscriptions: number, medians: Medians): string {
  const columns = ["Load", "Build", "Synth", "Total", "÷ ours", "÷ floor", "Output", "Peak memory"];
  const table = new Table({
    head: [`${grouped(subscriptions)} subscriptions`, ...columns],
    colAligns: ["left", ...columns.map(() => "right" as const)],
    // The same for all tables, so that they stand below one another as one.
    colWidths: [22, 11, 11, 11, 11, 9, 9, 14, 13],
    style: { head: [], border: [], compact: true },
  });
  for (const [contestant, name] of Object.entries(CONTESTANTS)) {
    const median = medians[contestant as Contestant];
    table.push([
      name,
      milliseconds(median.load),
      milliseconds(median.build),
      milliseconds(median.synth),
      milliseconds(totalOf(median)),
      ratio(median, medians["this-project"]),
      ratio(median, medians["json-stringify"]),
      `${grouped(median.output)} B`,
      `${grouped(median.peakMemory / 1e6)} MB`,
    ]);
  }
  return table.toString();
}

/** What a table comes down to. */
export function claimOf(subscriptions: number, medians: Medians): string {
  const ours = medians["this-project"];
  return (
    `With ${grouped(subscriptions)} subscriptions, this project is ${ratio(medians["aws-cdk"], ours)} times as fast as ` +
    `AWS CDK (${ratio(medians["aws-cdk-lean"], ours)} times with AWS CDK's template validation and tree.json switched off).`
  );
}

function ratio(one: Measurement, other: Measurement): string {
  const value = totalOf(one) / totalOf(other);
  return grouped(value, value < 1 ? 2 : value < 100 ? 1 : 0);
}

function milliseconds(value: number): string {
  return `${grouped(value, value < 10 ? 1 : 0)} ms`;
}

function grouped(value: number, digits = 0): string {
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
