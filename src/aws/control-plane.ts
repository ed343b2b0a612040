import type * as sdk from "@aws-sdk/client-api-gateway";
import { type Asking, type ControlPlaneOptions, connectClient } from "./control-plane-client";

/** The operations by which an account is read; none of them can change anything. */
export interface ControlPlane {
  readonly getRestApis: Operation<sdk.GetRestApisCommandInput, sdk.RestApis>;
  readonly getResources: Operation<sdk.GetResourcesCommandInput, sdk.Resources>;
  readonly getAuthorizers: Operation<sdk.GetAuthorizersCommandInput, sdk.Authorizers>;
  readonly getGatewayResponses: Operation<sdk.GetGatewayResponsesCommandInput, sdk.GatewayResponses>;
  readonly getDeployments: Operation<sdk.GetDeploymentsCommandInput, sdk.Deployments>;
  readonly getModels: Operation<sdk.GetModelsCommandInput, sdk.Models>;
  readonly getRequestValidators: Operation<sdk.GetRequestValidatorsCommandInput, sdk.RequestValidators>;
  readonly getStages: Operation<sdk.GetStagesCommandInput, sdk.Stages>;
  readonly getDomainNames: Operation<sdk.GetDomainNamesCommandInput, sdk.DomainNames>;
  readonly getBasePathMappings: Operation<sdk.GetBasePathMappingsCommandInput, sdk.BasePathMappings>;
  readonly getUsagePlans: Operation<sdk.GetUsagePlansCommandInput, sdk.UsagePlans>;
  /** Without values of keys, whatever it is asked. */
  readonly getApiKeys: Operation<Omit<sdk.GetApiKeysCommandInput, "includeValues">, sdk.ApiKeys>;
}
type Operation<Input, Output> = (input: Input) => Promise<Output>;

/**
 * AWS's own control plane, with the credentials of the environment.
 *
 * @param asking who asks, for the messages of errors
 */
export async function connectControlPlane(asking: Asking, options: ControlPlaneOptions): Promise<ControlPlane> {
  const { aws, client, send } = await connectClient(asking, options);
  return {
    getRestApis: (input) => send("GetRestApis", () => client.send(new aws.GetRestApisCommand(input))),
    getResources: (input) => send("GetResources", () => client.send(new aws.GetResourcesCommand(input))),
    getAuthorizers: (input) => send("GetAuthorizers", () => client.send(new aws.GetAuthorizersCommand(input))),
    getGatewayResponses: (input) =>
      send("GetGatewayResponses", () => client.send(new aws.GetGatewayResponsesCommand(input))),
    getDeployments: (input) => send("GetDeployments", () => client.send(new aws.GetDeploymentsCommand(input))),
    getModels: (input) => send("GetModels", () => client.send(new aws.GetModelsCommand(input))),
    getRequestValidators: (input) =>
      send("GetRequestValidators", () => client.send(new aws.GetRequestValidatorsCommand(input))),
    getStages: (input) => send("GetStages", () => client.send(new aws.GetStagesCommand(input))),
    getDomainNames: (input) => send("GetDomainNames", () => client.send(new aws.GetDomainNamesCommand(input))),
    getBasePathMappings: (input) =>
      send("GetBasePathMappings", () => client.send(new aws.GetBasePathMappingsCommand(input))),
    getUsagePlans: (input) => send("GetUsagePlans", () => client.send(new aws.GetUsagePlansCommand(input))),
    getApiKeys: (input) =>
      send("GetApiKeys", () => client.send(new aws.GetApiKeysCommand({ ...input, includeValues: false }))),
  };
}
