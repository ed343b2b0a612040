import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineUnchecked, petShop } from "../support/catalogs";
import { heapOf, run } from "../support/run";
import { differences, synthesize, withFolder } from "../support/synthesize";

const customers = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`customer-${index}`, { tier: "gold", customer: `Customer ${index}` }]),
  );

test("one subscription more among 1,000 adds exactly its own resources", () => {
  const before = synthesize(defineUnchecked(petShop({ subscriptions: customers(1_000) })));
  const after = synthesize(
    defineUnchecked(petShop({ subscriptions: { newcomer: { tier: "gold" }, ...customers(1_000) } })),
  );
  expect(differences(before, after)).toEqual({
    "/access/resource/aws_api_gateway_api_key/newcomer": [
      undefined,
      { name: "newcomer", description: "", enabled: true },
    ],
    "/access/resource/aws_api_gateway_usage_plan_key/newcomer": [
      undefined,
      {
        key_id: "${aws_api_gateway_api_key.newcomer.id}",
        key_type: "API_KEY",
        usage_plan_id: "${aws_api_gateway_usage_plan.gold.id}",
      },
    ],
  });
});

test("10,000 subscriptions synthesize in one go within a heap of 200 MB", () => {
  withFolder((folder) => {
    const program = `
      const { App } = require("cdktf");
      const { defineCatalog, TierStacks } = require("./src");
      const app = new App({ outdir: ${JSON.stringify(join(folder, "cdktf.out"))} });
      const shop = JSON.parse(require("fs").readFileSync(0, "utf8"));
      new TierStacks(app, defineCatalog(shop));
      app.synth();`;
    const shop = JSON.stringify(petShop({ subscriptions: customers(10_000) }));
    const { code, stderr } = run("node", [heapOf(200), "-r", "ts-node/register", "-e", program], { input: shop });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const access = readFileSync(join(folder, "cdktf.out/stacks/access/cdk.tf.json"), "utf8");
    expect(Object.keys(JSON.parse(access).resource.aws_api_gateway_api_key)).toHaveLength(10_000);
  });
});
