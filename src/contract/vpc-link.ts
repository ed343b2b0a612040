import type { VpcLink } from "../vocabulary/vpc-link";
import { list, optionalText, ResourceType, strings, text, type Written } from "./resource-type";

/** A way into a VPC. */
export const VPC_LINK = new ResourceType("aws_api_gateway_vpc_link", {
  name: text(),
  description: optionalText,
  target_arns: list,
  tags: strings,
});

export const encodeVpcLink = ({ name, description, loadBalancerArn, tags }: Extract<VpcLink, { kind: "own" }>) =>
  ({
    name,
    description: description === "" ? undefined : description,
    target_arns: [loadBalancerArn],
    tags: { ...tags },
  }) satisfies Written<typeof VPC_LINK.fields>;

/** The name in the catalog of a VPC link, by its id in AWS; `undefined` for none. A stage variable may stand for the id. */
export const vpcLinkName = (id: string): string | undefined =>
  id === "" ? undefined : `link-${id.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replaceAll(/^-|-$/g, "")}`;
