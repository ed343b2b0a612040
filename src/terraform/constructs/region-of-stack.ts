import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";

/** The Region of a construct's stack; `undefined` where its only provider does not say it, or where there are several. */
export function regionOfStack(construct: Construct): string | undefined {
  const providers = TerraformStack.of(construct)
    .node.findAll()
    .filter((each): each is AwsProvider => each instanceof AwsProvider);
  const region = providers.length === 1 ? providers[0]?.region : undefined;
  return Token.isUnresolved(region) ? undefined : region;
}
