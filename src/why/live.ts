import type { ApiKey, UsagePlan } from "@aws-sdk/client-api-gateway";
import { type ControlPlaneClient, connectClient } from "../aws/control-plane-client";
import { allPages } from "../aws/pages";
import { decodePlanTags } from "../contract/tags";
import { DEFAULT_CHOICES } from "../limiter/choices";
import { dateOf, dayOf } from "../limiter/day-number";
import { windowOf } from "../limiter/quota-window";
import type { KeyModel, UsagePlanModel } from "../model/model";
import { show } from "../text/show";
import type { Quota } from "../vocabulary/quota";
import type { Throttle } from "../vocabulary/throttle";
import type { CountedQuota } from "./limits";

/** What the account says of a key now; never its value. */
export interface LiveKey {
  readonly awsId: string;
  readonly enabled: boolean;
  /** All usage plans that it is in. */
  readonly plans: readonly LivePlan[];
  /** What the account allows to all of its APIs; `undefined` where AWS does not say it. */
  readonly accountThrottle: Throttle | undefined;
}

export interface LivePlan {
  readonly awsId: string;
  readonly name: string;
  /** Id of the tier in the catalog; `undefined` where this project did not create it. */
  readonly tier: string | undefined;
  readonly throttle: Throttle | undefined;
  readonly quota: Quota | undefined;
  /** What is left of the quota; `undefined` without one. */
  readonly counted: CountedQuota | undefined;
}

export interface LiveOptions {
  readonly at: number;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/** AWS counts requests late. */
const LAG = "GetUsage, which is 30 to 40 minutes behind";

/**
 * Reads what AWS has of a key: GetApiKey, GetUsagePlans, GetUsage and GetAccount, all of them without values.
 *
 * @throws Error for a key that is not in the account, or whose name several keys have
 */
export async function readLiveKey(
  key: KeyModel,
  tiers: readonly UsagePlanModel[],
  options: LiveOptions,
): Promise<LiveKey> {
  const { region, profile } = options;
  const asking = {
    command: "why --live",
    rights: "/apikeys, /usageplans, /account and what is below them",
    afterwards: "Nothing was changed.",
  };
  // Some requests are below what AWS takes at once.
  const connected = await connectClient(asking, { pace: async () => {}, region, profile });
  const { aws, client, send } = connected;
  const found = await findKey(key, connected);
  const awsId = found.id ?? "";
  const plans = await allPages((page) =>
    send("GetUsagePlans", () => client.send(new aws.GetUsagePlansCommand({ keyId: awsId, ...page }))),
  );
  const { throttleSettings } = await send("GetAccount", () => client.send(new aws.GetAccountCommand({})));
  const live: LivePlan[] = [];
  for (const plan of plans) live.push(await readPlan(plan, awsId, tiers, connected, options));
  return { awsId, enabled: found.enabled ?? false, plans: live, accountThrottle: throttleOf(throttleSettings) };
}

async function findKey({ id, awsId, name }: KeyModel, { aws, client, send }: ControlPlaneClient): Promise<ApiKey> {
  if (awsId !== undefined)
    return send("GetApiKey", () => client.send(new aws.GetApiKeyCommand({ apiKey: awsId, includeValue: false })));
  const all = await allPages((page) =>
    send("GetApiKeys", () =>
      client.send(new aws.GetApiKeysCommand({ nameQuery: name, includeValues: false, ...page })),
    ),
  );
  const [found, ...others] = all.filter((each) => each.name === name);
  if (!found)
    throw new Error(
      `the key of ${show(id)} is not in this account and Region under the name ${show(name)}; deploy it, or look at AWS_PROFILE and AWS_REGION`,
    );
  if (others.length > 0)
    throw new Error(
      `${others.length + 1} keys of this account have the name ${show(name)}; give what "terraform show -json" printed of the state, which has the key's id`,
    );
  return found;
}

async function readPlan(
  plan: UsagePlan,
  keyId: string,
  tiers: readonly UsagePlanModel[],
  { aws, client, send }: ControlPlaneClient,
  { at }: LiveOptions,
): Promise<LivePlan> {
  const { id = "", name = "" } = plan;
  const quota = quotaOf(plan);
  const tier = decodePlanTags(plan.tags ?? {}).tier ?? tiers.find((each) => each.name === name)?.tier;
  const read = { awsId: id, name, tier, throttle: throttleOf(plan.throttle), quota };
  if (!quota) return { ...read, counted: undefined };
  const today = dayOf(at);
  const { first } = windowOf(quota, today, DEFAULT_CHOICES);
  const range = { startDate: dateOf(first), endDate: dateOf(today) };
  const usage = await send("GetUsage", () =>
    client.send(new aws.GetUsageCommand({ usagePlanId: id, keyId, ...range })),
  );
  // One key was asked for. The answer has its id as the name of its days; the types of the SDK say that it is the key's value.
  const [days = []] = Object.values(usage.items ?? {});
  const [, remaining] = days.at(-1) ?? [];
  const left = remaining ?? quota.limit;
  const from = remaining === undefined ? `${LAG}: no call was counted since ${range.startDate}` : LAG;
  return { ...read, counted: { left: Math.max(0, left), from } };
}

function throttleOf(written: { rateLimit?: number; burstLimit?: number } | undefined): Throttle | undefined {
  const { rateLimit, burstLimit } = written ?? {};
  return rateLimit === undefined || burstLimit === undefined ? undefined : { rateLimit, burstLimit };
}

function quotaOf({ quota }: UsagePlan): Quota | undefined {
  const { limit, period, offset = 0 } = quota ?? {};
  if (limit === undefined || (period !== "DAY" && period !== "WEEK" && period !== "MONTH")) return undefined;
  return offset === 0 ? { limit, period } : { limit, period, offset };
}
