import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import type { Construct } from "constructs";
import { encodeVpcLink, VPC_LINK } from "../../contract/vpc-link";
import type { VpcLink } from "../../vocabulary/vpc-link";
import type { VpcLinkTarget } from "./api-route";
import { config } from "./config";
import { stageVariablesAsText } from "./literal";
import { idOf, named } from "./named";

/** The VPC links of an API by name: its own, and those that are there. */
export function addVpcLinks(scope: Construct, links: readonly VpcLink[]): ReadonlyMap<string, VpcLinkTarget> {
  return new Map(
    links.map((link): [string, VpcLinkTarget] => {
      if (link.kind === "existing") return [link.id, { id: stageVariablesAsText(link.vpcLinkId), target: undefined }];
      const { id } = named(ApiGatewayVpcLink, scope, idOf("vpc-link", link.id), {
        ...config(VPC_LINK, encodeVpcLink(link), ["name", "description"]),
        // A link is deleted only when nothing uses it any more, which another one must be there for.
        lifecycle: { createBeforeDestroy: true },
      });
      return [link.id, { id, target: link.loadBalancerArn }];
    }),
  );
}
