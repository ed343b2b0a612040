export { type ApiId, type Catalog, type CatalogNames, isExistingApi, isOwnApi } from "./catalog/catalog";
export type {
  CatalogInput,
  WrittenApi,
  WrittenApis,
  WrittenCohorts,
  WrittenSubscriptions,
  WrittenTiers,
} from "./catalog/catalog-input";
export type { CsvColumn, CsvField, CsvOptions } from "./catalog/csv-options";
export { defineCatalog, type NamesIn } from "./catalog/define-catalog";
export { defineApi, defineSubscriptions, defineTiers } from "./catalog/define-parts";
export { type FileEntry, SubscriptionFile } from "./catalog/file-entry";
export { run } from "./catalog/run";
export { subscriptionsFromCsv, subscriptionsFromFile } from "./catalog/subscription-file";
export { subscriptionFileSchema } from "./catalog/subscription-file-schema";
export type { ModelSchemas } from "./contract/model-schemas";
export { parameterName } from "./contract/parameter-name";
export { EVENT_SOURCE, selfServicePrefix } from "./contract/self-service";
export { stackNames } from "./contract/stack-names";
export type { Deployment } from "./contract/state-names";
export type { BasePathMode } from "./document/servers";
export { apiFromOpenApi, routesFromOpenApi } from "./openapi/open-api";
export type { OpenApiApi, OpenApiOptions, OperationIntegration, SchemeUse } from "./openapi/open-api-options";
export type {
  OpenApiDocument,
  OpenApiOperationObject,
  OpenApiParameter,
  OpenApiSchema,
  OpenApiSecurityScheme,
  OpenApiServer,
  OpenApiTier,
} from "./openapi/openapi-document";
export type { OpenApiOperation } from "./openapi/operations";
export { ApiDefinition, type ApiDefinitionProps, type KeyLookup } from "./terraform/constructs/api-definition";
export { ApiGatewayAccountLogging } from "./terraform/constructs/api-gateway-account-logging";
export { ApiRelease, type ApiReleaseProps } from "./terraform/constructs/api-release";
export { ApiRoute, type ApiRouteProps, type VpcLinkTarget } from "./terraform/constructs/api-route";
export {
  type BasePath,
  DomainNames,
  type DomainNamesProps,
  type DomainTarget,
} from "./terraform/constructs/domain-names";
export { GatewayResponses, type GatewayResponsesProps } from "./terraform/constructs/gateway-responses";
export type { HandlerBundle } from "./terraform/constructs/handler-bundle";
export { HandlerFolder } from "./terraform/constructs/handler-folder";
export { HandlerFunction, type HandlerFunctionProps } from "./terraform/constructs/handler-function";
export type { ImportedResource } from "./terraform/constructs/import-blocks";
export { KeyHandover, type KeyHandoverProps } from "./terraform/constructs/key-handover";
export { type KeyReadScope, keyReadStatements } from "./terraform/constructs/key-read-statements";
export { NamedModels, type NamedModelsProps } from "./terraform/constructs/named-models";
export { RequestValidators, type RequestValidatorsProps } from "./terraform/constructs/request-validators";
export { SelfServiceFunction, type SelfServiceProps } from "./terraform/constructs/self-service-function";
export { StageAccessLog, type StageAccessLogProps } from "./terraform/constructs/stage-access-log";
export { type AlarmName, StageAlarms, type StageAlarmsProps } from "./terraform/constructs/stage-alarms";
export { StageDashboard, type StageDashboardProps } from "./terraform/constructs/stage-dashboard";
export { StageMethodSettings, type StageMethodSettingsProps } from "./terraform/constructs/stage-method-settings";
export { type Metric, StageMetrics, type StageMetricsProps } from "./terraform/constructs/stage-metrics";
export { SubscriptionKeys, type SubscriptionKeysProps } from "./terraform/constructs/subscription-keys";
export { TierPlans, type TierPlansProps } from "./terraform/constructs/tier-plans";
export type { AssumedRole, DeploymentProps } from "./terraform/stacks/deployment";
export type { Environment } from "./terraform/stacks/key-variables";
export type { S3State, StateLocation } from "./terraform/stacks/state-location";
export { printSynthesis, synthesisSummary, synthesisWarnings } from "./terraform/stacks/synthesis-summary";
export { TierStack, type TierStackProps } from "./terraform/stacks/tier-stack";
export { TierStacks, type TierStacksProps } from "./terraform/stacks/tier-stacks";
export type { Finding, Severity } from "./text/finding";
export {
  ACCESS_LOG_FIELDS,
  ACCESS_LOG_FORMAT,
  type AccessLog,
  type AccessLogField,
  type AccessLogFormat,
  type AccessLogInput,
  type AccessLogLine,
  type RetentionDays,
} from "./vocabulary/access-log";
export type {
  AccountRateAlarm,
  AccountRateAlarmInput,
  Alarms,
  AlarmsInput,
  LatencyAlarm,
  LatencyAlarmInput,
  ShareAlarm,
  ShareAlarmInput,
} from "./vocabulary/alarms";
export type {
  Api,
  ApiInput,
  ApiSettings,
  OwnApi,
  OwnApiInput,
} from "./vocabulary/api";
export type { ApiEntry } from "./vocabulary/api-entry";
export type { Authorization, AuthorizationInput, AuthorizersInput } from "./vocabulary/authorization";
export type { Authorizer, AuthorizerInput, AuthorizerSettings } from "./vocabulary/authorizer";
export type { AwsService, AwsServiceInput } from "./vocabulary/aws-service";
export type { CalendarDay } from "./vocabulary/calendar-day";
export type { Canary, CanaryInput } from "./vocabulary/canary";
export { CatalogError } from "./vocabulary/catalog-error";
export type { Cohort, CohortInput } from "./vocabulary/cohort";
export type { Cors, CorsInput } from "./vocabulary/cors";
export type { AnswerHeaders } from "./vocabulary/cors-answers";
export type {
  DomainName,
  DomainNameEntry,
  DomainNameInput,
  ExistingDomainName,
  ExistingDomainNameInput,
  OwnDomainName,
  OwnDomainNameInput,
} from "./vocabulary/domain-name";
export type { EndpointType } from "./vocabulary/endpoint";
export type { ExistingApi, ExistingApiInput } from "./vocabulary/existing-api";
export {
  GATEWAY_RESPONSE_TYPES,
  type GatewayResponse,
  type GatewayResponseInput,
  type GatewayResponseType,
} from "./vocabulary/gateway-response";
export type { Handler, HandlerOptions, PolicyStatement } from "./vocabulary/handler";
export type { HttpMethod } from "./vocabulary/http-method";
export {
  type ImportedApi,
  type ImportedAuthorizer,
  type ImportedDomainName,
  type ImportedRoute,
  type ImportedStage,
  type ImportedSubscription,
  type ImportedTier,
  type ImportedValidator,
  type Imports,
  importsFromFile,
  type KeptAttributes,
  type RoutePart,
} from "./vocabulary/imports";
export type { Integration, IntegrationInput, MockAnswer } from "./vocabulary/integration";
export type {
  IntegrationResponseInput,
  IntegrationSettings,
  IntegrationSettingsInput,
} from "./vocabulary/integration-settings";
export type { JsonSchema, JsonType, ModelReference } from "./vocabulary/json-schema";
export type { KeyStore, KeyStoreInput, KeyStoreType } from "./vocabulary/key-store";
export type { KeyValueInput } from "./vocabulary/key-value";
export type { MappingExpression } from "./vocabulary/mapping-expression";
export type { CacheClusterSize, MethodCache, MethodCacheInput } from "./vocabulary/method-cache";
export type { Amount } from "./vocabulary/money";
export type { MutualTls, MutualTlsInput } from "./vocabulary/mutual-tls";
export type { NamedModel } from "./vocabulary/named-models";
export type { NegotiatedLimitsInput } from "./vocabulary/negotiated-limits";
export type {
  BandPricing,
  BasePrice,
  ChargedRequests,
  Price,
  PriceBand,
  PriceInput,
  PriceOnChange,
  RequestPrice,
} from "./vocabulary/price";
export type { Quota, QuotaPeriod } from "./vocabulary/quota";
export type { Place } from "./vocabulary/read-entry";
export type { ParameterPresence, RequestInput, RequestParameter, RequestRules } from "./vocabulary/request";
export type {
  ComputedRoutes,
  KnownRouteKey,
  Route,
  RouteInput,
  RouteKey,
  RoutesInput,
} from "./vocabulary/route";
export type { RouteSource } from "./vocabulary/route-source";
export type { SelfService, SelfServiceInput } from "./vocabulary/self-service";
export type { Stage, StageEntry, StageInput } from "./vocabulary/stage";
export type { StageDomain, StageDomainInput } from "./vocabulary/stage-domain";
export type { MethodSettings, StageSettings, StageSettingsInput } from "./vocabulary/stage-settings";
export type { Subscription } from "./vocabulary/subscription";
export type { PendingTierInput, SubscriptionDates, TrialInput } from "./vocabulary/subscription-dates";
export type { SubscriptionInput } from "./vocabulary/subscription-input";
export type { SubscriptionKey, SubscriptionKeyInput, SubscriptionKeysInput } from "./vocabulary/subscription-key";
export type { Tags } from "./vocabulary/tags";
export type { Throttle } from "./vocabulary/throttle";
export type { ComputedNames, NegotiatedTier, Tier, TierAccess, TierInput } from "./vocabulary/tier";
export type { VpcLink, VpcLinkInput } from "./vocabulary/vpc-link";
