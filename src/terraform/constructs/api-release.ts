import { isDeepStrictEqual } from "node:util";
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Lazy, type TerraformResource, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { encodeStage, STAGE } from "../../contract/stage";
import type { ImportedStage } from "../../vocabulary/imports";
import { partsOf, type RouteKey } from "../../vocabulary/route";
import type { Stage } from "../../vocabulary/stage";
import type { ApiDefinition } from "./api-definition";
import { config } from "./config";
import { IdentityOutput } from "./identity-output";
import { idOf, named } from "./named";
import { StageAccessLog } from "./stage-access-log";
import { StageAlarms } from "./stage-alarms";
import { StageDashboard } from "./stage-dashboard";
import { StageMethodSettings } from "./stage-method-settings";
import { StageMetrics } from "./stage-metrics";

export interface ApiReleaseProps {
  readonly definition: ApiDefinition;
  readonly stage: Stage;
  /**
   * What is in the account already: the REST API, and the stage with what it serves.
   * @default - nothing
   */
  readonly imported?: { readonly restApiId: string; readonly stage: ImportedStage | undefined } | undefined;
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
  /** Settings of single methods, by route. */
  readonly methodSettings: ReadonlyMap<RouteKey, StageMethodSettings>;
  /** Only where the stage has alarms. */
  readonly alarms: StageAlarms | undefined;
  /** Only where the stage has a dashboard. */
  readonly dashboard: StageDashboard | undefined;

  constructor(scope: Construct, id: string, { definition, stage, imported }: ApiReleaseProps) {
    super(scope, id);
    // What is imported is known before the first deploy of the definition, by which a stack finds the others.
    const restApiId = imported?.restApiId ?? definition.restApiId;
    const oneState = TerraformStack.of(this) === TerraformStack.of(definition);
    this.deployment = named(ApiGatewayDeployment, this, "deployment", {
      restApiId,
      // One entry for each part of the snapshot: the plan names the part because of which a stage is redeployed.
      triggers: Token.asStringMap(Lazy.anyValue({ produce: () => triggersOf(definition, imported?.stage) })),
      // AWS refuses to delete a deployment to which the stage still points.
      lifecycle: { createBeforeDestroy: true },
      dependsOn: oneState ? definition.deployedResources() : undefined,
    });
    const { executionArn } = definition.restApi;
    const aliases = [...definition.functions].flatMap(([name, { function: released }]) =>
      this.pinHandler(name, released, stage.name, [
        [[], `${executionArn}/${stage.name}/*/*`],
        ...(definition.authorizerHandlers.has(name)
          ? [[["authorizer"], `${executionArn}/authorizers/*`] as const]
          : []),
      ]),
    );
    this.accessLog =
      stage.accessLog &&
      new StageAccessLog(this, "access-log", {
        restApiId,
        stageName: stage.name,
        accessLog: stage.accessLog,
        tags: stage.tags,
      });
    this.stage = named(ApiGatewayStage, this, "stage", {
      restApiId,
      deploymentId: this.deployment.id,
      ...config(STAGE, encodeStage(stage, { accessLog: this.accessLog?.settings, hasHandlers: aliases.length > 0 }), [
        "description",
      ]),
      // The new snapshot may call functions that the one before did not.
      dependsOn: aliases,
      // A stage that goes is let go of by its usage plans first; AWS refuses the other order.
      lifecycle: { createBeforeDestroy: true },
    });
    IdentityOutput.of(this).addStage({ api: definition.api, stage: stage.name }, this.stage);
    const { settings, methodSettings, alarms, dashboard } = stage;
    this.settings = settings && new StageMethodSettings(this, "settings", { stage: this.stage, settings });
    this.methodSettings = new Map(
      Object.entries(methodSettings).map(([key, ofMethod]) => {
        const [method = "", path = ""] = key.split(" ");
        const id = idOf("settings", method, ...partsOf(path));
        const route = key as RouteKey;
        return [route, new StageMethodSettings(this, id, { stage: this.stage, settings: ofMethod, route })];
      }),
    );
    const metrics =
      alarms || dashboard
        ? new StageMetrics(this, "metrics", {
            apiName: definition.apiName,
            restApiId,
            stageName: stage.name,
            accessLog: this.accessLog,
          })
        : undefined;
    this.alarms = alarms && metrics && new StageAlarms(this, "alarms", { metrics, alarms, tags: stage.tags });
    this.dashboard =
      dashboard && metrics
        ? new StageDashboard(this, "dashboard", {
            metrics,
            alarms: [...(this.alarms?.byName.values() ?? [])],
            accountRate: alarms?.accountRate,
          })
        : undefined;
  }

  /** An alias that holds the function's version of this release, until the next; and the right to call it. */
  private pinHandler(
    handler: string,
    released: LambdaFunction,
    stage: string,
    callers: readonly (readonly [name: readonly string[], sourceArn: string])[],
  ): TerraformResource[] {
    // What a stage called goes after the stage has stopped to call it.
    const lifecycle = { createBeforeDestroy: true };
    const alias = named(LambdaAlias, this, idOf("alias", handler), {
      name: stage,
      functionName: released.functionNameInput as string,
      functionVersion: released.version,
      lifecycle,
    });
    const permissions = callers.map(([name, sourceArn]) =>
      named(LambdaPermission, this, idOf("permission", handler, ...name), {
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

/** AWS knows no triggers: a deployment that was imported has none until the definition is other than it was then. */
function triggersOf(definition: ApiDefinition, imported: ImportedStage | undefined) {
  const snapshot = definition.snapshot();
  return imported?.snapshot && isDeepStrictEqual(snapshot, imported.snapshot) ? undefined : snapshot;
}
