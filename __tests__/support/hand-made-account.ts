import {
  APIGateway,
  type CreateAuthorizerRequest,
  type CreateDeploymentRequest,
  type PutIntegrationRequest,
  type PutMethodRequest,
} from "@aws-sdk/client-api-gateway";
import type { Workspace } from "./workspace";

const ACCOUNT = "us-east-1:123456789012";
const FUNCTIONS = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions";
const ROLE = "arn:aws:iam::123456789012:role/orders";
const JSON_TYPE = "application/json";

type Integration = Omit<PutIntegrationRequest, "restApiId" | "resourceId" | "httpMethod">;
/** What a status is answered with: its selection pattern, headers, models and template. */
interface Answer {
  readonly models?: Readonly<Record<string, string>>;
  readonly pattern?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly template?: string;
}
interface Asked extends Omit<PutMethodRequest, "restApiId" | "resourceId" | "httpMethod" | "authorizationType"> {
  readonly authorizationType?: string;
}

/** A client of the emulator's control plane. */
export const gatewayOf = ({ env }: Workspace): APIGateway =>
  new APIGateway({
    endpoint: env.AWS_ENDPOINT_URL as string,
    region: env.AWS_REGION as string,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });

/** An API as somebody makes it call by call. */
export class HandMadeApi {
  private constructor(
    readonly gateway: APIGateway,
    readonly id: string,
    private readonly resources: Map<string, string>,
  ) {}

  static async create(gateway: APIGateway, api: Parameters<APIGateway["createRestApi"]>[0]): Promise<HandMadeApi> {
    const { id = "", rootResourceId = "" } = await gateway.createRestApi(api);
    return new HandMadeApi(gateway, id, new Map([["", rootResourceId]]));
  }

  /** The id of the resource of a path, which is created with those above it. */
  private async resource(path: string): Promise<string> {
    const known = this.resources.get(path);
    if (known !== undefined) return known;
    const parent = path.slice(0, path.lastIndexOf("/"));
    const parentId = await this.resource(parent);
    const pathPart = path.slice(parent.length + 1);
    const { id = "" } = await this.gateway.createResource({ restApiId: this.id, parentId, pathPart });
    this.resources.set(path, id);
    return id;
  }

  /** A method with its integration; of a non-proxy one, with its answers by status. */
  async method(
    route: `${string} /${string}`,
    method: Asked,
    integration: Integration,
    answers: Readonly<Record<string, Answer>> = {},
  ): Promise<void> {
    const [httpMethod = "", path = ""] = route.split(" ");
    const target = { restApiId: this.id, resourceId: await this.resource(path === "/" ? "" : path), httpMethod };
    await this.gateway.putMethod({ ...target, authorizationType: "NONE", ...method });
    await this.gateway.putIntegration({ ...target, ...integration });
    for (const [statusCode, { pattern, headers = {}, models, template }] of Object.entries(answers)) {
      const named = Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value] as const);
      const declared = Object.fromEntries(named.map(([name]) => [name, false]));
      await this.gateway.putMethodResponse({
        ...target,
        statusCode,
        responseParameters: declared,
        ...(models === undefined ? {} : { responseModels: models }),
      });
      await this.gateway.putIntegrationResponse({
        ...target,
        statusCode,
        ...(pattern === undefined ? {} : { selectionPattern: pattern }),
        responseParameters: Object.fromEntries(named),
        ...(template === undefined ? {} : { responseTemplates: { [JSON_TYPE]: template } }),
      });
    }
  }

  async deploy(stageName: string, more: Omit<CreateDeploymentRequest, "restApiId"> = {}): Promise<void> {
    await this.gateway.createDeployment({ restApiId: this.id, stageName, ...more });
  }

  /** Sets what stages have by their paths, as the console does: `{ "tracingEnabled": "true" }`. */
  async set(stageName: string, values: Readonly<Record<string, string>>): Promise<void> {
    const patchOperations = Object.entries(values).map(([path, value]) => ({
      op: "replace" as const,
      path: `/${path}`,
      value,
    }));
    await this.gateway.updateStage({ restApiId: this.id, stageName, patchOperations });
  }

  invoke = (name: string): string => `${FUNCTIONS}/arn:aws:lambda:${ACCOUNT}:function:${name}/invocations`;
}

