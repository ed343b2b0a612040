import { createHash } from "node:crypto";
import { resolve } from "node:path";
import Stripe from "stripe";
import { ServeProgram } from "../gateway/support/serve-program";
import { describeWith } from "../support/requirements";
import { API_TIERS, runOrFail, TYPESCRIPT } from "../support/run";
import type { Json } from "../support/synthesize";
import { actionsOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(300_000);

const TOKEN = "own-servers-of-the-test";
const STRIPE_SECRET = "whsec_test";
const STACKS = ["pets", "pets-prod", "access", "self-service"];

describeWith(["terraform", "emulator"], "a customer signs up by themselves (docs/self-service.md)", () => {
  let workspace: Workspace;
  let gateway: ServeProgram;
  let key = "";
  let requests = 0;

  beforeAll(async () => {
    workspace = await Workspace.open();
    const env = {
      CDKTF_OUTDIR: workspace.path("cdktf.out"),
      OWN_SERVERS_TOKEN_SHA256: createHash("sha256").update(TOKEN).digest("hex"),
    };
    runOrFail("node", [...TYPESCRIPT, resolve("examples/self-service/main.ts")], { env });
    for (const stack of STACKS) {
      workspace.terraform(stack).init();
      workspace.terraform(stack).deploy();
    }
    const deployed = workspace.aws("lambda", "get-function-configuration", "--function-name", "pets-self-service");
    const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = workspace.env;
    const variables = {
      SELF_SERVICE: deployed.Environment.Variables.SELF_SERVICE,
      STRIPE_WEBHOOK_SECRET: STRIPE_SECRET,
      AWS_ENDPOINT_URL,
      AWS_ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY,
    };
    gateway = await ServeProgram.startIn(
      workspace.env,
      workspace.path("cdktf.out"),
      "--self-service",
      "pets-self-service",
      ...Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
    );
  });
  afterAll(async () => {
    await gateway?.stop();
    await workspace.close();
  });

  const ask = async (method: string, path: string, body?: object): Promise<Json> => {
    const headers = {
      Authorization: `Bearer ${TOKEN}`,
      "Content-Type": "application/json",
      "Idempotency-Key": `request-${++requests}`,
    };
    const answer = await fetch(`${gateway.url}/accounts/prod/subscriptions/${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, ...((await answer.json()) as Json) };
  };
  const call = async (value: string) =>
    (await fetch(`${gateway.url}/pets/prod/pets`, { headers: { "x-api-key": value } })).status;
  /** The gateway looks for changes every second. */
  const callAfter = async (value: string, status: number) => {
    for (let tries = 0; tries < 40 && (await call(value)) !== status; tries++)
      await new Promise((next) => setTimeout(next, 250));
    return call(value);
  };
  const webhook = async (type: string, secondsAgo: number, id: string) => {
    const created = Math.floor(Date.now() / 1_000) - secondsAgo;
    const payload = JSON.stringify({ id, type, created, data: { object: { metadata: { subscription: "acme" } } } });
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: STRIPE_SECRET });
    const headers = { "Stripe-Signature": signature, "Content-Type": "application/json" };
    return (await fetch(`${gateway.url}/webhooks/prod/stripe`, { method: "POST", headers, body: payload })).status;
  };
  const expectNoChange = () => {
    for (const stack of STACKS) expect([stack, actionsOf(workspace.terraform(stack).plan())]).toEqual([stack, []]);
  };

  test("signs up, and has a key once the team has verified it", async () => {
    expect(await ask("PUT", "acme", { tier: "free", customer: "Acme Inc" })).toMatchObject({
      status: 200,
      state: "pending",
    });
    const verified = await ask("POST", "acme/verify");
    expect(verified).toMatchObject({ status: 200, state: "active", works: true });
    key = verified.keyValue;
    expect(await callAfter(key, 200)).toBe(200);
  });

  test("its key is in no file of Terraform: a plan of every stack changes nothing", () => {
    expectNoChange();
  });

  test("moves up at once", async () => {
    expect(await ask("POST", "acme/move", { tier: "startup" })).toMatchObject({ status: 200, tier: "startup" });
    expect(await callAfter(key, 200)).toBe(200);
  });

  test("rotates its key without an outage", async () => {
    const { keyValue, keys } = await ask("POST", "acme/rotate");
    expect(keys).toMatchObject([
      { name: "1", works: true },
      { name: "2", works: true },
    ]);
    expect(await callAfter(keyValue, 200)).toBe(200);
    expect(await call(key)).toBe(200);
    key = keyValue;
  });

  test("is suspended by a webhook of Stripe, which comes twice, and resumed by a later one; an old one changes nothing", async () => {
    expect(await webhook("customer.subscription.paused", 60, "evt_1")).toBe(200);
    expect(await webhook("customer.subscription.paused", 60, "evt_1")).toBe(200);
    expect(await callAfter(key, 403)).toBe(403);
    expect(await webhook("customer.subscription.resumed", 30, "evt_3")).toBe(200);
    expect(await callAfter(key, 200)).toBe(200);
    expect(await webhook("customer.subscription.paused", 45, "evt_2")).toBe(200);
    expect(await ask("GET", "acme")).toMatchObject({ suspended: false });
  });

  test("is in the export with the ids of its keys, and no value", () => {
    const { stdout } = runOrFail(
      process.execPath,
      [...API_TIERS, "self-service", "export", "--table", "pets-self-service"],
      { env: { ...workspace.env, NODE_NO_WARNINGS: "1" } },
    );
    const exported = JSON.parse(stdout);
    expect(exported).toMatchObject({
      subscription: "acme",
      customer: "Acme Inc",
      tiers: [{ tier: "free", to: expect.any(String) }, { tier: "startup" }],
      keys: [
        { name: "1", works: true },
        { name: "2", works: true },
      ],
    });
    expect(stdout).not.toContain(key);
  });

  test("ends, and its keys open nothing; Terraform still has nothing to change", async () => {
    expect(await ask("POST", "acme/end")).toMatchObject({ status: 200, state: "ended" });
    expect(await callAfter(key, 403)).toBe(403);
    expectNoChange();
  });

  test("no value was printed by the gateway", () => {
    expect(gateway.printed).not.toContain(key);
  });

  test("others cannot call the API of the subscriptions", async () => {
    const answer = await fetch(`${gateway.url}/accounts/prod/subscriptions/acme`, {
      headers: { Authorization: "Bearer x" },
    });
    expect(answer.status).toBe(401);
  });
});
