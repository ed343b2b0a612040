import { join } from "node:path";
import fc from "fast-check";
import { GATEWAY_RESPONSE_TYPES } from "../../src/vocabulary/gateway-response";
import { arbitraryCatalog, type WrittenCatalog, type WrittenRoute } from "./arbitrary-catalog";

/** Where the handlers of these catalogs are. */
export const HANDLERS_FOLDER = join(__dirname, "handlers");

/** Texts that a template of Terraform or of API Gateway would evaluate, and that people write. */
const text = fc.constantFrom("Pets & more", 'The "Best" ${x} %{y}', "Größe 3 μm", "$context.stage #x");
const tags = fc.dictionary(fc.constantFrom("team", "Équipe", "cost-center"), fc.constantFrom("a", "b c", "1/2"));
const throttle = fc.record({
  rateLimit: fc.integer({ min: 1, max: 60 }),
  burstLimit: fc.integer({ min: 60, max: 99 }),
});
const optional = <Shape extends Record<string, fc.Arbitrary<unknown>>>(shape: Shape) =>
  fc.record(shape, { requiredKeys: [] });

const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:123456789012:${name}`;
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:keys";
const asked = {
  identitySource: fc.constantFrom("method.request.header.Authorization", "method.request.header.X-Token"),
};
const ttl = { resultTtlSeconds: fc.constantFrom(0, 300, 3_600) };
const role = { credentials: fc.constant("arn:aws:iam::123456789012:role/authorizers") };
const expression = { identityValidationExpression: fc.constantFrom("^Bearer [-0-9a-zA-z.]*$", "^[^${%{]+$") };
const settings = fc.oneof(
  optional({ type: fc.constant("TOKEN"), ...asked, ...ttl, ...role, ...expression }),
  optional({ ...asked, ...ttl, ...role }).map((each) => ({ type: "REQUEST", ...each })),
  fc.constant({ type: "REQUEST", identitySource: ["method.request.querystring.key", "context.identity.sourceIp"] }),
  fc.constant({ type: "REQUEST", identitySource: [], resultTtlSeconds: 0 }),
);
const authorizer = fc
  .tuple(fc.constantFrom({ lambda: FUNCTION }, { lambda: `${FUNCTION}:live` }, { handler: "hello" }), settings)
  .map(([who, how]) => ({ ...who, ...how }));
const POOL = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_example";
const cognito = fc
  .tuple(fc.constantFrom([POOL], [POOL, `${POOL}2`]), optional({ ...asked, ...ttl, ...expression }))
  .map(([userPools, how]) => ({ userPools, ...how }));
/** Authorizers that have names, of which the API's own may be one. */
const authorizers = optional({
  partners: authorizer,
  staff: cognito,
  "staff-2": cognito.map((each) => ({ name: 'The "Best" ${x}', ...each })),
});

const cors = fc
  .record(
    {
      allowOrigin: fc.constantFrom(
        "*",
        "https://app.example.com",
        ["https://b.example.com", "https://a.example.com"],
        ["https://${aws_cloudfront_distribution.app.domain_name}", "http://localhost:3000"],
      ),
      allowHeaders: fc.constantFrom(["x-api-key"], ["content-type", "x-api-key"]),
      allowMethods: fc.constantFrom(["GET", "POST"]),
      exposeHeaders: fc.constantFrom(["x-amzn-RequestId"]),
      maxAgeSeconds: fc.constantFrom(0, 600),
      allowCredentials: fc.boolean(),
    },
    { requiredKeys: ["allowOrigin"] },
  )
  .filter(({ allowOrigin, allowCredentials }) => allowOrigin !== "*" || !allowCredentials);

const gatewayResponses = fc.dictionary(
  fc.constantFrom(...GATEWAY_RESPONSE_TYPES),
  optional({
    statusCode: fc.constantFrom(402, 429, 503),
    headers: fc.dictionary(fc.constantFrom("Retry-After", "X-Note"), fc.constantFrom("1", 'a "b" ${x}')),
    template: fc.constantFrom('{"message":$context.error.messageString,"note":"${x} %{y}"}', "{}"),
  }),
  { maxKeys: 3 },
);

const policy = fc.constantFrom("2008-10-17", "2012-10-17").map((Version) => ({
  Version,
  Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" }],
}));

/** Schemas that refer to each other: in a row, in a circle, and into one. */
const models = fc.constantFrom(
  {
    Pet: { type: "object", description: "A pet ${x} %{y}", properties: { owner: { $ref: "#/models/Owner" } } },
    Owner: { type: "object", properties: { $ref: { pattern: "^${x}$" } }, enum: [{ $ref: "#/models/Nobody" }] },
  },
  {
    Pet: { type: "object", properties: { owner: { allOf: [{ $ref: "#/models/Owner" }, { minProperties: 1 }] } } },
    Owner: { type: "object", properties: { pets: { type: "array", items: { $ref: "#/models/Pet" } } } },
    Tree: { $schema: "http://json-schema.org/draft-04/schema#", items: { $ref: "#/models/Tree" } },
  },
);

const apiFields = fc
  .tuple(
    optional({
      name: text,
      description: text,
      endpointType: fc.constantFrom("REGIONAL", "EDGE", "PRIVATE"),
      vpcEndpointIds: fc.constantFrom(
        ["vpce-0123456789abcdef0", "vpce-0123456789abcdef1"],
        ["${aws_vpc_endpoint.x.id}"],
      ),
      binaryMediaTypes: fc.constantFrom(["*/*"], ["application/octet-stream", "image/png"]),
      minimumCompressionSize: fc.constantFrom(0, 1_024, 10_485_760),
      disableExecuteApiEndpoint: fc.constant(true),
      policy,
      models,
      vpcLinks: fc.constant({
        internal: { loadBalancerArn: arn("elasticloadbalancing", "loadbalancer/net/pets/0a1b2c3d4e5f6a7b"), tags: {} },
        shared: { id: "a1b2c3" },
      }),
      cors,
      gatewayResponses,
      tags,
      retiredHandlers: fc.constant(["goodbye"]),
    }),
    fc.option(
      fc.tuple(fc.oneof(authorizer, fc.constantFrom("AWS_IAM", "partners", "staff")), authorizers, fc.boolean()),
    ),
  )
  .map(([fields, given]) =>
    given ? { ...fields, ...authorized(given[0], given[1] as ApiFields["authorizers"], given[2]) } : fields,
  );

/** With the key source AUTHORIZER only where each route asks a function. */
function authorized(own: object | string, named: ApiFields["authorizers"] = {}, fromAuthorizer = false): object {
  const isFunction = typeof own === "object" || (own === "partners" && named.partners !== undefined);
  const isKnown = isFunction || own === "AWS_IAM" || (typeof own === "string" && named[own] !== undefined);
  return {
    ...(isKnown ? { authorizer: own } : {}),
    ...(Object.keys(named).length > 0 ? { authorizers: named } : {}),
    ...(isFunction ? { keySource: fromAuthorizer ? "AUTHORIZER" : "HEADER" } : {}),
  };
}

/** Bodies that need the models of their API. */
const REFERRING: readonly object[] = [
  { $ref: "#/models/Pet" },
  { $ref: "#/models/Owner" },
  { type: "array", items: { $ref: "#/models/Pet" } },
];

const presence = fc.constantFrom("required", "optional");
const request = optional({
  query: fc.dictionary(fc.constantFrom("page", "dry.run"), presence),
  headers: fc.dictionary(fc.constantFrom("If-Match", "Idempotency-Key"), presence),
  body: fc.constantFrom(
    {},
    { type: "object", required: ["name"] },
    { type: ["string", "null"], pattern: "^[^${%{]+$" },
    ...REFERRING,
  ),
});
const responses = fc.constantFrom(
  { 200: {} },
  {
    200: { headers: { "X-Note": "'a \"b\" ${x}'", ETag: "integration.response.header.ETag" } },
    404: {
      selectionPattern: "404|.*[Nn]one.*",
      templates: { "application/json": '{"note":"${x} %{y} $context.stage"}' },
    },
  },
  { 202: { contentHandling: "CONVERT_TO_TEXT" } },
);
const mapping = fc.record(
  {
    responses,
    requestTemplates: fc.constantFrom({ "application/json": '#set($x = 1){"statusCode": 200, "note": "${x} %{y}"}' }),
    passthroughBehavior: fc.constantFrom("NEVER", "WHEN_NO_TEMPLATES", "WHEN_NO_MATCH"),
  },
  { requiredKeys: ["responses"] },
);
const settingsOf = (proxy: Record<string, fc.Arbitrary<unknown>>) =>
  fc
    .tuple(optional({ timeoutMilliseconds: fc.constantFrom(50, 29_000), ...proxy }), fc.option(mapping))
    .map(([said, mapped]) => ({ ...said, ...(mapped ?? {}) }));
const calls = {
  headers: fc.constantFrom({ "X-Customer": "context.identity.apiKeyId", "X-Note": "'a \"b\" ${x}'" }),
  contentHandling: fc.constantFrom("CONVERT_TO_BINARY", "CONVERT_TO_TEXT"),
  cacheKeyParameters: fc.constantFrom(["method.request.querystring.page", "method.request.header.Accept"]),
};
const backendSettings = settingsOf({
  ...calls,
  httpMethod: fc.constantFrom("POST", "ANY"),
  vpcLink: fc.constantFrom("internal", "shared"),
  query: fc.constantFrom({ page: "method.request.querystring.page", host: "'a'" }),
  path: fc.constantFrom({ id: "'1'" }),
  insecureSkipVerification: fc.constant(true),
});
const functionSettings = settingsOf({
  ...calls,
  credentials: fc.constantFrom("arn:aws:iam::123456789012:role/invoke", "${aws_iam_role.invoke.arn}"),
});
const service = fc.constantFrom<object>(
  { sqs: { queueArn: arn("sqs", "orders") } },
  { sqs: { queueArn: "${aws_sqs_queue.orders.arn}", messageGroupId: "$context.identity.apiKeyId" } },
  { stepFunctions: { stateMachineArn: arn("states", "stateMachine:runs") } },
  { eventBridge: { eventBusArn: arn("events", "event-bus/pets"), source: "com.example", detailType: "Pet sold" } },
  { s3: { bucket: "objects", region: "eu-central-1", key: "a/b.json", action: "PutObject" } },
  { s3: { bucket: "objects", region: "cn-north-1", key: "a/b.json", action: "GetObject" } },
  {
    service: "sns",
    region: "us-gov-west-1",
    action: "Publish",
    statements: [{ actions: ["sns:Publish"], resources: [arn("sns", "notes")] }],
  },
);
const integrations = fc.oneof(
  backendSettings.map((integration) => ({ http: "https://backend.example.com/pets", integration })),
  functionSettings.map((integration) => ({ lambda: arn("lambda", "function:pets"), integration })),
  mapping
    // As AWS's console makes mocks: adoption then keeps it, and writes the short form.
    .filter(({ passthroughBehavior }) => passthroughBehavior !== "WHEN_NO_MATCH")
    .map((integration) => ({ mock: 200, integration })),
  service.map((aws) => ({ aws })),
  functionSettings.map((integration) => ({
    aws: { service: "dynamodb", region: "us-east-1", path: "/" },
    integration: { credentials: "arn:aws:iam::123456789012:role/rows", ...integration },
  })),
);

/** What a generated route may have beside who answers it, or in its place. */
const routeFields = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: request.map((each) => ({ request: each })) },
  { weight: 1, arbitrary: fc.constantFrom({ operationName: "listPets" }, { operationName: 'a "b" ${c}' }) },
  { weight: 4, arbitrary: integrations },
  { weight: 1, arbitrary: fc.constant({ handler: "hello" }) },
  { weight: 1, arbitrary: fc.constant({ handler: { name: "hello", memorySize: 512, timeoutSeconds: 5 } }) },
  { weight: 1, arbitrary: fc.constant({ http: "https://${aws_lb.main.dns_name}/pets" }) },
  { weight: 1, arbitrary: fc.constant({ source: { place: "pets.yaml", findings: [], needs: { authorizer: false } } }) },
);

const share = fc.constantFrom<unknown>(true, { percent: 0.57 }, { percent: 100, minutes: 1_440 });
const alarms = fc.record(
  {
    topicArn: fc.constantFrom("arn:aws:sns:us-east-1:123456789012:on-call", "${aws_sns_topic.on_call.arn}"),
    serverErrors: share,
    clientErrors: share,
    tooManyRequests: share,
    latency: fc.constantFrom<unknown>(true, { milliseconds: 800, percentile: 99.5, minutes: 2 }),
    integrationLatency: fc.constant(true),
    accountRate: fc.constantFrom<unknown>(true, { requestsPerSecond: 2_500, percent: 12.5 }),
  },
  { requiredKeys: ["topicArn", "serverErrors"] },
);

const stageFields = optional({
  description: text,
  tracing: fc.boolean(),
  clientCertificateId: fc.constantFrom("a1b2c3", "${aws_api_gateway_client_certificate.ours.id}"),
  variables: fc.dictionary(
    fc.constantFrom("host", "Table_1"),
    fc.constantFrom("a.example.com:8080/v1?x=1", "${aws_lb.main.dns_name}"),
  ),
  tags,
  accessLog: fc.constantFrom<unknown>(
    true,
    { retentionDays: 14 },
    { destinationArn: "arn:aws:logs:us-east-1:123456789012:log-group:access" },
    { format: { id: "$context.requestId", note: "${x} %{y}" } },
    {
      destinationArn: "arn:aws:logs:us-east-1:123456789012:log-group:access",
      format: '$context.extendedRequestId "${x} %{y}" $context.status',
    },
  ),
  cacheCluster: fc.constantFrom("0.5", "237"),
  webAclArn: fc.constantFrom(
    "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/pets/0a1b2c3d-1111-2222-3333-444455556666",
    "${aws_wafv2_web_acl.ours.arn}",
  ),
  releaseDescription: text,
  canary: fc.record(
    {
      percent: fc.constantFrom(0, 12.5, 100),
      variables: fc.constantFrom({ host: "b.example.com" }),
      useStageCache: fc.boolean(),
    },
    { requiredKeys: ["percent"] },
  ),
  settings: optional({
    metrics: fc.boolean(),
    logLevel: fc.constantFrom("OFF", "ERROR", "INFO"),
    throttle,
    cache: fc.oneof(
      fc.boolean(),
      optional({
        ttlSeconds: fc.constantFrom(1, 300, 3_600),
        encrypted: fc.boolean(),
        requireAuthorizationForCacheControl: fc.boolean(),
        unauthorizedCacheControlHeaderStrategy: fc.constantFrom(
          "FAIL_WITH_403",
          "SUCCEED_WITH_RESPONSE_HEADER",
          "SUCCEED_WITHOUT_RESPONSE_HEADER",
        ),
      }),
    ),
  }),
  alarms,
  dashboard: fc.boolean(),
}).map((stage) => {
  // Lines of the stage's own log tell the answers 429, if they have the status.
  const isCounted = stage.accessLog === true || JSON.stringify(stage.accessLog) === '{"retentionDays":14}';
  if (!stage.alarms || isCounted) return stage;
  const { tooManyRequests: _, ...others } = stage.alarms as Record<string, unknown>;
  return { ...stage, alarms: others };
});

const tierFields = optional({
  displayName: text,
  description: text,
  productCode: fc.constant("prod-1"),
  price: fc.constantFrom(
    { currency: "EUR", base: { amount: "49.00", each: "MONTH" } },
    { currency: "JPY", requests: { pricing: "VOLUME", bands: [{ unitPrice: 1 }] }, whileSuspended: "PAUSE" },
    {
      currency: "USD",
      base: { amount: 490, each: "YEAR" },
      included: 1_000,
      requests: { pricing: "GRADUATED", bands: [{ upTo: 10, unitPrice: "0.0010" }, { unitPrice: 0.0005 }] },
      counts: "2XX",
      onChange: { charge: "WHOLE_MONTH", quota: "CARRY" },
    },
  ),
  quota: fc.constantFrom(
    { limit: 100, period: "DAY" },
    { limit: 100, period: "WEEK", offset: 6 },
    { limit: 100, period: "MONTH", offset: 27 },
  ),
});

const subscriptionFields = optional({
  customer: text,
  keyName: fc.constantFrom("One name", "Another ${x}"),
  marketplaceCustomerId: fc.constantFrom("c-1", "c-2"),
  enabled: fc.boolean(),
  handOver: fc.constantFrom("ssm", "secretsmanager", false),
});
/** What must be each subscription's own. */
const ownFields = optional({
  keyValue: fc.constant(true),
  formerId: fc.constant(true),
  trial: fc.constant(true),
  keys: fc.boolean(),
  limits: fc.boolean(),
  dates: fc.nat(3),
  existingKey: fc.nat(5).map((one) => one === 0),
});

const keyStore = fc.record(
  {
    type: fc.constantFrom("ssm", "secretsmanager"),
    prefix: fc.constant("/acme/keys/"),
    kmsKeyId: fc.constant("arn:aws:kms:us-east-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666"),
  },
  { requiredKeys: ["type"] },
);

const MOST = 12;
const several = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.array(arbitrary, { minLength: MOST, maxLength: MOST });

const selfService = optional({
  name: fc.constant("acme_self-service"),
  verification: fc.boolean(),
  verifyWithinDays: fc.integer({ min: 1, max: 365 }),
  rotationGraceHours: fc.integer({ min: 0, max: 2_160 }),
  paymentGraceDays: fc.integer({ min: 0, max: 365 }),
  keepRetiredKeysDays: fc.integer({ min: 1, max: 365 }),
  handOver: fc.constantFrom("answer", "ssm", "secretsmanager"),
  eventBus: fc.constant("acme"),
  retired: fc.boolean(),
});

const domainNames = optional({
  securityPolicy: fc.constantFrom("TLS_1_0", "TLS_1_2"),
  tags,
  formerStages: fc.constant(true),
});
const mutualTls = fc.record(
  {
    truststoreUri: fc.constantFrom("s3://acme-truststore/clients.pem", "s3://${aws_s3_bucket.trust.id}/clients.pem"),
    truststoreVersion: fc.constant("v-1"),
    ownershipVerificationCertificateArn: fc.constant("arn:aws:acm:us-east-1:123456789012:certificate/b-2"),
  },
  { requiredKeys: ["truststoreUri"] },
);
/** Domain names as they are written, but for the stages that had them before. */
const domainName = fc
  .tuple(domainNames, fc.constantFrom("REGIONAL", "EDGE"), fc.option(mutualTls), fc.nat(5))
  .map(([fields, endpointType, asked, kind]): WrittenDomainName => {
    if (kind === 0) return { existing: true, ...(fields.formerStages === true ? { formerStages: [] } : {}) };
    return {
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a-1",
      endpointType,
      ...fields,
      ...(asked && { mutualTls: asked as object, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" }),
      ...(fields.formerStages === true ? { formerStages: [] } : {}),
    };
  });

interface WrittenDomainName {
  [field: string]: unknown;
}

export interface WholeCatalog extends WrittenCatalog {
  domainNames?: Record<string, WrittenDomainName>;
  keyStore?: object;
  selfService?: object;
}

/** Catalogs that are right, of all shapes, with every word of the vocabulary. */
export const wholeCatalog: fc.Arbitrary<WholeCatalog> = fc
  .record({
    base: arbitraryCatalog,
    apis: several(apiFields),
    routes: several(routeFields),
    asked: several(fc.nat(20)),
    stages: several(stageFields),
    domains: several(fc.boolean()),
    domainNames: several(domainName),
    tiers: several(tierFields),
    throttled: several(fc.option(throttle, { nil: undefined })),
    subscriptions: several(subscriptionFields),
    own: several(ownFields),
    // Each handler is bundled again for each catalog, which takes longer than all the rest.
    hasHandlers: fc.nat(4).map((one) => one === 0),
    store: fc.option(keyStore, { nil: undefined }),
    selfService: fc.option(selfService, { nil: undefined }),
  })
  .map((parts) => {
    const written = structuredClone(parts.base) as WholeCatalog;
    for (const [index, [id, api]] of Object.entries(written.apis).entries()) {
      Object.assign(api, parts.hasHandlers ? parts.apis[index] : withoutHandlers(parts.apis[index] ?? {}));
      const hasDomain = !reachedPrivately(api) && parts.domains[index] === true;
      enrichRoutes(
        api.routes,
        parts.routes.map((route) => (parts.hasHandlers || !("handler" in route) ? route : {})),
        parts.asked,
        api as ApiFields,
      );
      const [route = ""] = Object.keys(api.routes);
      enrichStages(id, api.stages, parts.stages, hasDomain, route);
      if (!hasDomain) continue;
      const { formerStages, ...name } = parts.domainNames[index] ?? {};
      const [first = ""] = Object.keys(api.stages);
      written.domainNames = {
        ...written.domainNames,
        [`${id}.example.com`]: { ...name, ...(formerStages ? { formerStages: [`${id}/${first}`] } : {}) },
      };
    }
    for (const [index, tier] of Object.values(written.tiers).entries()) {
      Object.assign(tier, parts.tiers[index]);
      const own = parts.throttled[index];
      if (parts.own[index]?.formerId) tier.formerId = `former-${index}`;
      const [api = ""] = Object.keys(tier.access);
      const [route = ""] = Object.keys(written.apis[api]?.routes ?? {});
      if (own) tier.methodThrottle = { [api]: { [route]: own } };
      const price = tier.price as { readonly requests?: object } | undefined;
      if (own && price?.requests) tier.price = { ...price, weights: { [api]: { [route]: 3 } } };
    }
    for (const [index, subscription] of Object.values(written.subscriptions).entries()) {
      const { keyValue, formerId, trial, existingKey, keys, limits, dates } = parts.own[index % MOST] ?? {};
      const { customer, ...ofOwnKey } = parts.subscriptions[index % MOST] ?? {};
      Object.assign(subscription, { customer });
      if (existingKey)
        Object.assign(subscription, { existingKeyId: `existing${index}`, enabled: undefined, tags: undefined });
      else Object.assign(subscription, ofOwnKey);
      const value = keyValue && !existingKey ? { keyValue: { variable: `key_${index}` } } : {};
      if (keys && !existingKey)
        subscription.keys = {
          main: value,
          ci: false,
          "2026-11": { enabled: true, keyName: "Next ${x}", handOver: "ssm", tags: { use: "rotation" } },
        };
      else Object.assign(subscription, value);
      if (keys && existingKey) {
        subscription.keys = { main: { existingKeyId: subscription.existingKeyId }, ci: true };
        subscription.existingKeyId = undefined;
      }
      if (limits) subscription.limits = limitsOf(subscription.tier, written);
      if (!existingKey) Object.assign(subscription, datesOf(typeof dates === "number" ? dates : 3, subscription.tier));
      if (formerId) subscription.formerId = `former-${index}`;
      if (trial) subscription.additionalTiers = { trial: "trial" };
    }
    Object.assign(written.apis, {
      legacy: { restApiId: "a1b2c3d4e5", stages: { live: {} } },
      bygone: { retired: true, stages: { prod: {} }, routes: { "GET /": { mock: 200 } } },
    });
    written.tiers.trial = { access: { legacy: ["live"] } };
    written.cohorts.latam = { retired: true };
    if (parts.store) written.keyStore = parts.store;
    if (parts.selfService)
      written.selfService = { ...parts.selfService, tiers: Object.keys(written.tiers).slice(0, 2) };
    return written;
  });

function limitsOf(tier: string, written: WholeCatalog): object {
  const [api = ""] = Object.keys(written.tiers[tier]?.access ?? {});
  const [route = ""] = Object.keys(written.apis[api]?.routes ?? {});
  return {
    throttle: { rateLimit: 75, burstLimit: 150 },
    quota: false,
    methodThrottle: { [api]: { [route]: { rateLimit: 5, burstLimit: 10 } } },
  };
}

const datesOf = (which: number, tier: string): object =>
  [
    { startsOn: "2026-12-01", trial: { tier, until: "2026-12-15" } },
    { endsOn: "2027-06-30" },
    { pendingTier: { tier, on: "2027-01-01" }, endsOn: "2027-06-30" },
    {},
  ][which] ?? {};

interface ApiFields {
  readonly authorizer?: object | string;
  readonly authorizers?: Readonly<Record<string, object>>;
  readonly keySource?: string;
  readonly vpcLinks?: object;
  readonly models?: object;
}

const PRIVATE_POLICY = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: "*",
      Action: "execute-api:Invoke",
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } },
    },
  ],
};

/** Whether an API is private, with what only a private one has, or must have. */
function reachedPrivately(api: Record<string, unknown>): boolean {
  const isPrivate = api.endpointType === "PRIVATE";
  if (isPrivate) api.policy = PRIVATE_POLICY;
  else delete api.vpcEndpointIds;
  return isPrivate;
}

function withoutHandlers({ retiredHandlers: _, ...api }: Record<string, unknown>): object {
  const { authorizer: own, authorizers: named }: ApiFields = api;
  const byFunction = (each: object) => ("handler" in each ? { ...each, handler: undefined, lambda: FUNCTION } : each);
  return {
    ...(api as object),
    ...(typeof own === "object" ? { authorizer: byFunction(own) } : {}),
    ...(named
      ? { authorizers: Object.fromEntries(Object.entries(named).map(([id, each]) => [id, byFunction(each)])) }
      : {}),
  };
}

function enrichRoutes(
  routes: Record<string, WrittenRoute>,
  fields: readonly object[],
  asked: readonly number[],
  api: ApiFields,
): void {
  for (const [index, [key, route]] of Object.entries(routes).entries()) {
    const more = fields[index] ?? {};
    if (["handler", "http", "lambda", "mock", "aws"].some((who) => who in more))
      for (const who of ["mock", "http", "lambda"]) delete route[who];
    Object.assign(route, structuredClone(more));
    const integration = route.integration as { vpcLink?: string } | undefined;
    if (integration?.vpcLink !== undefined && !api.vpcLinks) delete integration.vpcLink;
    const request = route.request as { body?: unknown } | undefined;
    if (JSON.stringify(request?.body ?? "").includes("#/models/") && !api.models) delete request?.body;
    if (!key.startsWith("OPTIONS")) Object.assign(route, askedBy(asked[index] ?? 0, api));
  }
}

/** What a route says of who its callers must be, of all that its API lets it say. */
function askedBy(which: number, { authorizers = {}, authorizer, keySource }: ApiFields): object {
  const functions = ["partners"].filter((each) => authorizers[each]);
  if (keySource === "AUTHORIZER") return [{}, ...functions.map((each) => ({ authorizer: each }))][which % 2] ?? {};
  const pools = ["staff", "staff-2"].filter((each) => authorizers[each]);
  const choices = [
    {},
    { authorizer: false },
    { authorizer: "AWS_IAM" },
    ...(typeof authorizer === "object" ? [{ authorizer: "authorizer" }] : []),
    ...[...functions, ...pools].map((each) => ({ authorizer: each })),
    ...pools.map((each) => ({ authorizer: each, authorizationScopes: ["pets/read", "pets/write"] })),
  ];
  return choices[which % choices.length] ?? {};
}

function enrichStages(
  api: string,
  stages: Record<string, object>,
  fields: readonly object[],
  hasDomain: boolean,
  route: string,
): void {
  for (const [index, stage] of Object.values(stages).entries()) {
    Object.assign(
      stage,
      fields[index],
      index === 0 ? { methodSettings: { [route]: { throttle: { rateLimit: 3, burstLimit: 7 } } } } : {},
    );
    if (hasDomain) Object.assign(stage, { domains: [{ name: `${api}.example.com`, basePath: `v${index}` }] });
  }
  Object.assign(stages, { old: { retired: true } });
}

/** The APIs of a catalog that define routes and are not retired. */
export const liveApis = ({ apis }: WrittenCatalog): string[] =>
  Object.entries(apis).flatMap(([id, api]) => ("routes" in api && !("retired" in api) ? [id] : []));

/** The stages of an API that are not retired. */
export const liveStages = ({ apis }: WrittenCatalog, api: string): string[] =>
  Object.entries(apis[api]?.stages ?? {}).flatMap(([name, stage]) => ("retired" in stage ? [] : [name]));