const KEY: Asked = { apiKeyRequired: true };
const lambda = (api: HandMadeApi, name: string, type: "AWS" | "AWS_PROXY" = "AWS_PROXY"): Integration => ({
  type,
  integrationHttpMethod: "POST",
  uri: api.invoke(name),
});
const service = (uri: string, template: string, more: Partial<Integration> = {}): Integration => ({
  type: "AWS",
  integrationHttpMethod: "POST",
  uri: `arn:aws:apigateway:us-east-1:${uri}`,
  credentials: ROLE,
  requestTemplates: { [JSON_TYPE]: template },
  ...more,
});
const DONE: Readonly<Record<string, Answer>> = {
  "200": {},
  "400": { pattern: "4\\d{2}" },
  "500": { pattern: "5\\d{2}" },
};

/** As AWS's guide answers preflights of several origins: what is allowed is said back. */
const ORIGINS = `#set($origin = $input.params("Origin"))
#if($origin == "")#set($origin = $input.params("origin"))#end
#if($origin == "https://shop.example.com" || $origin == "https://admin.example.com")
#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end`;

/**
 * Makes an account as somebody does it by hand, with nearly all that REST APIs can have; the id of its API "Orders".
 *
 * The emulator generates no client certificates and has no VPC endpoints or functions: of these there are ids and ARNs only,
 * as API Gateway takes them.
 */
export async function makeByHand(workspace: Workspace): Promise<string> {
  const gateway = gatewayOf(workspace);
  await makeStock(gateway);
  return makeOrders(workspace, gateway);
}

