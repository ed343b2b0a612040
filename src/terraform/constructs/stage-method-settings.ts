import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { Construct } from "constructs";
import { encodeMethodSettings, METHOD_SETTINGS } from "../../contract/method-settings";
import type { RouteKey } from "../../vocabulary/route";
import type { StageSettings } from "../../vocabulary/stage-settings";
import { config } from "./config";
import { named } from "./named";

export interface StageMethodSettingsProps {
  readonly stage: ApiGatewayStage;
  readonly settings: StageSettings;
  /**
   * Whose settings they are.
   * @default - those of all methods
   */
  readonly route?: RouteKey;
}

/** Settings of all methods of a stage, or of one. Nothing is cached: a cached answer would be one customer's, shown to another. */
export class StageMethodSettings extends Construct {
  readonly methodSettings: ApiGatewayMethodSettings;

  constructor(scope: Construct, id: string, { stage, settings, route }: StageMethodSettingsProps) {
    super(scope, id);
    this.methodSettings = named(ApiGatewayMethodSettings, this, "method-settings", {
      restApiId: stage.restApiId,
      stageName: stage.stageName,
      ...config(METHOD_SETTINGS, encodeMethodSettings(settings, route)),
    });
  }
}
