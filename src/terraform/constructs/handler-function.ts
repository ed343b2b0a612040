import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { App, Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { INVOCATIONS, INVOCATIONS_OF_RELEASE } from "../../contract/function-uri";
import type { Handler, PolicyStatement } from "../../vocabulary/handler";
import { LAMBDA_RUNTIME } from "./handler-bundle";
import type { HandlerFolder } from "./handler-folder";
import { named } from "./named";
import { allowing, assumedBy } from "./policy-document";

export interface HandlerFunctionProps {
  readonly handler: Handler;
  /** Name of the function in AWS. */
  readonly functionName: string;
  readonly folder: HandlerFolder;
}

/**
 * A handler as a Lambda function: each change of its code or settings is published as a version, which no stage calls
 * before its own release points to it.
 */
export class HandlerFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: IamRole;
  readonly logGroup: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, { handler, functionName, folder }: HandlerFunctionProps) {
    super(scope, id);
    const bundle = folder.bundle([handler.name]).get(handler.name);
    this.logGroup = named(CloudwatchLogGroup, this, "log-group", {
      name: `/aws/lambda/${functionName}`,
      retentionInDays: handler.logRetentionDays,
    });
    this.role = named(IamRole, this, "role", {
      // Roles are global: a name of its own would keep the catalog out of a second Region.
      namePrefix: `${functionName.slice(0, 37)}-`,
      assumeRolePolicy: assumedBy("lambda.amazonaws.com"),
    });
    const rights = named(IamRolePolicy, this, "rights", {
      name: "handler",
      role: this.role.id,
      policy: allowing(this.statements(handler)),
    });
    this.function = named(LambdaFunction, this, "function", {
      functionName,
      role: this.role.arn,
      runtime: LAMBDA_RUNTIME,
      handler: "index.handler",
      filename: folder.write(handler.name, App.of(this).outdir),
      sourceCodeHash: bundle?.codeHash,
      publish: true,
      architectures: [handler.architecture],
      memorySize: handler.memorySize,
      timeout: handler.timeoutSeconds,
      layers: handler.layers.length > 0 ? [...handler.layers] : undefined,
      reservedConcurrentExecutions: handler.reservedConcurrency,
      environment: { variables: { NODE_OPTIONS: "--enable-source-maps", ...handler.environment } },
      vpcConfig: handler.vpc && {
        subnetIds: [...handler.vpc.subnetIds],
        securityGroupIds: [...handler.vpc.securityGroupIds],
      },
      tracingConfig: handler.tracing ? { mode: "Active" } : undefined,
      // A function without its rights would fail its first requests, and make a log group of its own.
      dependsOn: [rights, this.logGroup],
    });
  }

  /** `uri` of an integration that calls the alias of the stage on which a request came in. */
  get invocationUri(): string {
    return Token.asString(Fn.replace(this.function.invokeArn, INVOCATIONS, INVOCATIONS_OF_RELEASE));
  }

  private statements(handler: Handler): PolicyStatement[] {
    const log = { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${this.logGroup.arn}:*`] };
    const trace = { actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources: ["*"] };
    // AWS knows no narrower resource for the network interfaces of functions.
    const network = {
      actions: ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"],
      resources: ["*"],
    };
    return [log, ...(handler.tracing ? [trace] : []), ...(handler.vpc ? [network] : []), ...handler.statements];
  }
}
