import type { RouteModel, StageModel } from "../model/model";
import type { GatewayError } from "./gateway-responses";
import { mayInvoke, sourcesOfRoute } from "./invocation-permission";

/** What of a route fails on AWS whatever is sent, and can be known before; `undefined` for a route that works. */
export function faultOf(route: RouteModel, stage: StageModel): GatewayError | undefined {
  const { integration } = route;
  if (integration.type !== "lambda") return undefined;
  const { name } = integration.function;
  if (integration.method !== undefined && integration.method !== "POST")
    return misconfigured(
      `the integration calls function "${name}" by ${integration.method}, and Lambda takes POST alone; set integration_http_method`,
    );
  const invocation = {
    ...integration,
    sources: sourcesOfRoute(stage.name, route),
    stageVariables: stage.variables,
  };
  if (mayInvoke(invocation)) return undefined;
  return misconfigured(
    `no aws_lambda_permission lets ${route.key} of stage ${stage.name} call function "${name}"${qualified(integration.qualifier)}`,
  );
}

/** The same of a route's authorizer. */
export function authorizerFaultOf({ authorizer }: RouteModel, stage: StageModel): GatewayError | undefined {
  if (!authorizer || !("zip" in authorizer.function)) return undefined;
  if (mayInvoke({ ...authorizer, sources: ["authorizers/local"], stageVariables: stage.variables })) return undefined;
  const { name } = authorizer.function;
  return {
    type: "AUTHORIZER_CONFIGURATION_ERROR",
    reason: `AWS answers 500: no aws_lambda_permission lets authorizer "${authorizer.name}" call function "${name}"${qualified(authorizer.qualifier)}`,
  };
}

const qualified = (qualifier: string | undefined) => (qualifier === undefined ? "" : ` (${qualifier})`);

const misconfigured = (reason: string): GatewayError => ({
  type: "API_CONFIGURATION_ERROR",
  message: "Internal server error",
  reason: `AWS answers 500: ${reason}`,
});
