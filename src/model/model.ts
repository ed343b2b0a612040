import type { GatewayResponseType } from "../vocabulary/gateway-response";
import type { HttpMethod } from "../vocabulary/http-method";
import type { Price } from "../vocabulary/price";
import type { Quota } from "../vocabulary/quota";
import type { Throttle } from "../vocabulary/throttle";
import type { UnsupportedCall, UnsupportedPart } from "./unsupported";

/**
 * What Terraform files say of API Gateway: synthesized stacks, or what `terraform show -json` prints. It holds no
 * value of any key, whatever the files hold.
 */
export interface GatewayModel {
  /** Sorted by id. */
  readonly apis: readonly ApiModel[];
  /** Sorted by id. */
  readonly plans: readonly UsagePlanModel[];
  /** Sorted by id. */
  readonly keys: readonly KeyModel[];
  /** What the files name by its id in AWS, and do not manage. */
  readonly external: ExternalResources;
  /** What stands in the files, concerns API Gateway, and is not or only in part in this model. */
  readonly unsupported: readonly Unsupported[];
}

/** Resources that are managed elsewhere: little but their ids is known. Each list is sorted by `awsId`. */
export interface ExternalResources {
  readonly apis: readonly ExternalApi[];
  readonly plans: readonly ExternalPlan[];
  readonly keys: readonly ExternalKey[];
}

/** An API that is managed elsewhere, with those parts of it that are in the files. */
export interface ExternalApi {
  readonly external: true;
  readonly awsId: string;
  /** Unique among all APIs: by it plans name the API. The catalog's id for it, where a catalog has one. */
  readonly id: string;
  readonly name: string;
  /** Sorted by path, then method. */
  readonly routes: readonly RouteModel[];
  /** Sorted by name. */
  readonly stages: readonly StageModel[];
}

/** A usage plan that is managed elsewhere: nobody knows from here what it opens, and what its limits are. */
export interface ExternalPlan {
  readonly external: true;
  readonly awsId: string;
  /** Unique among all plans. */
  readonly id: string;
  /** Keys that the files put into it. */
  readonly keys: readonly (KeyModel | ExternalKey)[];
}

/** A key that is managed elsewhere, and that the files put into a plan. */
export interface ExternalKey {
  readonly external: true;
  readonly awsId: string;
  /** Unique among all keys. */
  readonly id: string;
  /** Id of the subscription in the catalog that puts it into plans; `undefined` where none does. */
  readonly subscription: string | undefined;
  /** Its name among the keys of the subscription, `main` for the only one; `undefined` where no subscription has it. */
  readonly key: string | undefined;
  /** The stack that puts it into plans; `undefined` for what `terraform show -json` printed. */
  readonly stack: string | undefined;
  /** Its name in AWS, where the files say it; otherwise its id there. */
  readonly name: string;
}

/** Where something stands: `access: aws_api_gateway_usage_plan.gold`; without the stack where there is only one file. */
export interface Origin {
  /** The synthesized stack; `undefined` for what `terraform show -json` printed. */
  readonly stack: string | undefined;
  /** Terraform's address in that stack. */
  readonly address: string;
}

/** A resource that was left out, or a part of one. */
export type Unsupported = Origin & UnsupportedPart;

export interface ApiModel extends Origin {
  /** Unique among the APIs: by it people call the API, and plans name it. */
  readonly id: string;
  /** Its id in the catalog; `undefined` where this project did not create it. */
  readonly api: string | undefined;
  /** Its id in AWS; `undefined` where AWS has given none yet. */
  readonly awsId: string | undefined;
  /** Its name in AWS. */
  readonly name: string;
  /** Its id as a part of a URL; unique among the APIs, and it begins with a letter or a digit. */
  readonly slug: string;
  /** Empty where there is none. */
  readonly description: string;
  readonly keySource: "HEADER" | "AUTHORIZER";
  /** Media types whose bodies reach an integration as bytes, such as `image/png`. */
  readonly binaryMediaTypes: readonly string[];
  /** Sorted by path, then method. */
  readonly routes: readonly RouteModel[];
  readonly gatewayResponses: ReadonlyMap<GatewayResponseType, GatewayResponseModel>;
  /**
   * JSON schemas (draft 4) of bodies by the names of their models; one refers to another by
   * `https://apigateway.amazonaws.com/restapis/this/models/<name>`.
   */
  readonly models: ReadonlyMap<string, string>;
  /** `EDGE`, `REGIONAL` or `PRIVATE`. */
  readonly endpointTypes: readonly string[];
  /** Whether it answers under its custom domain names alone. */
  readonly disableExecuteApiEndpoint: boolean;
  /** Who may call it; `undefined` where everyone may. */
  readonly policy: ResourcePolicyModel | undefined;
  /** Sorted by name. */
  readonly stages: readonly StageModel[];
}

