import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Catalog, CatalogNames } from "../catalog/catalog";
import type { LanesOptions } from "../limiter/lanes";
import { LogFormat } from "../logs/log-format";
import { requireReadable } from "../logs/read-call";
import { readKeyFile } from "../replay/key-file";
import type { LogIdentities } from "../replay/log-identities";
import { lostLinesOf } from "../replay/lost-lines";
import { readingNotes } from "../replay/reading-notes";
import { replay as replayCalls } from "../replay/replay";
import type { CustomerReport, ReplayReport, TierReport } from "../replay/replay-report";
import { REFUSED_ANYWAY } from "../replay/resolve";
import type { Traffic } from "../replay/traffic";
import { TrafficCollector } from "../replay/traffic-collector";
import type { TierStacksProps } from "../terraform/stacks/tier-stacks";
import { formatCount } from "../text/limits";
import { byName } from "../text/order";
import { show } from "../text/show";
import { ACCESS_LOG_FORMAT } from "../vocabulary/access-log";
import { synthesizedModel } from "./synthesized-model";

export interface RecordedLogOptions {
  /** The subscription of each key in the log, by the key's id in AWS: an object, or the path of a file of JSON. */
  readonly keys: Readonly<Record<string, string>> | string;
  /**
   * Ids in the catalog of the APIs in the log, by their ids in AWS.
   * @default - none: there must be one API in the log and one in the catalog
   */
  readonly apis?: Readonly<Record<string, string>>;
  /**
   * What a line says, with `$context` variables.
   * @default - this project's own format, as `accessLog: true` writes it
   */
  readonly format?: string;
}

/**
 * Reads access logs that are kept beside a test, packed with gzip or not.
 *
 * @param files paths of the logs, in any order
 * @throws Error for a file that cannot be read, for lines that are not in the format, and for logs without a call: a test that
 * leaves calls out shows nothing
 */
export function replay(
  files: string | readonly string[],
  { keys, apis = {}, format = ACCESS_LOG_FORMAT }: RecordedLogOptions,
): RecordedLog {
  const reading = { formats: [new LogFormat(format)], defaults: {} };
  requireReadable(reading);
  const collector = new TrafficCollector(reading);
  for (const file of [files].flat()) {
    const bytes = readFileSync(file);
    const splitter = collector.begin(file);
    splitter.push(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes);
    splitter.end();
  }
  const traffic = collector.traffic();
  if (lostLinesOf(traffic) > 0)
    throw new Error(
      `not all lines of the log are calls:\n${readingNotes(traffic)
        .map(({ text }) => text)
        .join("\n")}`,
    );
  if (traffic.reading.calls === 0)
    throw new Error(
      `there is no call in ${[files].flat().map(show).join(", ") || "no files"}; name the files of an access log`,
    );
  const known =
    typeof keys === "string" ? readKeyFile(readFileSync(keys, "utf8"), keys).keys : new Map(Object.entries(keys));
  return new TrafficOfLogs(traffic, { keys: known, apis: new Map(Object.entries(apis)) });
}

/** Calls that were recorded, to be tried against limits. */
export interface RecordedLog {
  /**
   * What a catalog's limits would have done to the calls.
   *
   * @param options what AWS leaves open about limits, and the limits of the account
   * @throws Error for calls that fit nothing in the catalog, such as those of a key of which nobody says whose it is
   */
  against<Names extends CatalogNames>(
    catalog: Catalog<Names>,
    options?: LanesOptions & { readonly stacks?: TierStacksProps },
  ): ReplayedLog<Names>;
}

class TrafficOfLogs implements RecordedLog {
  constructor(
    private readonly traffic: Traffic,
    private readonly identities: LogIdentities,
  ) {}

