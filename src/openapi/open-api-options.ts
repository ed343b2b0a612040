import type { BasePathMode } from "../document/servers";
import type { ApiSettings } from "../vocabulary/api";
import type { AuthorizerInput } from "../vocabulary/authorizer";
import type { IntegrationInput } from "../vocabulary/integration";
import type { ComputedRoutes, RouteKey } from "../vocabulary/route";
import type { OpenApiOperation } from "./operations";

/** The name of a handler, or any integration of a route. */
export type OperationIntegration = string | IntegrationInput;

/**
 * What becomes of a security scheme that API Gateway cannot ask for by itself.
 *
 * - `API_KEY`: a caller needs an API key, because its routes are metered.
 * - `AWS_IAM`: a caller signs with AWS credentials.
 * - an authorizer: it is asked.
 * - `BACKEND`: API Gateway asks nothing and lets every caller through; the integration must check.
 */
export type SchemeUse = "API_KEY" | "AWS_IAM" | "BACKEND" | AuthorizerInput;

/**
 * How the operations of a document become routes.
 *
 * @typeParam OperationId the document's operation ids, for completion and checks in the editor: `keyof operations` of what
 * openapi-typescript generates from it, for one
 */
export interface OpenApiOptions<OperationId extends string = string> {
  /**
   * Who answers, by operationId (or by `"GET /pets"`), or a function that says it for each operation; a text is the name of
   * a handler. It goes before `x-amazon-apigateway-integration`.
   *
   * @default - what `x-amazon-apigateway-integration` says; an operation without one is an error
   */
  readonly integrations?:
    | { readonly [Id in OperationId | RouteKey]?: OperationIntegration }
    | ((operation: OpenApiOperation) => OperationIntegration | undefined);
  /**
   * What becomes of security schemes that API Gateway cannot ask for by itself, by name.
   *
   * @default - none; such a scheme is an error
   */
  readonly securitySchemes?: Readonly<Record<string, SchemeUse>>;
  /**
   * What is asked of callers of operations of which the document says nothing. AWS's import leaves them `OPEN`.
   *
   * @default "API_KEY"
   */
  readonly withoutSecurity?: "API_KEY" | "OPEN";
  /**
   * Operations that do not become routes, by operationId or by `"GET /pets"`; a star stands for any text: `"* /internal/*"`.
   * @default - none
   */
  readonly leaveOut?: readonly (OperationId | RouteKey | `${string}*${string}`)[];
  /**
   * Whether API Gateway answers 400 where a required parameter is missing, or where a JSON body does not fit its schema.
   *
   * @default - what the document's request validators say where it has words of AWS, which without a validator is nothing;
   * true for other documents
   */
  readonly validate?: boolean;
  /**
   * Values for what the document leaves open: `${name}` in its texts, and CloudFormation's `Fn::Sub`, `Ref` and `Fn::GetAtt`:
   * `{ "AWS::Region": "eu-central-1", "PetsFunction.Arn": "arn:aws:lambda:…" }`. A condition of `Fn::If` is `"true"` or `"false"`.
   *
   * @default - none; a text that is left open is an error where it decides on the API
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * How the base path of the document's servers becomes part of the routes, in AWS's words.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
   * @default "ignore"
   */
  readonly basePath?: BasePathMode;
}

/** What a document can say of an API, besides its routes. */
type DocumentSettings = Pick<
  ApiSettings,
  | "binaryMediaTypes"
  | "cors"
  | "description"
  | "disableExecuteApiEndpoint"
  | "endpointType"
  | "gatewayResponses"
  | "keySource"
  | "minimumCompressionSize"
  | "models"
  | "policy"
  | "vpcEndpointIds"
  | "vpcLinks"
>;

/** What an OpenAPI document says of an API; spread it into the API's entry. */
export interface OpenApiApi extends DocumentSettings {
  /** The document's title. */
  readonly name: string;
  /** Authorizers of the document, by the names of their schemes. */
  readonly authorizers?: Readonly<Record<string, AuthorizerInput>>;
  readonly routes: ComputedRoutes;
}
