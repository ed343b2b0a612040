import { GATEWAY_RESPONSE_TYPES } from "../../src/vocabulary/gateway-response";

/** A catalog that uses every word of the vocabulary, as it is written. */
export const everything = {
  apis: {
    pets: {
      name: "Pet shop",
      description: "Pets, toys and food",
      endpointType: "EDGE",
      keySource: "AUTHORIZER",
      authorizer: {
        lambda: "arn:aws:lambda:us-east-1:123456789012:function:keys:live",
        type: "REQUEST",
        identitySource: "method.request.header.Authorization, method.request.querystring.tenant",
        resultTtlSeconds: 0,
      },
      authorizers: {
        partners: {
          name: "Partners & friends",
          lambda: "arn:aws:lambda:us-east-1:123456789012:function:partners",
          identitySource: "method.request.header.X-Partner",
          identityValidationExpression: "^[A-Za-z0-9${}]+$",
          resultTtlSeconds: 60,
          credentials: "arn:aws:iam::123456789012:role/authorizers",
        },
        staff: {
          userPools: [
            "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_staff",
            "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_admins",
          ],
        },
      },
      vpcLinks: {
        internal: {
          loadBalancerArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/pets/0a1b2c3d4e5f6a7b",
          name: "Pets & more ${x}",
          description: "Into the VPC",
          tags: { team: "pets" },
        },
        shared: { id: "a1b2c3" },
      },
      models: {
        Owner: {
          type: "object",
          required: ["name"],
          description: "Who keeps ${word} %{pets}",
          properties: { name: {} },
        },
        Pet: { type: "object", properties: { owner: { $ref: "#/models/Owner" }, $ref: { pattern: "^[^${%{]+$" } } },
        Person: { type: "object", properties: { home: { $ref: "#/models/House" }, pet: { $ref: "#/models/Pet" } } },
        House: { type: "object", properties: { people: { type: "array", items: { $ref: "#/models/Person" } } } },
      },
      policy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" }],
      },
      tags: { team: "pets", Équipe: "à côté" },
      binaryMediaTypes: ["image/png", "application/vnd.pets+zip"],
      minimumCompressionSize: 1_024,
      disableExecuteApiEndpoint: true,
      cors: {
        allowOrigin: "https://app.example.com",
        allowHeaders: ["x-api-key", "content-type"],
        allowMethods: ["GET", "POST"],
        exposeHeaders: ["x-amzn-RequestId"],
        maxAgeSeconds: 600,
        allowCredentials: true,
      },
      gatewayResponses: {
        ...Object.fromEntries(GATEWAY_RESPONSE_TYPES.map((type) => [type, {}])),
        THROTTLED: {
          statusCode: 429,
          headers: { "Retry-After": "1", "X-Note": 'a "quoted" ${word} %{and} more' },
          template: '{"message":$context.error.messageString,"id":"$context.requestId","note":"${word} %{and}"}',
        },
      },
      stages: {
        test: {
          description: "To try",
          tracing: true,
          clientCertificateId: "a1b2c3",
          variables: { host: "test-backend.example.com", alias: "test", Table_1: "pets?x=1" },
          tags: { for: "us" },
          accessLog: {
            retentionDays: 14,
            format: '$context.requestId $context.status "${word} %{and} more"',
          },
          cacheCluster: "1.6",
          webAclArn:
            "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/pets/0a1b2c3d-1111-2222-3333-444455556666",
          releaseDescription: "Toys ${word} %{and} more",
          canary: { percent: 12.5, variables: { host: "next-backend.example.com" }, useStageCache: true },
          settings: {
            metrics: true,
            logLevel: "INFO",
            throttle: { rateLimit: 0.5, burstLimit: 20 },
            cache: {
              ttlSeconds: 60,
              encrypted: true,
              requireAuthorizationForCacheControl: false,
              unauthorizedCacheControlHeaderStrategy: "FAIL_WITH_403",
            },
          },
          methodSettings: {
            "GET /pets": { cache: false },
            "PATCH /v3/events:batchGet": { cache: true },
            "ANY /files/{proxy+}": { throttle: { rateLimit: 0.2, burstLimit: 2 } },
            "OPTIONS /pets": { metrics: false, logLevel: "OFF" },
          },
          domains: [
            { name: "test.example.com", basePath: "v1" },
            { name: "shared.example.com", basePath: "pets" },
          ],
        },
        prod: {
          variables: { host: "backend.example.com", alias: "live" },
          accessLog: {
            destinationArn: "arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-log",
            format: { id: "$context.extendedRequestId", answered: "$context.status", note: "${word} %{and} more" },
          },
          settings: { logLevel: "ERROR" },
          alarms: { topicArn: "arn:aws:sns:eu-central-1:123456789012:on-call", serverErrors: { percent: 0.57 } },
          dashboard: true,
          domains: [{ name: "test.example.com" }],
        },
        beta: { retired: true, domains: [{ name: "test.example.com", basePath: "beta" }] },
      },
      routes: {
        "GET /": { mock: 200, apiKeyRequired: false },
        "GET /pets": {
          mock: { status: 200, body: [{ id: 1, price: "$5 #1", note: 'a "quoted" ${word} %{and} more' }] },
        },
        "POST /pets": { lambda: "arn:aws:lambda:us-east-1:123456789012:function:pets" },
        "OPTIONS /pets": { mock: 204 },
        "GET /pets/{pet-id}/toys/{toy.id}": { http: "https://backend.example.com/{pet-id}/{toy.id}" },
        "ANY /files/{proxy+}": { http: "http://backend.example.com:8080/files/{proxy}" },
        "PATCH /v3/events:batchGet": { mock: 202 },
        "POST /pets/{pet-id}/toys": {
          http: "https://backend.example.com/{pet-id}",
          request: {
            query: { notify: "optional", "dry.run": "required" },
            headers: { "Idempotency-Key": "required" },
            body: {
              type: "object",
              required: ["name"],
              properties: {
                name: {
                  type: ["string", "null"],
                  pattern: "^[^${%{]+$",
                  description: 'a "quoted" ${word} %{and} more',
                },
                price: { type: "number", minimum: 0, exclusiveMinimum: true },
              },
              additionalProperties: false,
            },
          },
        },
        "PUT /pets/{pet-id}/toys": { mock: 200, request: { headers: { "If-Match": "required" } } },
        "PUT /pets": { mock: 200, request: { body: {} }, operationName: "replacePets ${x}" },
        "PATCH /pets": { mock: 200, request: { body: { $ref: "#/models/Pet" } } },
        "PUT /people": { mock: 200, request: { body: { type: "array", items: { $ref: "#/models/Person" } } } },
        "GET /partners": { mock: 200, authorizer: "partners" },
        "GET /staff": { mock: 200, apiKeyRequired: false, authorizer: "staff" },
        "PUT /staff": { mock: 200, apiKeyRequired: false, authorizer: "staff", authorizationScopes: ["staff/write"] },
        "GET /internal": { mock: 200, apiKeyRequired: false, authorizer: "AWS_IAM" },
        "GET /open": { mock: 200, apiKeyRequired: false, authorizer: false },
        "GET /orders/{id}": {
          http: "https://orders.internal/v1/orders",
          integration: {
            vpcLink: "internal",
            httpMethod: "POST",
            timeoutMilliseconds: 5_000,
            headers: { "X-Customer": "context.authorizer.principalId", "X-Note": "'a \"quoted\" ${word} %{and} more'" },
            query: { page: "method.request.querystring.page", host: "stageVariables.host" },
            path: { id: false },
            contentHandling: "CONVERT_TO_TEXT",
            cacheKeyParameters: ["method.request.querystring.page", "method.request.header.Accept"],
            insecureSkipVerification: true,
          },
          request: { query: { page: "required" } },
        },
        "GET /shared/{id}": {
          http: "https://shared.example.com/{id}",
          integration: { vpcLink: "shared", responses: { 200: {}, 404: { selectionPattern: "404" } } },
        },
        "POST /reports": {
          lambda: "arn:aws:lambda:us-east-1:123456789012:function:reports:${stageVariables.alias}",
          integration: {
            headers: { "X-Amz-Invocation-Type": "'Event'" },
            requestTemplates: {
              "application/json": '#set($body = $input.json("$"))\n{"body": $body, "note": "${word} %{and}"}',
            },
            passthroughBehavior: "NEVER",
            responses: {
              202: { templates: { "application/json": '{"id":"$context.requestId","note":"${word} %{and}"}' } },
              500: { selectionPattern: "Error: .*", headers: { "X-Error": "integration.response.body.errorMessage" } },
            },
          },
        },
        "PUT /reports": {
          lambda: "arn:aws:lambda:us-east-1:123456789012:function:reports",
          integration: { credentials: "arn:aws:iam::123456789012:role/invoke" },
        },
        "GET /status": {
          mock: 200,
          integration: {
            requestTemplates: {
              "application/json": '{"statusCode": #if($input.params("down") == "1")503#{else}200#end}',
            },
            responses: {
              200: { templates: { "application/json": '{"up":true}' } },
              503: { selectionPattern: "503", headers: { "Retry-After": "'60'" } },
            },
          },
        },
        "POST /queue": { aws: { sqs: { queueArn: "arn:aws:sqs:us-east-1:123456789012:orders" } } },
        "PUT /queue": {
          aws: {
            sqs: {
              queueArn: "arn:aws:sqs:us-east-1:123456789012:orders.fifo",
              messageGroupId: "$context.identity.apiKeyId",
            },
          },
        },
        "POST /runs": {
          aws: {
            stepFunctions: { stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:runs", sync: true },
          },
        },
        "POST /events": {
          aws: {
            eventBridge: {
              eventBusArn: "arn:aws:events:us-east-1:123456789012:event-bus/pets",
              source: "com.example.pets",
              detailType: "Pet sold",
            },
          },
        },
        "GET /rows/{id}": {
          aws: { dynamodb: { tableArn: "arn:aws:dynamodb:us-east-1:123456789012:table/rows", action: "GetItem" } },
          integration: {
            requestTemplates: {
              "application/json": `{"TableName":"rows","Key":{"id":{"S":"$util.escapeJavaScript($input.params('id'))"}}}`,
            },
          },
        },
        "GET /objects/{id}": {
          aws: { s3: { bucket: "pets-objects", region: "us-east-1", key: "objects/{id}.json", action: "GetObject" } },
        },
        "POST /notes": {
          aws: {
            service: "sns",
            region: "us-east-1",
            action: "Publish",
            httpMethod: "POST",
            statements: [{ actions: ["sns:Publish"], resources: ["arn:aws:sns:us-east-1:123456789012:notes"] }],
          },
          integration: { query: { Message: "method.request.body" } },
        },
        "DELETE /notes": {
          aws: { service: "dynamodb", region: "us-east-1", path: "/" },
          apiKeyRequired: false,
          authorizer: "AWS_IAM",
          integration: { credentials: "arn:aws:iam::*:user/*", passthroughBehavior: "WHEN_NO_TEMPLATES" },
        },
        "DELETE /pets": { mock: 200, request: { query: { all: "optional" } } },
      },
    },
    toys: {
      cors: { allowOrigin: ["https://toys.example.com", "https://admin.example.com:8443"] },
      stages: {
        live: {
          accessLog: true,
          alarms: {
            topicArn: "arn:aws:sns:eu-central-1:123456789012:on-call.fifo",
            clientErrors: { percent: 12.5, minutes: 10 },
            serverErrors: true,
            tooManyRequests: { percent: 1 },
            latency: { milliseconds: 800, percentile: 99.5 },
            integrationLatency: true,
            accountRate: { requestsPerSecond: 2_500, percent: 70, minutes: 2 },
          },
          dashboard: true,
          settings: { metrics: true },
          domains: [{ name: "*.toys.example.com" }, { name: "shared.example.com", basePath: "toys" }],
        },
      },
      routes: { "GET /toys": { mock: 200 }, "DELETE /toys/{id}": { http: "https://backend.example.com/toys/{id}" } },
    },
    inner: {
      endpointType: "PRIVATE",
      vpcEndpointIds: ["vpce-0123456789abcdef1", "vpce-0123456789abcdef0"],
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: "*",
            Action: "execute-api:Invoke",
            Resource: "execute-api:/*",
            Condition: { StringEquals: { "aws:SourceVpce": ["vpce-0123456789abcdef0", "vpce-0123456789abcdef1"] } },
          },
        ],
      },
      stages: { live: {} },
      routes: { "GET /stock": { mock: 200 } },
    },
    legacy: { restApiId: "a1b2c3d4e5", stages: { live: {}, next: {} } },
    old: { retired: true, stages: { prod: {} }, routes: { "GET /": { mock: 200 } } },
  },
  tiers: {
    gold: {
      access: { pets: "*", legacy: ["live"] },
      throttle: { rateLimit: 0.5, burstLimit: 20 },
      quota: { limit: 1_000, period: "WEEK", offset: 6 },
      methodThrottle: {
        pets: { "GET /": { rateLimit: 0.1, burstLimit: 1 }, "ANY /files/{proxy+}": { rateLimit: 0.2, burstLimit: 2 } },
        legacy: { "POST /orders": { rateLimit: 0.3, burstLimit: 3 } },
      },
      displayName: "Gold & more",
      description: "All that we have",
      productCode: "prod-0123456789",
      closed: true,
      price: {
        currency: "EUR",
        base: { amount: "490.00", each: "YEAR" },
        included: 1_000,
        requests: { pricing: "GRADUATED", bands: [{ upTo: 10_000, unitPrice: "0.001" }, { unitPrice: "0.0005" }] },
        weights: { pets: { "GET /": 2 }, legacy: { "POST /orders": 5 } },
        counts: "ALL_BUT_429",
        onChange: { charge: "WHOLE_MONTH", quota: "CARRY" },
        whileSuspended: "PAUSE",
      },
      tags: { price: "100 EUR" },
    },
    free: { formerId: "trial", access: { legacy: ["next"] }, quota: { limit: 100, period: "MONTH", offset: 27 } },
  },
  domainNames: {
    "test.example.com": {
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a-1",
      endpointType: "EDGE",
      securityPolicy: "TLS_1_0",
      tags: { team: "pets" },
    },
    "*.toys.example.com": {
      certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/b-2",
      mutualTls: {
        truststoreUri: "s3://acme-truststore/clients.pem",
        truststoreVersion: "v-1",
        ownershipVerificationCertificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/c-3",
      },
    },
    "shared.example.com": { existing: true },
  },
  selfService: {
    tiers: ["free", "gold"],
    name: "acme-self-service",
    verification: false,
    verifyWithinDays: 3,
    rotationGraceHours: 24,
    paymentGraceDays: 14,
    keepRetiredKeysDays: 60,
    handOver: "secretsmanager",
    eventBus: "acme",
    retired: false,
  },
  keyStore: {
    type: "ssm",
    prefix: "/acme/api.keys/",
    kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666",
  },
  cohorts: { emea: {}, apac: {}, latam: { retired: true } },
  subscriptions: {
    "joe-black": {
      tier: "gold",
      additionalTiers: { trial: "free" },
      customer: 'Joe "the" Black ${x} %{y}',
      enabled: false,
      marketplaceCustomerId: "c-1",
      keyValue: { variable: "joes_key" },
      tags: { region: "emea" },
    },
    "acme.inc": { tier: "free", formerId: "4711", handOver: "secretsmanager", tags: { region: "us" } },
    initech: { tier: "free", existingKeyId: "i1n2i3t4e5", customer: "Initech" },
    umbrella: {
      tier: "gold",
      keys: { main: { keyValue: { variable: "umbrella_key" } }, ci: false, "2026-11": { tags: { use: "rotation" } } },
      limits: {
        throttle: { rateLimit: 75, burstLimit: 150 },
        quota: false,
        methodThrottle: { pets: { "GET /pets": { rateLimit: 5, burstLimit: 10 } } },
      },
      endsOn: "2027-06-30",
      pendingTier: { tier: "free", on: "2027-01-01" },
    },
    stark: { tier: "gold", startsOn: "2026-12-01", trial: { tier: "free", until: "2026-12-15" } },
    hooli: { tier: "free", keyName: "Hooli ${x}", handOver: false },
    "zoe@example.com": { tier: "gold", marketplaceCustomerId: "c-2", cohort: "emea" },
  },
} as const;
