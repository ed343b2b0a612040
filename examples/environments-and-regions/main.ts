import { App } from "cdktf";
import { defineCatalog, printSynthesis, run, TierStacks } from "../../src";

/**
 * One catalog for two accounts and two Regions. Names of stacks begin with the environment and the Region
 * (`prod-eu-central-1-access`), and each place has states of its own (`terraform.access.prod.222222222222.eu-central-1.tfstate`).
 * Terraform refuses to deploy with credentials of another account.
 */
const places = [
  { environment: "dev", account: "111111111111", region: "us-east-1" },
  { environment: "prod", account: "222222222222", region: "us-east-1" },
  { environment: "prod", account: "222222222222", region: "eu-central-1" },
] as const;

run(() => {
  const catalog = defineCatalog({
    apis: { pets: { stages: { live: {} }, routes: { "GET /pets/{id}": { mock: 200 } } } },
    tiers: { gold: { access: { pets: "*" }, throttle: { rateLimit: 10, burstLimit: 20 } } },
    keyStore: { type: "ssm" },
    subscriptions: { "joe-black": { tier: "gold", customer: "Joe Black" } },
  });
  const app = new App();
  const all = places.map(
    (place) =>
      new TierStacks(app, catalog, {
        ...place,
        assumeRole: { roleArn: `arn:aws:iam::${place.account}:role/deploy-api-tiers` },
      }),
  );
  app.synth();
  for (const stacks of all) printSynthesis(stacks);
});
