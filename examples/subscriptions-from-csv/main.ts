import { join } from "node:path";
import { App } from "cdktf";
import { defineCatalog, printSynthesis, subscriptionsFromCsv, subscriptionsFromFile, TierStacks } from "../../src";

/**
 * Customers as data: those of one region have a state of their own. Some are in a file of this project's columns, others in
 * what a CRM exports.
 */
const catalog = defineCatalog({
  apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { http: "https://backend.example.com/pets" } } } },
  tiers: {
    free: {
      access: { pets: ["prod"] },
      throttle: { rateLimit: 1, burstLimit: 5 },
      quota: { limit: 100, period: "DAY" },
    },
    business: {
      access: { pets: ["prod"] },
      throttle: { rateLimit: 50, burstLimit: 100 },
      quota: { limit: 1_000_000, period: "MONTH" },
    },
  },
  cohorts: { emea: {} },
  subscriptionFiles: [
    subscriptionsFromFile(join(__dirname, "customers.csv")),
    subscriptionsFromCsv(join(__dirname, "crm-export.csv"), {
      columns: {
        id: "Account No",
        customer: "Company",
        tier: { column: "Plan", values: { "Business (2024)": "business", Free: "free" } },
        enabled: { column: "Status", values: { Active: true, "On hold": false } },
        "tags.team": "Owner",
      },
      otherColumns: "ignore",
    }),
  ],
});

const app = new App();
const stacks = new TierStacks(app, catalog);
app.synth();
printSynthesis(stacks);
