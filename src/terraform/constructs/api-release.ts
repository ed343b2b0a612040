import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Lazy, type TerraformResource, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import type { Stage } from "../../catalog/stage";
import type { ApiDefinition } from "./api-definition";
import { RELEASE_VARIABLE } from "./handler-function";
import { literal } from "./literal";
import { StageAccessLog } from "./stage-access-log";
import { StageDomainName } from "./stage-domain-name";
import { StageMethodSettings } from "./stage-method-settings";

export interface ApiReleaseProps {
  readonly definition: ApiDefinition;
  readonly stage: Stage;
}

/**
 * The release of a definition to one stage: a snapshot of it, and the stage that serves the snapshot.
 *
 * In the stack of its definition it works too, at a price: Terraform then destroys a removed route only after the new
 * snapshot was taken, so the route stays live until the deployment after that.
 */
export class ApiRelease extends Construct {
  readonly deployment: ApiGatewayDeployment;
  readonly stage: ApiGatewayStage;
  /** Only where the stage has an access log. */
  readonly accessLog: StageAccessLog | undefined;
  /** Only where the stage has settings. */
  readonly settings: StageMethodSettings | undefined;
  /** Only where the stage has a domain name of the team's. */
  readonly domain: StageDomainName | undefined;

  constructor(scope: Construct, id: string, { definition, stage }: ApiReleaseProps) {
    super(scope, id);
    const oneState = TerraformStack.of(this) === TerraformStack.of(definition);
    this.deployment = new ApiGatewayDeployment(this, "deployment", {
      restApiId: definition.restApiId,
      // One entry for each part of the snapshot: the plan names the part because of which a stage is redeployed.
      triggers: Token.asStringMap(Lazy.anyValue({ produce: () => definition.snapshot() })),
      // AWS refuses to delete a deployment to which the stage still points.
      lifecycle: { createBeforeDestroy: true },
      dependsOn: oneState ? definition.deployedResources() : undefined,
    });
    const { executionArn } = definition.restApi;
    const aliases = [...definition.functions].flatMap(([name, { function: released }]) =>
      this.pinHandler(name, released, stage.name, [
        ["permission", `${executionArn}/${stage.name}/*/*`],
        ...(name === definition.authorizerHandler
          ? [["authorizer-permission", `${executionArn}/authorizers/*`] as const]
          : []),
      ]),
    );
    this.accessLog =
      stage.accessLog &&
      new StageAccessLog(this, "access-log", {
        restApiId: definition.restApiId,
        stageName: stage.name,
        accessLog: stage.accessLog,
        tags: stage.tags,
      });
    this.stage = new ApiGatewayStage(this, "stage", {
      restApiId: definition.restApiId,
      deploymentId: this.deployment.id,
      stageName: stage.name,
      description: literal(stage.description),
      tags: stage.tags,
      variables: aliases.length > 0 ? { [RELEASE_VARIABLE]: stage.name } : undefined,
      // The new snapshot may call functions that the one before did not.
      dependsOn: aliases,
      accessLogSettings: this.accessLog?.settings,
      // A stage that goes is let go of by its usage plans first; AWS refuses the other order.
      lifecycle: { createBeforeDestroy: true },
    });
    const { settings, domain } = stage;
    this.settings = settings && new StageMethodSettings(this, "settings", { stage: this.stage, settings });
    this.domain =
      domain &&
      new StageDomainName(this, "domain", { stage: this.stage, endpointType: definition.endpointType, domain });
  }

  /** An alias that holds the function's version of this release, until the next; and the right to call it. */
  private pinHandler(
    handler: string,
    released: LambdaFunction,
    stage: string,
    callers: readonly (readonly [name: string, sourceArn: string])[],
  ): TerraformResource[] {
    // What a stage called goes after the stage has stopped to call it.
    const lifecycle = { createBeforeDestroy: true };
    const alias = new LambdaAlias(this, `alias:${handler}`, {
      name: stage,
      functionName: released.functionNameInput as string,
      functionVersion: released.version,
      lifecycle,
    });
    const permissions = callers.map(
      ([name, sourceArn]) =>
        new LambdaPermission(this, `${name}:${handler}`, {
          action: "lambda:InvokeFunction",
          principal: "apigateway.amazonaws.com",
          functionName: alias.functionName,
          qualifier: alias.name,
          sourceArn,
          lifecycle,
        }),
    );
    return [alias, ...permissions];
  }

  /** Where the stage answers: `https://<api>.execute-api.<region>.amazonaws.com/<stage>`. */
  get invokeUrl(): string {
    return this.stage.invokeUrl;
  }
}
