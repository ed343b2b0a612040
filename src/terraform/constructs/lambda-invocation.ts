import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { Construct } from "constructs";
import { isKnownLater } from "../../vocabulary/schema";

/** Without it API Gateway may not call the function, and answers 500. */
export function allowInvocation(
  scope: Construct,
  id: string,
  functionArn: string,
  sourceArn: string,
): LambdaPermission {
  const parts = functionArn.split(":");
  const qualifier = !isKnownLater(functionArn) && parts.length === 8 ? parts[7] : undefined;
  return new LambdaPermission(scope, id, {
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    functionName: qualifier === undefined ? functionArn : parts.slice(0, 7).join(":"),
    qualifier,
    sourceArn,
  });
}
