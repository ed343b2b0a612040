import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { Construct } from "constructs";
import { isKnownLater } from "../../vocabulary/schema";

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html — `uri` of an AWS_PROXY integration */
export function invocationUri(functionArn: string): string {
  const [, partition = "aws", , region] = functionArn.split(":");
  if (isKnownLater(functionArn)) {
    const at = (position: number) => `\${element(split(":", "${functionArn}"), ${position})}`;
    return `arn:${at(1)}:apigateway:${at(3)}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  }
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

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
