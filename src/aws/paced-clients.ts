import { type Asking, type ControlPlaneClient, connectClient } from "./control-plane-client";
import { pacedUnless } from "./request-pace";

/**
 * Clients of the control plane, one for each Region, each connected when it is asked for the first time and at the pace that AWS
 * allows there.
 *
 * @param asking who asks, for the messages of errors
 * @param profile of the shared configuration; `undefined` for that of the environment
 * @param unpaced whether there is no pace, as for a server that stands in for AWS
 */
export function pacedClients(
  asking: Asking,
  profile: string | undefined,
  unpaced: boolean,
): (region: string | undefined) => Promise<ControlPlaneClient> {
  const regions = new Map<string | undefined, Promise<ControlPlaneClient>>();
  return (region) => {
    const connected = regions.get(region) ?? connectClient(asking, { pace: pacedUnless(unpaced), region, profile });
    regions.set(region, connected);
    return connected;
  };
}