/**
 * A resource policy. In its texts `execute-api:` stands for the API's own execution ARN, as AWS lets people write it.
 */
export interface ResourcePolicyModel extends Origin {
  /** `undefined` for one that is not JSON, or that is known only after a deploy. */
  readonly document: Readonly<Record<string, unknown>> | undefined;
}

/** One method on one path. */
export interface RouteModel extends Origin {
  /** `GET /pets/{id}`. */
  readonly key: string;
  readonly method: HttpMethod;
  readonly path: string;
  /** What API Gateway calls it in SDKs; `undefined` for nothing. */
  readonly operationName: string | undefined;
  readonly apiKeyRequired: boolean;
  /** `NONE`, `CUSTOM` (an authorizer of ours), `AWS_IAM` or `COGNITO_USER_POOLS`. */
  readonly authorization: string;
  /** Only with `CUSTOM` and `COGNITO_USER_POOLS`. */
  readonly authorizer: AuthorizerModel | undefined;
  /** Scopes of which an access token must have one; none where an identity token is asked for. */
  readonly authorizationScopes: readonly string[];
  /** Addresses of the integration and of its responses, in the same stack. */
  readonly parts: readonly string[];
  /** Parameters that the route declares, such as `method.request.querystring.page`, and whether they are required. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  /** JSON schemas (draft 4) of bodies, by media type. */
  readonly requestModels: Readonly<Record<string, string>>;
  /** Schemas of the models to which these refer, also by way of others, by name; `undefined` for one that is not known. */
  readonly referredModels: Readonly<Record<string, string | undefined>>;
  /** Which parts of a request are checked. */
  readonly validates: { readonly body: boolean; readonly parameters: boolean };
  readonly integration: IntegrationModel;
}

export type IntegrationModel =
  | MockIntegration
  | HttpIntegration
  | LambdaIntegration
  | ServiceIntegration
  | IntegrationByStage
  | UnsupportedIntegration;

/** How the requests and answers of an integration that is not a proxy are transformed. */
export interface Mapping {
  /** Mapping templates by media type. */
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly passthroughBehavior: PassthroughBehavior;
  readonly responses: readonly IntegrationResponseModel[];
}

export interface MockIntegration extends Mapping {
  readonly type: "mock";
}

export type PassthroughBehavior = "WHEN_NO_MATCH" | "WHEN_NO_TEMPLATES" | "NEVER";

/** An integration response. */
export interface IntegrationResponseModel {
  readonly statusCode: number;
  /**
   * A regular expression over the status that the integration answered, or over the error message of a function;
   * `undefined` for the default response.
   */
  readonly selectionPattern: string | undefined;
  /** Fixed headers by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** What other headers are mapped from, by name: `integration.response.header.X`. */
  readonly mappedHeaders: Readonly<Record<string, string>>;
  /** Mapping templates by media type. */
  readonly templates: Readonly<Record<string, string>>;
}

/** `HTTP_PROXY`, or `HTTP` where there is a mapping. */
export interface HttpIntegration {
  readonly type: "http";
  /** May hold `{parameters}` and `${stageVariables.x}`. */
  readonly url: string;
  /** Method of the call to the backend; `undefined` for that of the request. */
  readonly method: HttpMethod | undefined;
  /** `integration.request.path.id` → `method.request.path.id`. */
  readonly requestParameters: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
  /** `undefined` for a proxy. */
  readonly mapping: Mapping | undefined;
  /** Whether nobody reaches it from here: it is behind a VPC link, or its host is known only after a deploy. */
  readonly needsBackend: boolean;
}

