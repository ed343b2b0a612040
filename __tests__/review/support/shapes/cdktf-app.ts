import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, Fn, LocalBackend, TerraformIterator, TerraformStack } from "cdktf";

/**
 * An app of somebody else: its own ids and names, a body by `Fn.jsonencode`, and keys by iterators.
 *
 * @param outdir gets the stack `carts`
 */
export function synthesizeApp(outdir: string): void {
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, "carts");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  new LocalBackend(stack, { path: "terraform.tfstate" });
  const api = new ApiGatewayRestApi(stack, "api", {
    name: "carts",
    body: Fn.jsonencode({
      openapi: "3.0.1",
      info: { title: "carts", version: "1" },
      components: { securitySchemes: { api_key: { type: "apiKey", name: "x-api-key", in: "header" } } },
      paths: {
        "/carts": {
          get: {
            security: [{ api_key: [] }],
            responses: { "200": { description: "Carts" } },
            "x-amazon-apigateway-integration": {
              type: "http_proxy",
              httpMethod: "GET",
              uri: "https://carts.internal.example.com/",
            },
          },
        },
      },
    }),
  });
  const deployment = new ApiGatewayDeployment(stack, "deployment", {
    restApiId: api.id,
    triggers: { redeployment: Fn.sha1(Fn.jsonencode(api.body)) },
    lifecycle: { createBeforeDestroy: true },
  });
  const stage = new ApiGatewayStage(stack, "stage", {
    restApiId: api.id,
    deploymentId: deployment.id,
    stageName: "prod",
  });
  const plan = new ApiGatewayUsagePlan(stack, "plan", {
    name: "carts",
    apiStages: [{ apiId: api.id, stage: stage.stageName }],
    throttleSettings: { rateLimit: 20, burstLimit: 40 },
    quotaSettings: { limit: 5_000, period: "WEEK" },
  });
  const customers = TerraformIterator.fromList(["acme", "globex"]);
  const keys = new ApiGatewayApiKey(stack, "key", { forEach: customers, name: customers.value });
  const each = TerraformIterator.fromResources(keys);
  new ApiGatewayUsagePlanKey(stack, "plan-key", {
    forEach: each,
    keyId: each.getString("id"),
    keyType: "API_KEY",
    usagePlanId: plan.id,
  });
  app.synth();
}
