import type * as sdk from "@aws-sdk/client-api-gateway";
import type { ControlPlane } from "../aws/control-plane";
import type { AccountDefinition } from "../aws/definition";
import { allPages } from "../aws/pages";

/** Reads what an API is made of. */
export async function readDefinition(
  controlPlane: ControlPlane,
  api: sdk.RestApi,
  stages: readonly sdk.Stage[],
): Promise<AccountDefinition> {
  const restApiId = api.id ?? "";
  const [resources, authorizers, responses, deployments] = await Promise.all([
    allPages((page) => controlPlane.getResources({ ...page, restApiId, embed: ["methods"] })),
    allPages((page) => controlPlane.getAuthorizers({ ...page, restApiId })),
    allPages((page) => controlPlane.getGatewayResponses({ ...page, restApiId })),
    allPages((page) => controlPlane.getDeployments({ ...page, restApiId })),
  ]);
  const methods = resources.flatMap(({ resourceMethods = {} }) => Object.values(resourceMethods));
  const models = methods.some(({ requestModels }) => Object.keys(requestModels ?? {}).length > 0)
    ? await allPages((page) => controlPlane.getModels({ ...page, restApiId }))
    : [];
  const validators = methods.some(({ requestValidatorId }) => requestValidatorId)
    ? await allPages((page) => controlPlane.getRequestValidators({ ...page, restApiId }))
    : [];
  const served = new Set(
    stages.flatMap(({ deploymentId, canarySettings }) => [deploymentId, canarySettings?.deploymentId]),
  );
  return {
    api,
    resources,
    authorizers,
    gatewayResponses: responses.filter(({ defaultResponse }) => !defaultResponse),
    models,
    validators,
    stages,
    deployments: deployments.filter(({ id }) => served.has(id)),
  };
}