/** `AWS_PROXY`, or `AWS` to a function where there is a mapping. */
export interface LambdaIntegration {
  readonly type: "lambda";
  readonly function: FunctionModel;
  /**
   * Version or alias that is called, which may hold `${stageVariables.x}`; `undefined` for the function itself, `*` where it is
   * known only after a deploy.
   */
  readonly qualifier: string | undefined;
  /** Method of the call to Lambda, which takes POST alone. */
  readonly method: string | undefined;
  /** Who may call the function; `undefined` where API Gateway calls it in a role. */
  readonly permissions: readonly InvocationPermission[] | undefined;
  /** `integration.request.header.X` → `method.request.header.X`. */
  readonly requestParameters: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
  /** `undefined` for a proxy. */
  readonly mapping: Mapping | undefined;
}

/** `AWS` to another service than Lambda. */
export interface ServiceIntegration {
  readonly type: "service";
  /** As its URI has it: `sqs`, `dynamodb`, `states`. */
  readonly service: string;
  readonly region: string;
  /** Of the API that is called, such as `PutItem`; `undefined` where the path says it. */
  readonly action: string | undefined;
  /** Without the slash in front; empty for an action. May hold `{parameters}` and `${stageVariables.x}`. */
  readonly path: string;
  readonly method: HttpMethod | undefined;
  readonly requestParameters: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds: number;
  readonly mapping: Mapping;
}

/** An `aws_lambda_permission` by which an API may call a function. */
export interface InvocationPermission extends Origin {
  /** Version or alias that may be called; `undefined` for the function itself, `*` where it is known only after a deploy. */
  readonly qualifier: string | undefined;
  /**
   * What calls, as a pattern of what follows the API's execution ARN: `{stage}/GET/pets`, `authorizers/*`; `undefined` where
   * that is known only after a deploy.
   */
  readonly source: string | undefined;
}

/** An integration whose function is named by a stage variable. */
export interface IntegrationByStage {
  readonly type: "by-stage";
  /** By the name of the stage. */
  readonly stages: ReadonlyMap<string, Exclude<IntegrationModel, IntegrationByStage>>;
}

/** An integration that cannot be run here. */
export interface UnsupportedIntegration {
  readonly type: "other";
  readonly because: UnsupportedCall;
}

/** A Lambda function whose code stands in a zip file beside the stack. */
export interface FunctionModel extends Origin {
  readonly name: string;
  /** Absolute path of the zip file. */
  readonly zip: string;
  /** Of the code, base64, where it is given; changes with the code. */
  readonly codeHash: string | undefined;
  /** `index.handler`. */
  readonly handler: string;
  /** `nodejs22.x`. */
  readonly runtime: string;
  readonly timeoutSeconds: number;
  /** Megabytes. */
  readonly memorySize: number;
  /** Values that are known before a deploy. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface AuthorizerModel extends Origin {
  readonly name: string;
  readonly type: "TOKEN" | "REQUEST" | "COGNITO_USER_POOLS";
  /** `method.request.header.Authorization`; several, separated by commas, with `REQUEST`. */
  readonly identitySource: string;
  /** A token that does not match is refused without a call; `undefined` for none. */
  readonly identityValidationExpression: string | undefined;
  /** How long a result is used again, in seconds; 0 for never. */
  readonly resultTtlSeconds: number;
  /** Who decides, or why that cannot be asked here. */
  readonly function: FunctionModel | UnsupportedIntegration;
  /** Version or alias that is called. */
  readonly qualifier: string | undefined;
  /** Who may call the function; `undefined` where API Gateway calls it in a role. */
  readonly permissions: readonly InvocationPermission[] | undefined;
  /** User pools whose tokens are taken, as ARNs; those that are known only after a deploy are left out. */
  readonly userPools: readonly string[];
}

/** A gateway error. */
export interface GatewayResponseModel extends Origin {
  readonly statusCode: number | undefined;
  /** Fixed headers by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** What other headers are mapped from, by name: `method.request.header.Origin`. */
  readonly mappedHeaders: Readonly<Record<string, string>>;
  /** Templates by media type. */
  readonly templates: Readonly<Record<string, string>>;
}

export interface StageModel extends Origin {
  readonly name: string;
  /** The same, where this project created it; `undefined` otherwise. */
  readonly stage: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  /**
   * How fast all clients together may call a method, by route key (`GET /pets`); `*` stands for each other method.
   */
  readonly methodThrottles: ReadonlyMap<string, Throttle>;
  /** Where it answers under domain names of the team's, such as `https://api.example.com/v1`; sorted. */
  readonly customUrls: readonly string[];
  /** What filters its requests; `undefined` for nothing. */
  readonly webAcl: WebAclModel | undefined;
  /** What a line of its access log says, as API Gateway writes it; `undefined` where it has none, or it is known only later. */
  readonly accessLogFormat: string | undefined;
  /** The part of the requests that gets other variables; `undefined` for none. */
  readonly canary: CanaryModel | undefined;
  /** Addresses of its settings and associations, in the stack in which they stand. */
  readonly parts: readonly string[];
}

