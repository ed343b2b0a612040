import { API_KEY } from "../contract/api-key";
import { USAGE_PLAN } from "../contract/usage-plan";
import { readStackFiles, type StackFile } from "../model/stack-files";
import { datesOfDays, lastDays, liveCalls, storedCalls } from "../rotation/calls";
import { statusText } from "../rotation/render-status";
import { rotationStatus } from "../rotation/rotation-status";
import { rotationsIn } from "../rotation/rotations";
import { type States, statesInFiles, statesOfStacks } from "../states/read-states";
import { printableJson } from "../text/printable-json";
import { usageOfAws } from "../usage/collect/aws-usage";
import { readInstant } from "../usage/report/report-range";
import { openUsageStore } from "../usage/store/usage-store";

/** What commands need that read states, and that may ask AWS. */
export interface StateOptions {
  readonly state: readonly string[];
  readonly region?: string;
  readonly profile?: string;
  readonly now?: string;
  readonly unpaced: boolean;
}

export interface RotationOptions extends StateOptions {
  readonly store: string;
  readonly live: boolean;
  readonly days: number;
  readonly format: "text" | "json";
}

export interface ShareQuotaOptions extends StateOptions {
  readonly every: number;
  readonly store?: string;
  readonly dryRun: boolean;
  readonly format: "text" | "json";
}

/** Where each rotation stands, as text or JSON. */
export async function rotationStatuses(folder: string, options: RotationOptions): Promise<string> {
  const { gateway } = await statesFor(folder, options.state);
  const rotations = rotationsIn(gateway);
  const now = nowOf(options);
  const days = lastDays(options.days, now);
  const ask = usageOfAws(options.profile, options.unpaced);
  const plans = new Map(gateway.plans.flatMap(({ awsId, region }) => (awsId === undefined ? [] : [[awsId, region]])));
  const { callsOn, ...known } = options.live
    ? await liveCalls(rotations, plans, days, now, (region) => ask(region ?? options.region))
    : await storedCalls(await openUsageStore(options.store), days);
  const statuses = rotations.map((rotation) => rotationStatus(rotation, days, callsOn));
  const range = { ...datesOfDays(days), ...known };
  return options.format === "json" ? printableJson({ ...range, rotations: statuses }) : statusText(statuses, range);
}

export const nowOf = ({ now }: StateOptions): number => (now === undefined ? Date.now() : readInstant(now));

/** @throws Error for a folder without keys, and where Terraform fails */
export async function statesFor(folder: string, files: readonly string[]): Promise<States> {
  if (files.length > 0) return statesInFiles(files);
  const holdsKeys = ({ json }: StackFile) =>
    [API_KEY.type, USAGE_PLAN.type].some((type) => Object.keys(json.resource?.[type] ?? {}).length > 0);
  const stacks = readStackFiles(folder).filter(holdsKeys);
  if (stacks.length === 0)
    throw new Error(`${folder} has no stack with usage plans or keys; name another folder, or give --state`);
  return statesOfStacks(stacks, () => {});
}
