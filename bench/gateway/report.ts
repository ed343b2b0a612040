import Table from "cli-table3";
import { CONTESTANTS, type Contestant } from "./contestant";
import type { Load, Measurement } from "./load";

/** What a contestant came to under a load. */
export interface Result {
  readonly contestant: Contestant;
  readonly load: Load;
  readonly measured: Measurement;
}

export function tableOf(results: readonly Result[]): string {
  const table = new Table({
    head: ["Load", "Answered by", "Server", "Requests a second", "p50 ms", "p99 ms"],
    colAligns: ["left", "left", "left", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const { contestant, load, measured } of results) {
    const { name, kind } = CONTESTANTS[contestant];
    const rate = measured.rate.toLocaleString("en", { maximumSignificantDigits: 3 });
    table.push([load.name, kind, name, rate, `${measured.p50}`, `${measured.p99}`]);
  }
  return table.toString();
}

/** What the table comes down to. */
export function claimsOf(results: readonly Result[]): string {
  const rates = (contestant: Contestant) =>
    results.filter((result) => result.contestant === contestant).map(({ measured }) => measured.rate);
  const ratios = (one: Contestant, other: Contestant) => {
    const others = rates(other);
    return rates(one).map((rate, index) => rate / (others[index] ?? Number.NaN));
  };
  const shares = ratios("mock", "fastify").map((ratio) => `${Math.round(ratio * 100)} %`);
  const times = ratios("function", "serverless-offline").map((ratio) => ratio.toFixed(1));
  return [
    `A mock route that needs a key is answered ${shares.join(" and ")} as often as Fastify alone answers.`,
    `A function is called ${times.join(" and ")} times as often as by serverless-offline.`,
  ].join("\n");
}
