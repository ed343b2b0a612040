import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ApiDefinition, ApiRelease, defineCatalog, isOwnApi, SubscriptionKeys, TierPlans } from "../../src";

/**
 * Everything in one stack of a team's own: one state, one plan, one deploy.
 *
 * The price: Terraform takes the new snapshot before it destroys what is gone, so a route that is removed stays live
 * until the deployment after that; and all stages move at once. `TierStacks` has neither problem.
 */
class PetShop extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Relative to cdktf.out/stacks/pet-shop: cdktf's own default is an absolute path, another one on each machine.
    new LocalBackend(this, { path: "../../../terraform.pet-shop.tfstate" });
    new AwsProvider(this, "aws");
    const restApiIds: Record<string, string> = {};
    const stages = [];
    for (const api of catalog.apis.filter(isOwnApi)) {
      const definition = new ApiDefinition(this, api.id, { api });
      restApiIds[api.id] = definition.restApiId;
      for (const stage of api.stages) {
        const release = new ApiRelease(this, `${api.id}-${stage.name}`, { definition, stage });
        new TerraformOutput(this, `${api.id}-${stage.name}-url`, { value: release.invokeUrl });
        stages.push(release.stage);
      }
    }
    const plans = new TierPlans(this, "plans", { tiers: catalog.tiers, restApiIds, dependsOn: stages });
    new SubscriptionKeys(this, "keys", { subscriptions: catalog.subscriptions, planIds: plans.ids });
  }
}

const catalog = defineCatalog({
  apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } },
  tiers: { gold: { access: { pets: "*" }, throttle: { rateLimit: 10, burstLimit: 20 } } },
  subscriptions: { "joe-black": { tier: "gold", customer: "Joe Black" } },
});

const app = new App();
new PetShop(app, "pet-shop");
app.synth();