async function makeOrders(workspace: Workspace, gateway: APIGateway): Promise<string> {
  const api = await HandMadeApi.create(gateway, {
    name: "Orders",
    description: "What customers order",
    endpointConfiguration: { types: ["REGIONAL"] },
    binaryMediaTypes: ["image/png"],
    minimumCompressionSize: 1_024,
    disableExecuteApiEndpoint: true,
    tags: { team: "orders" },
  });
  const restApiId = api.id;
  const authorizer = async (given: Omit<CreateAuthorizerRequest, "restApiId">): Promise<string> =>
    (await gateway.createAuthorizer({ restApiId, ...given })).id ?? "";
  const partners = await authorizer({
    name: "Partners",
    type: "TOKEN",
    authorizerUri: api.invoke("partners"),
    identitySource: "method.request.header.X-Partner",
    identityValidationExpression: "^[A-Za-z0-9-_]+$",
    authorizerResultTtlInSeconds: 60,
  });
  const tenants = await authorizer({
    name: "Tenants",
    type: "REQUEST",
    authorizerUri: api.invoke("tenants:live"),
    identitySource: "method.request.header.Authorization, method.request.querystring.tenant, context.identity.sourceIp",
    authorizerResultTtlInSeconds: 0,
  });
  const staff = await authorizer({
    name: "Staff",
    type: "COGNITO_USER_POOLS",
    providerARNs: [`arn:aws:cognito-idp:${ACCOUNT}:userpool/us-east-1_staff`],
    identitySource: "method.request.header.Authorization",
  });
  await gateway.createModel({
    restApiId,
    name: "Order",
    contentType: JSON_TYPE,
    schema: '{"type": "object", "required": ["items"]}',
  });
  const validator = async (name: string, checks: object): Promise<string> =>
    (await gateway.createRequestValidator({ restApiId, name, ...checks })).id ?? "";
  const ofBodies = await validator("Validate body", { validateRequestBody: true });
  const ofParameters = await validator("Validate query string parameters and headers", {
    validateRequestParameters: true,
  });
  const link = await gateway.createVpcLink({
    name: "orders",
    targetArns: [`arn:aws:elasticloadbalancing:${ACCOUNT}:loadbalancer/net/orders/0a1b2c3d4e5f6a7b`],
  });
  const asked = (authorizerId: string, more: Asked = {}): Asked => ({
    authorizationType: "CUSTOM",
    authorizerId,
    ...more,
  });

  await api.method(
    "GET /orders",
    { ...asked(tenants, KEY), requestParameters: { "method.request.querystring.page": false } },
    {
      type: "HTTP",
      integrationHttpMethod: "POST",
      uri: "http://orders.internal/search",
      connectionType: "VPC_LINK",
      connectionId: link.id,
      timeoutInMillis: 5_000,
      cacheKeyParameters: ["method.request.querystring.page"],
      passthroughBehavior: "WHEN_NO_TEMPLATES",
      requestParameters: {
        "integration.request.header.X-Customer": "context.authorizer.principalId",
        "integration.request.querystring.page": "method.request.querystring.page",
      },
      requestTemplates: { [JSON_TYPE]: '{"page": "$input.params(\'page\')"}' },
    },
    {
      "200": {
        headers: { "X-Total": "integration.response.header.X-Total" },
        template: '{"orders": $input.json("$.items")}',
      },
      "404": { pattern: "404", template: '{"message": "None"}' },
    },
  );
  await api.method(
    "POST /orders",
    asked(tenants, KEY),
    service("sqs:path/123456789012/orders", "Action=SendMessage&MessageBody=$util.urlEncode($input.body)", {
      passthroughBehavior: "NEVER",
      requestParameters: { "integration.request.header.Content-Type": "'application/x-www-form-urlencoded'" },
    }),
    DONE,
  );
  await api.method(
    "GET /orders/{id}",
    {
      authorizationType: "COGNITO_USER_POOLS",
      authorizerId: staff,
      authorizationScopes: ["orders/read", "orders/write"],
    },
    service("dynamodb:action/GetItem", '{"TableName": "orders", "Key": {"id": {"S": "$input.params(\'id\')"}}}'),
    DONE,
  );
  await api.method(
    "PUT /orders/{id}",
    asked(tenants, { ...KEY, requestModels: { [JSON_TYPE]: "Order" }, requestValidatorId: ofBodies }),
    {
      ...lambda(api, "orders:${stageVariables.alias}", "AWS"),
      requestParameters: { "integration.request.header.X-Amz-Invocation-Type": "'Event'" },
      requestTemplates: { [JSON_TYPE]: '{"id": "$input.params(\'id\')", "order": $input.json("$")}' },
      contentHandling: "CONVERT_TO_TEXT",
    },
    { "202": {}, "500": { pattern: "Error: .*", headers: { "X-Error": "integration.response.body.errorMessage" } } },
  );
  await api.method("DELETE /orders/{id}", asked(partners), lambda(api, "orders:${stageVariables.alias}"));
  await api.method(
    "ANY /files/{proxy+}",
    { ...KEY, requestParameters: { "method.request.path.proxy": true } },
    {
      type: "HTTP_PROXY",
      integrationHttpMethod: "ANY",
      uri: "https://${stageVariables.host}/{proxy}",
      requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" },
      tlsConfig: { insecureSkipVerification: true },
    },
  );
  await api.method(
    "GET /receipts/{id}",
    {
      ...KEY,
      requestParameters: { "method.request.path.id": true, "method.request.querystring.locale": true },
      requestValidatorId: ofParameters,
    },
    {
      type: "AWS",
      integrationHttpMethod: "GET",
      uri: "arn:aws:apigateway:us-east-1:s3:path/receipts/{key}.pdf",
      credentials: ROLE,
      requestParameters: { "integration.request.path.key": "method.request.path.id" },
    },
    {
      "200": { headers: { "Content-Type": "integration.response.header.Content-Type" } },
      "404": { pattern: "403|404", template: "" },
    },
  );
  await api.method(
    "POST /runs",
    { authorizationType: "AWS_IAM" },
    service(
      "states:action/StartExecution",
      `{"input": "$util.escapeJavaScript($input.json('$'))", "stateMachineArn": "arn:aws:states:${ACCOUNT}:stateMachine:runs"}`,
    ),
    DONE,
  );
  await api.method(
    "POST /events",
    KEY,
    service(
      "events:action/PutEvents",
      '#set($context.requestOverride.header.X-Amz-Target = "AWSEvents.PutEvents")\n{"Entries": [{"Source": "orders", "Detail": "$util.escapeJavaScript($input.body)"}]}',
    ),
    DONE,
  );
  await api.method(
    "GET /health",
    {},
    {
      type: "MOCK",
      requestTemplates: { [JSON_TYPE]: '{"statusCode": #if($input.params("down") == "1")503#{else}200#end}' },
    },
    { "200": { template: '{"up": true}' }, "503": { pattern: "503", headers: { "Retry-After": "'60'" } } },
  );
  await api.method(
    "GET /version",
    KEY,
    { type: "MOCK", requestTemplates: { [JSON_TYPE]: '{"statusCode": 200}' } },
    { "200": { template: '{"version": 3}' } },
  );
  for (const path of ["/orders", "/orders/{id}"] as const)
    await api.method(
      `OPTIONS ${path}`,
      {},
      { type: "MOCK", requestTemplates: { [JSON_TYPE]: '{"statusCode": 200}' } },
      {
        "200": {
          headers: {
            "Access-Control-Allow-Headers": "'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token'",
            "Access-Control-Allow-Methods": "'GET,POST,PUT,DELETE,OPTIONS'",
            "Access-Control-Allow-Origin": "'https://shop.example.com'",
            Vary: "'Origin'",
          },
          template: ORIGINS,
        },
      },
    );
  await gateway.putGatewayResponse({
    restApiId,
    responseType: "QUOTA_EXCEEDED",
    statusCode: "402",
    responseParameters: { "gatewayresponse.header.X-Note": "'buy more'" },
    responseTemplates: { [JSON_TYPE]: '{"message":$context.error.messageString,"plans":"https://example.com/plans"}' },
  });
  await gateway.putGatewayResponse({
    restApiId,
    responseType: "DEFAULT_5XX",
    responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
    responseTemplates: { [JSON_TYPE]: '{"message":$context.error.messageString}' },
  });
  await api.deploy("prod", { description: "The first", variables: { alias: "live", host: "backend.example.com" } });
  await api.deploy("test", { variables: { alias: "test", host: "test-backend.example.com" } });
  await api.set("prod", {
    description: "Live",
    tracingEnabled: "true",
    cacheClusterEnabled: "true",
    cacheClusterSize: "0.5",
    clientCertificateId: "c1e2r3",
    "accessLogSettings/destinationArn": `arn:aws:logs:${ACCOUNT}:log-group:orders`,
    "accessLogSettings/format":
      '{"id":"$context.requestId","who":"$context.identity.apiKeyId","when":"$context.requestTimeEpoch","what":"$context.status"}',
    "*/*/metrics/enabled": "true",
    "*/*/logging/loglevel": "ERROR",
    "*/*/throttling/rateLimit": "100.5",
    "*/*/throttling/burstLimit": "200",
    "~1orders/GET/caching/enabled": "true",
    "~1orders/GET/caching/ttlInSeconds": "60",
    "~1orders/GET/caching/dataEncrypted": "true",
    "~1orders/GET/caching/requireAuthorizationForCacheControl": "false",
    "~1orders/GET/caching/unauthorizedCacheControlHeaderStrategy": "FAIL_WITH_403",
    "~1files~1{proxy+}/ANY/throttling/rateLimit": "1",
    "~1files~1{proxy+}/ANY/throttling/burstLimit": "2",
  });
  await api.set("test", {
    "accessLogSettings/destinationArn": `arn:aws:logs:${ACCOUNT}:log-group:tests`,
    "accessLogSettings/format":
      '$context.identity.sourceIp [$context.requestTime] "$context.httpMethod $context.resourcePath" $context.status $context.requestId',
  });
  await api.deploy("prod", {
    description: "The next",
    canarySettings: {
      percentTraffic: 12.5,
      stageVariableOverrides: { host: "next-backend.example.com" },
      useStageCache: true,
    },
  });
  const acl = ["--name", "orders", "--scope", "REGIONAL", "--default-action", "Allow={}"];
  const seen = "SampledRequestsEnabled=false,CloudWatchMetricsEnabled=false,MetricName=orders";
  const webAclArn = workspace.aws("wafv2", "create-web-acl", ...acl, "--visibility-config", seen).Summary.ARN;
  const stageArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/prod`;
  workspace.aws("wafv2", "associate-web-acl", "--web-acl-arn", webAclArn, "--resource-arn", stageArn);

  await gateway.createDomainName({
    domainName: "api.example.com",
    regionalCertificateArn: `arn:aws:acm:${ACCOUNT}:certificate/a-1`,
    endpointConfiguration: { types: ["REGIONAL"] },
    securityPolicy: "TLS_1_2",
  });
  await gateway.createDomainName({
    domainName: "old.example.com",
    certificateArn: `arn:aws:acm:${ACCOUNT}:certificate/b-2`,
    endpointConfiguration: { types: ["EDGE"] },
    securityPolicy: "TLS_1_0",
  });
  for (const [domainName, basePath, stage] of [
    ["api.example.com", "orders", "prod"],
    ["api.example.com", "test", "test"],
    ["old.example.com", undefined, "prod"],
  ] as const)
    await gateway.createBasePathMapping({ domainName, restApiId, stage, ...(basePath && { basePath }) });
  return restApiId;
}

async function makeStock(gateway: APIGateway): Promise<void> {
  const api = await HandMadeApi.create(gateway, {
    name: "Stock",
    endpointConfiguration: { types: ["PRIVATE"], vpcEndpointIds: ["vpce-0123456789abcdef1", "vpce-0123456789abcdef0"] },
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: "execute-api:Invoke",
          Resource: "execute-api:/*",
          Condition: { StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } },
        },
      ],
    }),
  });
  await api.method("GET /stock", KEY, {
    type: "HTTP_PROXY",
    integrationHttpMethod: "GET",
    uri: "https://stock.example.com",
  });
  await api.method(
    "GET /stock/{id}",
    { ...KEY, requestParameters: { "method.request.path.id": true } },
    {
      type: "HTTP",
      integrationHttpMethod: "GET",
      uri: "https://stock.example.com/{id}",
      requestParameters: { "integration.request.path.id": "method.request.path.id" },
    },
    { "200": {} },
  );
  const origin = "'https://stock.example.com'";
  for (const path of ["/stock", "/stock/{id}"] as const)
    await api.method(
      `OPTIONS ${path}`,
      {},
      {
        type: "MOCK",
        passthroughBehavior: "WHEN_NO_TEMPLATES",
        requestTemplates: { [JSON_TYPE]: '{"statusCode":204}' },
      },
      {
        "204": {
          headers: {
            "Access-Control-Allow-Headers": "'x-api-key'",
            "Access-Control-Allow-Methods": "'GET,OPTIONS'",
            "Access-Control-Allow-Origin": origin,
          },
        },
      },
    );
  for (const responseType of ["DEFAULT_4XX", "DEFAULT_5XX"] as const)
    await gateway.putGatewayResponse({
      restApiId: api.id,
      responseType,
      responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": origin },
      responseTemplates: { [JSON_TYPE]: '{"message":$context.error.messageString}' },
    });
  await api.deploy("live");
}