/** An `aws_wafv2_web_acl` that a stage is associated with. */
export interface WebAclModel extends Origin {
  /** What becomes of requests that no rule matches; `undefined` where that is not in these files. */
  readonly defaultAction: "allow" | "block" | undefined;
  /** How many rules it has, none of which is evaluated. */
  readonly rules: number;
}

export interface CanaryModel {
  /** 0 to 100. */
  readonly percentTraffic: number;
  /** Variables of the stage, with those that the canary overrides. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface UsagePlanModel extends Origin {
  /** Unique among the plans: by it people call the plan. */
  readonly id: string;
  /** Id of the tier in the catalog; `undefined` where this project did not create the plan. */
  readonly tier: string | undefined;
  /** Id of the subscription whose own limits the plan has; `undefined` for a plan of all customers of its tier. */
  readonly negotiatedFor: string | undefined;
  /** Its id in AWS; `undefined` where AWS has given none yet. */
  readonly awsId: string | undefined;
  /** The Region in which it is; `undefined` where the files do not say it. */
  readonly region: string | undefined;
  /** Its name in AWS. */
  readonly name: string;
  /** Empty where there is none. */
  readonly description: string;
  /** Whether it takes no new customers, as far as this project made it. */
  readonly closed: boolean;
  /** `undefined` for no limit. */
  readonly throttle: Throttle | undefined;
  /** `undefined` for no limit. */
  readonly quota: Quota | undefined;
  /** What its tier costs; `undefined` where no price is written, `"unknown"` where it cannot be read. */
  readonly price: Price | "unknown" | undefined;
  readonly stages: readonly UsagePlanStage[];
  /** Whether it covers other stages, which are known only after the apply. */
  readonly hasUnknownStages: boolean;
  /** Limits that are known only after a deploy; they are missing here. */
  readonly unknownLimits: readonly ("quota" | "throttle")[];
  /** Keys that are in the plan. Sorted by id. */
  readonly keys: readonly KeyModel[];
  /** Keys that the files put into the plan and do not manage. Sorted by id. */
  readonly externalKeys: readonly ExternalKey[];
  /** Whether others may be in it too: which ones is known only after the apply. */
  readonly hasUnknownKeys: boolean;
}

/** A stage that a plan covers. */
export interface UsagePlanStage {
  /** The API's id, which may be an external one. */
  readonly api: string;
  readonly stage: string;
  /** How fast each client may call a method, by route key (`GET /pets`), on this stage. */
  readonly methodThrottles: ReadonlyMap<string, Throttle>;
}

/** A customer's key; never its value. */
export interface KeyModel extends Origin {
  /** Unique among the keys: by it people call the key. */
  readonly id: string;
  /** Id of the subscription in the catalog; `undefined` where this project did not create the key. */
  readonly subscription: string | undefined;
  /** Its name among the keys of the subscription, `main` for the only one; `undefined` where no subscription has it. */
  readonly key: string | undefined;
  /** Its id in AWS; `undefined` where AWS has given none yet. */
  readonly awsId: string | undefined;
  /** When AWS created it, as Terraform says it; `undefined` where it does not. */
  readonly createdAt: string | undefined;
  /** Equal for keys of one value, within one run of the program; `undefined` where the value is not in the files. */
  readonly valueHash: string | undefined;
  /** Its name in AWS, which need not be unique there. */
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  /** The Terraform variable from which its value comes; `undefined` where AWS makes it. */
  readonly valueVariable: string | undefined;
  /** Whether it may be in other plans than those that name it: which ones is known only after the apply. */
  readonly hasUnknownPlans: boolean;
  /** Where its value is written for others to read; `undefined` where only API Gateway has it. */
  readonly handedOver: HandedOverKey | undefined;
}

/** A store that holds the value of a key, and the name of it there. */
export interface HandedOverKey {
  readonly store: "ssm" | "secretsmanager";
  readonly name: string;
}
