export {
  ACCESS_LOG_FIELDS,
  ACCESS_LOG_FORMAT,
  type AccessLog,
  type AccessLogField,
  type AccessLogInput,
  type AccessLogLine,
  type RetentionDays,
} from "./catalog/access-log";
export type { Api, ApiInput, AuthorizerInput, ExistingApi, ExistingApiInput, OwnApi, OwnApiInput } from "./catalog/api";
export { type Catalog, isExistingApi, isOwnApi } from "./catalog/catalog";
export { CatalogError } from "./catalog/catalog-error";
export type { Cohort, CohortInput } from "./catalog/cohort";
export {
  answerHeaders,
  type Cors,
  type CorsInput,
  gatewayResponsesOf,
  preflightHeaders,
  preflightRoutes,
} from "./catalog/cors";
export { type CatalogInput, defineCatalog } from "./catalog/define-catalog";
export { exitOnCatalogError } from "./catalog/exit-on-catalog-error";
export type { Finding, Severity } from "./catalog/finding";
export {
  GATEWAY_RESPONSE_TYPES,
  type GatewayResponse,
  type GatewayResponseInput,
  type GatewayResponseType,
} from "./catalog/gateway-response";
export type { Handler, HandlerOptions, PolicyStatement } from "./catalog/handler";
export {
  type ImportedApi,
  type ImportedRoute,
  type ImportedStage,
  type ImportedSubscription,
  type ImportedTier,
  type Imports,
  importsFromFile,
  type KeptAttributes,
} from "./catalog/imports";
export type { Integration, IntegrationInput, MockAnswer } from "./catalog/integration";
export type { JsonSchema, JsonType } from "./catalog/json-schema";
export type { KeyStore, KeyStoreInput, KeyStoreType } from "./catalog/key-store";
export { parameterName } from "./catalog/parameter-name";
export type { Quota, QuotaPeriod } from "./catalog/quota";
export type { ParameterPresence, RequestInput, RequestParameter, RequestRules } from "./catalog/request";
export type { HttpMethod, Route, RouteInput, RouteKey } from "./catalog/route";
export { stackNames } from "./catalog/stack-names";
export type { Stage, StageInput } from "./catalog/stage";
export type { StageDomain, StageDomainInput } from "./catalog/stage-domain";
export type { StageSettings, StageSettingsInput } from "./catalog/stage-settings";
export type { KeyValueInput, Subscription, SubscriptionInput } from "./catalog/subscription";
export { SubscriptionFile, subscriptionFileSchema, subscriptionsFromFile } from "./catalog/subscription-file";
export type { Tags } from "./catalog/tags";
export type { Throttle } from "./catalog/throttle";
export type { Tier, TierInput } from "./catalog/tier";
export type { OpenApiDocument } from "./openapi/openapi-document";
export type { OperationIntegration } from "./openapi/operation-integrations";
export type { OpenApiOperation } from "./openapi/operations";
export {
  apiFromOpenApi,
  type OpenApiApi,
  type OpenApiOptions,
  routesFromOpenApi,
} from "./openapi/routes-from-open-api";
export type { SchemeUse } from "./openapi/security";
export { ApiDefinition, type ApiDefinitionProps } from "./terraform/constructs/api-definition";
export { ApiGatewayAccountLogging } from "./terraform/constructs/api-gateway-account-logging";
export { ApiRelease, type ApiReleaseProps } from "./terraform/constructs/api-release";
export { ApiRoute, type ApiRouteProps } from "./terraform/constructs/api-route";
export { GatewayResponses, type GatewayResponsesProps } from "./terraform/constructs/gateway-responses";
export { type HandlerBundle, HandlerFolder } from "./terraform/constructs/handler-bundle";
export { HandlerFunction, type HandlerFunctionProps } from "./terraform/constructs/handler-function";
export { ImportBlocks, type ImportedResource } from "./terraform/constructs/import-blocks";
export { KeyHandover, type KeyHandoverProps } from "./terraform/constructs/key-handover";
export { type KeyReadScope, keyReadStatements } from "./terraform/constructs/key-read-statements";
export { RequestValidators, type RequestValidatorsProps } from "./terraform/constructs/request-validators";
export { StageAccessLog, type StageAccessLogProps } from "./terraform/constructs/stage-access-log";
export { StageDomainName, type StageDomainNameProps } from "./terraform/constructs/stage-domain-name";
export { StageMethodSettings, type StageMethodSettingsProps } from "./terraform/constructs/stage-method-settings";
export { SubscriptionKeys, type SubscriptionKeysProps } from "./terraform/constructs/subscription-keys";
export { TierPlans, type TierPlansProps } from "./terraform/constructs/tier-plans";
export { type OrphanedState, orphanedStates } from "./terraform/stacks/orphaned-states";
export type { S3State, StateLocation } from "./terraform/stacks/state-location";
export { printSynthesis, synthesisSummary, synthesisWarnings } from "./terraform/stacks/synthesis-summary";
export { TierStack, type TierStackProps } from "./terraform/stacks/tier-stack";
export { TierStacks, type TierStacksProps } from "./terraform/stacks/tier-stacks";
