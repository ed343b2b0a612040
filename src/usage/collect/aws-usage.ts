import { setTimeout as sleep } from "node:timers/promises";
import { type Asking, connectClient, ReadError } from "../../aws/control-plane-client";
import { RequestPace } from "../../aws/request-pace";
import type { GetUsage } from "./read-usage";

const COLLECTING: Asking = {
  command: "usage collect",
  rights: "/usageplans/*/usage",
  afterwards: "What was read before is in the store; run the command again.",
};

/**
 * Asks AWS for usage, in each Region at the pace that AWS allows there.
 *
 * @param profile of the shared configuration; `undefined` for that of the environment
 * @param unpaced whether there is no pace, as for a server that stands in for AWS
 */
export function usageOfAws(profile: string | undefined, unpaced: boolean): (region: string | undefined) => GetUsage {
  const regions = new Map<string | undefined, Promise<GetUsage>>();
  const connect = async (region: string | undefined): Promise<GetUsage> => {
    const pace = new RequestPace({ now: () => performance.now(), sleep });
    const { aws, client, send } = await connectClient(COLLECTING, {
      pace: (operation) => (unpaced ? Promise.resolve() : pace.next(operation)),
      region,
      profile,
    });
    return (input) => send("GetUsage", () => client.send(new aws.GetUsageCommand(input)));
  };
  return (region) => async (input) => {
    const connected = regions.get(region) ?? connect(region);
    regions.set(region, connected);
    return (await connected)(input);
  };
}

export const isPlanGone = (error: unknown): boolean => error instanceof ReadError && error.kind === "NotFoundException";
