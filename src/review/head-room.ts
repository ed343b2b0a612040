import { DEFAULT_LIMITS, FIXED_LIMITS } from "../vocabulary/aws-limits";
import type { Facts } from "./finding";

/** How much of one AWS quota is used after the change, as far as the plans tell. */
export interface HeadRoom {
  /** `API keys of the Region`. */
  readonly what: string;
  readonly used: number;
  readonly limit: number;
  /** Whether AWS raises the limit on request. */
  readonly adjustable: boolean;
}

/** Those of the Region, then others, the most used first. The account may hold more than the plans show. */
export function headRoom({ after }: Facts): HeadRoom[] {
  const { apis, keys, plans } = after.gateway;
  const resources = after.ofType("aws_api_gateway_resource");
  const ofRegion: HeadRoom[] = [
    { what: "API keys of the Region", used: keys.length, limit: FIXED_LIMITS.apiKeysPerRegion, adjustable: false },
    {
      what: "usage plans of the Region",
      used: plans.length,
      limit: DEFAULT_LIMITS.usagePlansPerRegion,
      adjustable: true,
    },
  ];
  const others: HeadRoom[] = [
    ...apis.flatMap((api): HeadRoom[] => [
      { what: `stages of ${api.id}`, used: api.stages.length, limit: DEFAULT_LIMITS.stagesPerApi, adjustable: true },
      {
        what: `resources of ${api.id}`,
        used: resources.filter((each) => after.apiOf(each) === api).length,
        limit: DEFAULT_LIMITS.resourcesPerApi,
        adjustable: true,
      },
    ]),
    ...plans.flatMap((plan) =>
      plan.stages.map(({ api, stage, methodThrottles }) => ({
        what: `method throttles of tier ${plan.id} on ${api}/${stage}`,
        used: methodThrottles.size,
        limit: DEFAULT_LIMITS.methodThrottlesPerStage,
        adjustable: true,
      })),
    ),
  ];
  others.sort((a, b) => b.used / b.limit - a.used / a.limit);
  return [...ofRegion, ...others].filter(({ used }) => used > 0);
}
