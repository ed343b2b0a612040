import { join } from "node:path";
import { ACCESS_LOG_FIELDS, defineCatalog, subscriptionsFromCsv } from "../../src";

/** What belongs to the account, and is made elsewhere. */
const ACCOUNT = "123456789012";
const certificate = (id: string) => `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/${id}`;
const STAFF = `arn:aws:cognito-idp:us-east-1:${ACCOUNT}:userpool/us-east-1_staff`;
const ON_CALL = `arn:aws:sns:us-east-1:${ACCOUNT}:on-call`;

/** Behind the API: two services in our network, which know stations and alerts, and one that draws the radar. */
const inside = (service: string) => (path: string) => ({
  http: `https://${service}.weather.internal${path}`,
  integration: { vpcLink: "services", timeoutMilliseconds: 10_000 },
});
const [stations, alerts] = [inside("stations"), inside("alerts")];
const forecasts = { handler: "forecasts" };

const place = { type: "string", minLength: 1, maxLength: 80 } as const;

/** A weather service: forecasts, measurements and alerts, sold in four tiers. */
export const catalog = defineCatalog({
  apis: {
    weather: {
      name: "Weather",
      description: "Forecasts, measurements and alerts",
      authorizers: {
        // Partners who are called back by us prove who they are, besides their key.
        partners: {
          handler: {
            name: "partner-tokens",
            environment: { PARTNERS: "sailing-club=ada00328d28ed6f6766b7583cbf39ef1d4689154e5f19ade00711ba01e2ddadf" },
          },
          identityValidationExpression: "^Bearer [A-Za-z0-9_.-]+$",
        },
        // Those who look after stations are our own people, and have no key.
        staff: { userPools: [STAFF] },
      },
      cors: {
        allowOrigin: ["https://weather.example.com", "https://console.weather.example.com"],
        exposeHeaders: ["Retry-After"],
        maxAgeSeconds: 600,
      },
      gatewayResponses: { THROTTLED: { headers: { "Retry-After": "1" } } },
      binaryMediaTypes: ["image/png"],
      // The way into our network: its load balancer is not reached from anywhere else.
      vpcLinks: {
        services: {
          loadBalancerArn: `arn:aws:elasticloadbalancing:us-east-1:${ACCOUNT}:loadbalancer/net/services/0a1b2c3d4e5f6a7b`,
        },
      },
      stages: {
        test: {
          description: "Where we try what comes next",
          domains: [{ name: "sandbox.weather.example.com", basePath: "test" }],
        },
        beta: {
          description: "What customers try before it is for all",
          accessLog: true,
          domains: [{ name: "sandbox.weather.example.com", basePath: "beta" }],
        },
        prod: {
          description: "What customers pay for",
          accessLog: {
            retentionDays: 90,
            format: { ...ACCESS_LOG_FIELDS, integrationError: "$context.integration.error" },
          },
          settings: { metrics: true, throttle: { rateLimit: 2_000, burstLimit: 4_000 } },
          methodSettings: { "GET /radar/{tile}": { throttle: { rateLimit: 500, burstLimit: 1_000 } } },
          alarms: {
            topicArn: ON_CALL,
            serverErrors: { percent: 1 },
            tooManyRequests: { percent: 10, minutes: 15 },
            latency: { milliseconds: 1_000, percentile: 95 },
            integrationLatency: true,
            accountRate: true,
          },
          dashboard: true,
          domains: [{ name: "api.weather.example.com", basePath: "v1" }],
        },
      },
      routes: {
        "GET /health": { mock: { status: 200, body: { status: "ok" } }, apiKeyRequired: false },
        "GET /forecasts/{place}": { ...forecasts, request: { query: { days: "optional" } } },
        "GET /forecasts/{place}/hourly": forecasts,
        "GET /stations": stations("/stations"),
        "GET /stations/{stationId}": stations("/stations/{stationId}"),
        "PUT /stations/{stationId}": {
          ...stations("/stations/{stationId}"),
          apiKeyRequired: false,
          authorizer: "staff",
          authorizationScopes: ["stations/write"],
        },
        "GET /stations/{stationId}/observations": {
          ...stations("/stations/{stationId}/observations"),
          request: { query: { from: "required", until: "optional" } },
        },
        "GET /history/{stationId}": { ...stations("/history/{stationId}"), request: { query: { year: "required" } } },
        "GET /alerts": alerts("/alerts"),
        "POST /alerts/subscriptions": {
          ...alerts("/subscriptions"),
          authorizer: "partners",
          request: {
            body: {
              type: "object",
              required: ["place", "callback"],
              properties: { place, callback: { type: "string", pattern: "^https://" } },
              additionalProperties: false,
            },
          },
        },
        "DELETE /alerts/subscriptions/{id}": { ...alerts("/subscriptions/{id}"), authorizer: "partners" },
        "GET /radar/{tile}": { http: "https://radar.weather.example.com/{tile}" },
      },
    },
  },
  // No stage owns a name: a version moves from one stage to another without a gap.
  domainNames: {
    "api.weather.example.com": { certificateArn: certificate("api") },
    "sandbox.weather.example.com": { certificateArn: certificate("sandbox") },
  },
  tiers: {
    trial: {
      displayName: "Trial",
      description: "To try it, for free",
      access: { weather: ["beta"] },
      throttle: { rateLimit: 1, burstLimit: 2 },
      quota: { limit: 200, period: "DAY" },
    },
    bronze: {
      displayName: "Bronze",
      access: { weather: ["prod"] },
      throttle: { rateLimit: 5, burstLimit: 10 },
      quota: { limit: 10_000, period: "DAY" },
      methodThrottle: { weather: { "GET /history/{stationId}": { rateLimit: 1, burstLimit: 1 } } },
    },
    silver: {
      displayName: "Silver",
      access: { weather: ["beta", "prod"] },
      throttle: { rateLimit: 20, burstLimit: 40 },
      quota: { limit: 1_000_000, period: "MONTH" },
      methodThrottle: { weather: { "GET /history/{stationId}": { rateLimit: 2, burstLimit: 4 } } },
    },
    gold: {
      displayName: "Gold",
      access: { weather: "*" },
      throttle: { rateLimit: 100, burstLimit: 200 },
      quota: { limit: 20_000_000, period: "MONTH" },
    },
  },
  keyStore: { type: "ssm", prefix: "/weather/keys/" },
  // The export of the CRM as it is: what it calls otherwise is said here, and what is of no concern is ignored.
  subscriptionFiles: [
    subscriptionsFromCsv(join(__dirname, "customers.csv"), {
      columns: {
        id: "Account No",
        customer: "Account Name",
        tier: {
          column: "Plan",
          values: {
            "Trial (30 days)": "trial",
            "Bronze 2026": "bronze",
            "Bronze (old price)": "bronze",
            "Silver 2026": "silver",
            "Gold 2026": "gold",
          },
        },
        enabled: { column: "Status", values: { Active: true, "On hold": false } },
        "tags.manager": "Account Manager",
      },
      otherColumns: "ignore",
    }),
  ],
});
