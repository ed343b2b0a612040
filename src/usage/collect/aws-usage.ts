import { type Asking, ReadError } from "../../aws/control-plane-client";
import { pacedClients } from "../../aws/paced-clients";
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
  const clientIn = pacedClients(COLLECTING, profile, unpaced);
  return (region) => async (input) => {
    const { aws, client, send } = await clientIn(region);
    return send("GetUsage", () => client.send(new aws.GetUsageCommand(input)));
  };
}

export const isPlanGone = (error: unknown): boolean => error instanceof ReadError && error.kind === "NotFoundException";
