import type * as sdk from "@aws-sdk/client-api-gateway";

/** What an API is made of, as AWS tells it. */
export interface AccountDefinition {
  readonly api: sdk.RestApi;
  /** With their methods, and these with their integrations. */
  readonly resources: readonly sdk.Resource[];
  readonly authorizers: readonly sdk.Authorizer[];
  /** Without those that AWS gives by default. */
  readonly gatewayResponses: readonly sdk.GatewayResponse[];
  /** Models and validators; none where no method names one. */
  readonly models: readonly sdk.Model[];
  readonly validators: readonly sdk.RequestValidator[];
  readonly stages: readonly sdk.Stage[];
  /** Those that a stage serves. */
  readonly deployments: readonly sdk.Deployment[];
}
