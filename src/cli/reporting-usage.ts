import { readGateway } from "../model/read-gateway";
import { printableJson } from "../text/printable-json";
import { usagePage } from "../usage/report/page/usage-page";
import { daysToRead, reportRange } from "../usage/report/report-range";
import { summarize } from "../usage/report/summarize";
import type { Threshold } from "../usage/report/summary";
import { summaryCsv } from "../usage/report/summary-csv";
import { summaryText } from "../usage/report/summary-text";
import { readUse } from "../usage/report/use-record";
import { openUsageStore } from "../usage/store/usage-store";
import type { USAGE_FORMATS, UsageReportOptions } from "./usage-options";
import { writtenTo } from "./written-to";

const RENDERERS = {
  table: summaryText,
  json: printableJson,
  csv: summaryCsv,
  html: usagePage,
} satisfies Record<(typeof USAGE_FORMATS)[number], unknown>;

/** @returns what to print, if anything, and whether a threshold was reached; `undefined` where none was asked for */
export async function reportUsage(
  customer: string | undefined,
  options: UsageReportOptions,
): Promise<{ readonly text: string | undefined; readonly verdict: Threshold["verdict"] | undefined }> {
  const { stacks, output, format, tier, failAt, maxAge } = options;
  const range = reportRange(options);
  const model = stacks === undefined ? undefined : readGateway(stacks);
  const { first, last } = daysToRead(range);
  const record = await readUse(await openUsageStore(options.store), first, last);
  const summary = summarize(record, { range, maxAgeHours: maxAge, model, customer, tier, failAt });
  const text = RENDERERS[format](summary);
  const verdict = summary.threshold?.verdict;
  return { text: writtenTo(output, text), verdict };
}
