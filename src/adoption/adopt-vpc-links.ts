import { byName } from "../text/order";
import type { Route } from "../vocabulary/route";
import type { VpcLinkInput } from "../vocabulary/vpc-link";

/** The name in the catalog of a VPC link, by its id in AWS; `undefined` for none. A stage variable may stand for the id. */
export const linkName = (id: string): string | undefined =>
  id === "" ? undefined : `link-${id.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replaceAll(/^-|-$/g, "")}`;

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
