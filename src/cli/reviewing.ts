import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readGateway } from "../model/read-gateway";
import { joinedIdentities } from "../replay/log-identities";
import { type Acceptance, acceptanceOf, acceptancesFrom } from "../review/acceptance";
import { readPlanFiles } from "../review/plan-file";
import { renderJson } from "../review/render/json";
import { renderMarkdown } from "../review/render/markdown";
import { renderText } from "../review/render/text";
import type { LoggedCalls } from "../review/replayed-calls";
import type { Report } from "../review/report";
import { review } from "../review/review";
import { refuseStalePlans } from "../review/stale-plans";
import type { MonthOfUsage } from "../usage/invoice/charges";
import { monthOfUsage } from "../usage/invoice/invoices-in-store";
import { openUsageStore } from "../usage/store/usage-store";
import { keysInFiles, loggedTraffic } from "./logged-traffic";
import type { ReviewCommandOptions } from "./review-options";
import { selfServiceIn } from "./self-service-file";

/** Where "api-tiers plan" writes plans, and cdktf what it synthesizes. */
const [PLANS, OUTPUT] = ["plans", "cdktf.out"];

/** The plans that "api-tiers plan" wrote; sorted. */
function writtenPlans(): string[] {
  const files = existsSync(PLANS) ? readdirSync(PLANS).filter((file) => file.endsWith(".json")) : [];
  if (files.length === 0)
    throw new Error(`there are no plans in the folder ${PLANS}; run "api-tiers plan" first, or name the files`);
  return files.sort().map((file) => join(PLANS, file));
}

/**
 * Reviews plans, and prints or writes what they mean. Answers whether somebody must decide something.
 *
 * @throws Error for plans, folders and acceptances that cannot be read
 */
export async function decisionIsNeeded(named: readonly string[], options: ReviewCommandOptions): Promise<boolean> {
  const { base, output } = options;
  const plans = named.length > 0 ? named : writtenPlans();
  const synthesized = options.synthesized ?? (named.length === 0 && existsSync(OUTPUT) ? OUTPUT : undefined);
  for (const [name, folder] of [
    ["--synthesized", synthesized],
    ["--base", base],
  ] as const)
    if (folder !== undefined && !existsSync(folder)) throw new Error(`${name} ${folder} does not exist`);
  if (named.length === 0 && synthesized !== undefined) refuseStalePlans(plans, synthesized);
  const accepted = acceptancesOf(options);
  const report = review(readPlanFiles(plans), {
    synthesized,
    base,
    accepted,
    selfService: selfServiceIn(options.selfServiceExport),
    usage: await usageOf(options),
    logged: await loggedOf(options),
  });
  const text = rendered(report, options);
  if (output === undefined) process.stdout.write(text);
  else writeFileSync(output, text);
  return report.verdict === "decision-needed";
}

/** The usage of a month, of which there must be some: nothing is said of a month that was not collected. */
async function usageOf({ usage: address, usageMonth: month }: ReviewCommandOptions): Promise<MonthOfUsage | undefined> {
  if (address === undefined && month === undefined) return undefined;
  if (address === undefined || month === undefined)
    throw new Error("--usage says where usage is and --usage-month of which month; give both, or neither");
  const read = await monthOfUsage(await openUsageStore(address), month);
  if (read.usage.length === 0)
    throw new Error(`${address}: holds nothing of ${month}; run "api-tiers usage collect", or give another month`);
  return read;
}

/** Calls of access logs; the plans say whose the keys are, and files where they do not. */
async function loggedOf({
  traffic: logs,
  trafficKeys,
  synthesized,
}: ReviewCommandOptions): Promise<LoggedCalls | undefined> {
  if (logs.length === 0) {
    if (trafficKeys.length > 0)
      throw new Error("--traffic-keys says whose the keys in logs are; give --traffic as well");
    return undefined;
  }
  const folder = synthesized ?? (existsSync(OUTPUT) ? OUTPUT : undefined);
  const model = folder === undefined ? undefined : readGateway(folder);
  const traffic = await loggedTraffic({ logs, formats: [], model, defaults: {}, cache: false });
  if (traffic.reading.calls === 0)
    throw new Error(`there is no call in ${logs.join(", ")}; look at the format of their lines, and at their places`);
  return { traffic, identities: joinedIdentities(keysInFiles(trafficKeys, "--traffic-keys")) };
}

function rendered(report: Report, { format, output, color: wanted, width }: ReviewCommandOptions): string {
  switch (format) {
    case "json":
      return renderJson(report);
    case "markdown":
      return renderMarkdown(report);
    case "text": {
      const terminal = output === undefined && process.stdout.isTTY === true;
      const color = terminal && wanted && !process.env.NO_COLOR;
      return renderText(report, { color, width: width ?? (terminal ? process.stdout.columns : 100) });
    }
  }
}

/** @throws Error that names all that is wrong with what is accepted */
function acceptancesOf({ accept, because, accepted }: ReviewCommandOptions): Acceptance[] {
  if (accept.length !== because.length)
    throw new Error(
      `there are ${accept.length} --accept and ${because.length} --because; give each finding that is accepted its reason`,
    );
  const problems: string[] = [];
  const attempt = (read: () => Acceptance[]): Acceptance[] => {
    try {
      return read();
    } catch (error) {
      problems.push((error as Error).message);
      return [];
    }
  };
  const all = [
    ...accept.flatMap((each, index) => attempt(() => [acceptanceOf(each, because[index] ?? "")])),
    ...accepted.flatMap((file) => attempt(() => acceptancesFrom(readFileSync(file, "utf8"), file))),
  ];
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return all;
}
