import { isDeepStrictEqual } from "node:util";
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Lazy, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { encodeStage, STAGE } from "../../contract/stage";
import { regionOfArn } from "../../vocabulary/certificate";
import type { ImportedStage } from "../../vocabulary/imports";
import { partsOf, type RouteKey } from "../../vocabulary/route";
import type { Stage } from "../../vocabulary/stage";
import type { ApiDefinition } from "./api-definition";
import { config } from "./config";
import { IdentityOutput } from "./identity-output";
import { literal } from "./literal";
import { idOf, named } from "./named";
import { regionOfStack } from "./region-of-stack";
import { addReleaseAliases } from "./release-aliases";
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
  /** What the stage serves; beside a canary, the release before. */
  readonly deployment: ApiGatewayDeployment;
  /** Only where the stage has a canary. */
  readonly canaryDeployment: ApiGatewayDeployment | undefined;
  readonly stage: ApiGatewayStage;
  /** Only where the stage has an access log. */
  readonly accessLog: StageAccessLog | undefined;
  /** Only where the stage has settings. */
  readonly settings: StageMethodSettings | undefined;
  /** Only where the stage has a web ACL. */
  readonly webAcl: Wafv2WebAclAssociation | undefined;
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
    const { canary } = stage;
    const deploy = (scope: Construct, triggers: () => unknown, stays: boolean) =>
      named(ApiGatewayDeployment, scope, "deployment", {
        restApiId,
        description: stage.releaseDescription === undefined ? undefined : literal(stage.releaseDescription),
        // One entry for each part of the snapshot: the plan names the part because of which a stage is redeployed.
        triggers: Token.asStringMap(Lazy.anyValue({ produce: triggers })),
        // AWS refuses to delete a deployment to which the stage still points.
        lifecycle: { createBeforeDestroy: true, ...(stays && { ignoreChanges: ["triggers", "description"] }) },
        dependsOn: oneState ? definition.deployedResources() : undefined,
      });
    this.deployment = deploy(this, () => triggersOf(definition, imported?.stage, false), canary !== undefined);
    this.canaryDeployment =
      canary && deploy(new Construct(this, "canary"), () => triggersOf(definition, imported?.stage, true), false);
    const aliases = addReleaseAliases(this, definition, stage);
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
      ...config(
        STAGE,
        encodeStage(stage, {
          accessLog: this.accessLog?.settings,
          hasHandlers: aliases.length > 0,
          canary: canary && this.canaryDeployment && { deploymentId: this.canaryDeployment.id, of: canary },
        }),
        ["description"],
      ),
      // The new snapshot may call functions that the one before did not.
      dependsOn: aliases,
      // A stage that goes is let go of by its usage plans first; AWS refuses the other order.
      lifecycle: { createBeforeDestroy: true },
    });
    IdentityOutput.of(this).addStage({ api: definition.api, stage: stage.name }, this.stage);
    this.webAcl = stage.webAclArn === undefined ? undefined : this.addWebAcl(stage.webAclArn);
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

  private addWebAcl(webAclArn: string): Wafv2WebAclAssociation {
    this.node.addValidation({
      validate: () => {
        const [here, there] = [regionOfStack(this), regionOfArn(webAclArn)];
        if (here === undefined || there === undefined || there === here) return [];
        return [`the web ACL is in ${there}, but the stage is in ${here}; a stage takes one of its own Region`];
      },
    });
    return named(Wafv2WebAclAssociation, this, "web-acl", { resourceArn: this.stage.arn, webAclArn });
  }

  /** Where the stage answers: `https://<api>.execute-api.<region>.amazonaws.com/<stage>`. */
  get invokeUrl(): string {
    return this.stage.invokeUrl;
  }
}

/**
 * AWS knows no triggers: a deployment that was imported has none until the definition is other than it was then. Of a stage that
 * had a canary, that is the canary's; its own deployment is replaced when the canary is promoted.
 */
function triggersOf(definition: ApiDefinition, imported: ImportedStage | undefined, isCanary: boolean) {
  const snapshot = definition.snapshot();
  const then = isCanary ? imported?.canarySnapshot : imported?.snapshot;
  return then && isDeepStrictEqual(snapshot, then) ? undefined : snapshot;
}
