import type { Asking } from "../aws/control-plane-client";
import { pacedClients } from "../aws/paced-clients";

const SHARING: Asking = {
  command: "rotation share-quota",
  rights: '/usageplans/*/usage and "apigateway:PATCH" on /usageplans/*/keys/*/usage',
  afterwards: "What was set before stays set; run the command again.",
};

/** Sets what a key may still use of a plan's quota in the running period. */
export type SetRemaining = (plan: string, key: string, remaining: number) => Promise<void>;

/**
 * Sets it in AWS, in each Region at the pace that AWS allows there.
 *
 * @param unpaced whether there is no pace, as for a server that stands in for AWS
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateUsage.html
 */
export function updateUsageOfAws(
  profile: string | undefined,
  unpaced: boolean,
): (region: string | undefined) => SetRemaining {
  const clientIn = pacedClients(SHARING, profile, unpaced);
  return (region) => async (usagePlanId, keyId, remaining) => {
    const { aws, client, send } = await clientIn(region);
    const patchOperations = [{ op: "replace" as const, path: "/remaining", value: String(remaining) }];
    await send("UpdateUsage", () => client.send(new aws.UpdateUsageCommand({ usagePlanId, keyId, patchOperations })));
  };
}
