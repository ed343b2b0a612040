import { apiFromOpenApi, defineCatalog } from "../../src";

/** Four APIs, each from the document that a team has: a plain one, AWS's export, SAM's template, Terraform's body. */
export const catalog = defineCatalog({
  apis: {
    parcels: {
      stages: { prod: {} },
      ...apiFromOpenApi("plain.yaml", {
        integrations: ({ path }) => ({ http: `https://backend.parcels.example.com${path}` }),
        securitySchemes: {
          staff: { userPools: ["arn:aws:cognito-idp:eu-central-1:123456789012:userpool/eu-central-1_Staff1234"] },
        },
      }),
    },
    depots: { stages: { prod: {} }, ...apiFromOpenApi("export.json") },
    rates: {
      stages: { prod: {} },
      ...apiFromOpenApi("template.yaml#/Resources/Api/Properties/DefinitionBody", {
        variables: {
          "AWS::Region": "eu-central-1",
          "RatesFunction.Arn": "arn:aws:lambda:eu-central-1:123456789012:function:rates",
        },
      }),
    },
    invoices: {
      stages: { prod: {} },
      ...apiFromOpenApi("body.yaml", {
        variables: {
          invoices_url: "https://invoices.parcels.example.com/v2",
          role: "arn:aws:iam::123456789012:role/send-invoices",
        },
      }),
    },
  },
  tiers: {
    shop: {
      access: { parcels: ["prod"], depots: ["prod"], rates: ["prod"], invoices: ["prod"] },
      throttle: { rateLimit: 10, burstLimit: 20 },
      quota: { limit: 10_000, period: "DAY" },
    },
  },
  subscriptions: { "corner-shop": { tier: "shop" } },
});
