import { byName } from "../text/order";
import type { Route } from "../vocabulary/route";
import type { VpcLinkInput } from "../vocabulary/vpc-link";

/** The VPC links that routes use, by name: they stay with their owner. */
export function adoptVpcLinks(
  routes: readonly { readonly route: Route; readonly connectionId: string | undefined }[],
): Readonly<Record<string, VpcLinkInput>> {
  const links = routes.flatMap(({ route, connectionId = "" }): [string, VpcLinkInput][] => {
    const name = route.integration.settings?.vpcLink;
    return name === undefined ? [] : [[name, { id: connectionId }]];
  });
  return Object.fromEntries(links.sort(([a], [b]) => byName(a, b)));
}
