import { datesOfDays, lastDays, liveCalls, storedCalls } from "../rotation/calls";
import { statusText } from "../rotation/render-status";
import { rotationStatus } from "../rotation/rotation-status";
import { rotationsIn } from "../rotation/rotations";
import { printableJson } from "../text/printable-json";
import { usageOfAws } from "../usage/collect/aws-usage";
import { readInstant } from "../usage/report/report-range";
import { openUsageStore } from "../usage/store/usage-store";
import { meteredStates } from "./reading-states";

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
  const { gateway } = await meteredStates(folder, options.state, "--state");
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
