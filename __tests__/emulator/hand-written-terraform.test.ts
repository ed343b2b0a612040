import { cpSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { TestGateway } from "../../src/testing";
import { describeWith } from "../support/requirements";
import { Terraform } from "../support/terraform";
import { Workspace } from "../support/workspace";

describeWith(["terraform", "emulator"], "usage plans that are written by hand, in plain Terraform", () => {
  test("are served from their plan before a deploy, and from their state after it", async () => {
    const workspace = await Workspace.open();
    try {
      const { folder } = workspace;
      cpSync(resolve(__dirname, "../support/hand-written"), folder, { recursive: true });
      const terraform = new Terraform(folder, workspace.env);
      terraform.init();
      const shown = (name: string, ...args: string[]) => {
        const file = join(folder, name);
        writeFileSync(file, terraform.run("show", "-json", ...args).stdout);
        return file;
      };

      terraform.plan();
      const planned = TestGateway.from(shown("plan.json", "plan"));
      await expectToKeepItsPromises(planned);
      // The API of a dynamic block, which a plan does not show, is the only one that is new.
      expect(planned.model.unsupported).toEqual([]);

      terraform.apply();
      const deployed = TestGateway.from(shown("state.json"));
      await expectToKeepItsPromises(deployed);
      expect(deployed.model.unsupported).toEqual([]);
      expect((await deployed.customer("silver-1").at("Pet Shop", "test").send("GET /pets")).status).toBe(200);
    } finally {
      await workspace.close();
    }
  }, 180_000);
});

async function expectToKeepItsPromises(gateway: TestGateway): Promise<void> {
  const acme = gateway.customer("acme");
  const answer = await acme.at("Pet Shop", "prod").send("GET /pets");
  expect([answer.status, answer.json()]).toEqual([200, { stage: "prod" }]);
  // The method's own limit on prod is smaller than the plan's, which both stages share, as they share the quota.
  expect((await acme.at("Pet Shop", "prod").burst(3, "GET /pets")).statuses).toEqual({ 200: 1, 429: 2 });
  expect((await acme.at("Pet Shop", "test").burst(4, "GET /pets")).statuses).toEqual({ 200: 3, 429: 1 });
  gateway.clock.advance({ seconds: 10 });
  const { statuses, last } = await acme.at("Pet Shop", "test").burst(4, "GET /pets");
  expect([statuses, last.json()]).toEqual([{ 200: 3, 429: 1 }, { message: "Limit Exceeded" }]);

  expect((await gateway.customer("initech").at("Pet Shop", "prod").send("GET /pets")).status).toBe(403);
  expect((await gateway.customer("silver-0").at("Pet Shop", "prod").send("GET /pets")).status).toBe(403);
  expect((await gateway.anyone.at("Pet Shop", "prod").send("GET /pets")).status).toBe(403);
  expect((await gateway.anyone.at("Pet Shop", "prod").send("GET /pets/1")).status).toBe(200);
}
