import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { canonicalJson } from "../../text/canonical-json";
import { named } from "./named";

/**
 * The role by which API Gateway writes logs, set for the whole account in this Region. There is one for each account and
 * Region, for the APIs of everyone there: have it in one place only. A second one would replace the first, and each deploy
 * would turn the other's back. Destroyed, it takes the role away, and the account's stages log no more; AWS provider 5
 * leaves the name of the role in the account's settings, until the next role replaces it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html#set-up-access-logging-permissions
 */
export class ApiGatewayAccountLogging extends Construct {
  readonly role: IamRole;
  readonly account: ApiGatewayAccount;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { partition } = named(DataAwsPartition, this, "partition", {});
    this.role = named(IamRole, this, "role", {
      // Roles are the account's in all Regions, so another Region's must get another name.
      namePrefix: "api-gateway-logging-",
      description: "Lets API Gateway write logs to CloudWatch.",
      assumeRolePolicy: canonicalJson({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    });
    const permission = named(IamRolePolicyAttachment, this, "permission", {
      role: this.role.name,
      policyArn: `arn:${partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
    });
    this.account = named(ApiGatewayAccount, this, "account", {
      cloudwatchRoleArn: this.role.arn,
      // AWS looks whether the role may write before it takes it.
      dependsOn: [permission],
    });
  }
}