  against<Names extends CatalogNames>(
    catalog: Catalog<Names>,
    options: LanesOptions & { readonly stacks?: TierStacksProps } = {},
  ): ReplayedLog<Names> {
    const { stacks, ...limits } = options;
    const { model, clean } = synthesizedModel(catalog, stacks);
    try {
      const candidates = [{ name: "catalog", model }];
      const report = replayCalls({ traffic: this.traffic, candidates, identities: this.identities, limits });
      const lost = report.left.filter(({ reason }) => !REFUSED_ANYWAY.has(reason));
      if (lost.length > 0)
        throw new Error(
          `some calls of the log fit nothing in the catalog:\n${lost
            .map(({ calls, reason, examples }) => `  - ${formatCount(calls)} ${reason}, such as ${examples[0]}`)
            .join(
              "\n",
            )}\nsay whose keys there are in keys, what the APIs are called in apis, or leave these lines out of the log`,
        );
      return new ReplayedLog(report);
    } finally {
      clean();
    }
  }
}

/** A customer of whose calls some would have been refused. */
export interface RefusedCustomer {
  /** The subscription's id in the catalog. */
  readonly subscription: string;
  readonly refused: number;
  /** Calls in all. */
  readonly of: number;
  /** Days with refused calls. */
  readonly days: number;
  /** Refused calls by limit: `{ quota: 12 }`. */
  readonly by: CustomerReport["refusedBy"];
}

/**
 * What a catalog's limits would have done to recorded calls. What is assumed, or is not known, stands in `notes`: a log that begins
 * within the period of a quota shows less than all that it refuses.
 */
export class ReplayedLog<Names extends CatalogNames = CatalogNames> {
  constructor(
    /** All that a replay says, as `api-tiers replay --format json` writes it. */
    readonly report: ReplayReport,
  ) {}

  /**
   * What is assumed of the calls and what is not known, in sentences, such as what was used of a quota before the log began, or that
   * an API is taken for the catalog's only one.
   */
  get notes(): readonly string[] {
    return this.report.notes.map(({ text }) => text);
  }

  /**
   * The customers of whom calls would have been refused, most first; empty where nobody was. Calls that were refused when the log
   * was written count as calls.
   *
   * @param tier id of a tier; left out, those of all
   * @throws RangeError where nobody of the tier called, because it would show nothing of it
   */
  refused(tier?: Names["tiers"]): RefusedCustomer[] {
    const customers = this.tiers(tier).flatMap((each) => each.customers);
    if (customers.length === 0)
      throw new RangeError(
        `nobody${tier === undefined ? "" : ` of tier "${tier}"`} called; record a log with calls of its customers`,
      );
    return customers
      .filter(({ refused }) => refused.high > 0)
      .map(({ subscription, calls, refused, refusedBy, days }) => ({
        ...{ subscription, refused: refused.high, of: calls, days },
        by: refusedBy,
      }))
      .sort((a, b) => b.refused - a.refused || byName(a.subscription, b.subscription));
  }

  /**
   * The smallest burst of a tier that would have refused nobody at a rate.
   *
   * @param rateLimit requests a second: one that the catalog has for the tier, or one of the report's
   * @throws RangeError for another rate, or where nobody of the tier called
   */
  safeBurst(tier: Names["tiers"], rateLimit: number): number {
    const points = this.tiers(tier).flatMap(({ safe }) => safe?.frontier ?? []);
    const found = points.find((each) => each.rateLimit === rateLimit);
    if (!found)
      throw new RangeError(
        points.length === 0
          ? `nobody of tier "${tier}" called; record a log with calls of its customers`
          : `the rates that are looked at are ${points.map((each) => each.rateLimit).join(", ")}, got ${rateLimit}`,
      );
    return found.burstLimit;
  }

  private tiers(tier: string | undefined): readonly TierReport[] {
    const tiers = this.report.candidates[0]?.tiers ?? [];
    if (tier === undefined) return tiers;
    const found = tiers.filter((each) => each.tier === tier);
    if (found.length === 0)
      throw new Error(`there is no tier "${tier}"; there are ${tiers.map((each) => each.tier).join(", ")}`);
    return found;
  }
}
