import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { Construct } from "constructs";
import { isKnownLater } from "../../vocabulary/schema";
import { idOf, named } from "./named";

/**
 * Without it API Gateway may not call the function, and answers 500.
 * @param name what the permission is called in its scope
 */
export function allowInvocation(
  scope: Construct,
  name: readonly string[],
  functionArn: string,
  sourceArn: string,
): LambdaPermission {
  const parts = functionArn.split(":");
  const qualifier = !isKnownLater(functionArn) && parts.length === 8 ? parts[7] : undefined;
  return named(LambdaPermission, scope, idOf("permission", ...name), {
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    functionName: qualifier === undefined ? functionArn : parts.slice(0, 7).join(":"),
    qualifier,
    sourceArn,
  });
}
