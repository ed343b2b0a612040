import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import fc from "fast-check";
import { KeyHandover, keyReadStatements, SubscriptionKeys, TierStacks } from "../../src";
import { arbitraryCatalog, SUBSCRIPTION_IDS, type WrittenCatalog } from "../support/arbitrary-catalog";
import { defineUnchecked, withSubscriptions } from "../support/catalogs";
import { differences, type Json, resources, synthesize, synthesizedTexts } from "../support/synthesize";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 10);
const TYPES = ["aws_ssm_parameter", "aws_secretsmanager_secret", "aws_secretsmanager_secret_version"];
const KMS_KEY = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666";

const access = (subscriptions: unknown, parts: Record<string, unknown> = { keyStore: { type: "ssm" } }): Json =>
  synthesize(defineUnchecked(withSubscriptions(subscriptions, parts))).access;
const version = (key: string) => `\${1 + parseint(substr(sha1(${key}), 0, 7), 16)}`;

describe("a key that is handed over", () => {
  test("in Parameter Store becomes an encrypted parameter, whose value the state does not keep", () => {
    const stack = access({ joe: { tier: "gold", tags: { team: "sales" } } });
    expect(resources(stack, "aws_ssm_parameter")).toEqual({
      joe: {
        name: "/api-tiers/keys/joe",
        type: "SecureString",
        key_id: "alias/aws/ssm",
        value_wo: "${aws_api_gateway_api_key.joe.value}",
        value_wo_version: version("aws_api_gateway_api_key.joe.id"),
        tags: { team: "sales" },
      },
    });
    expect(resources(stack, "aws_secretsmanager_secret")).toEqual({});
  });

  test("in Secrets Manager becomes a secret that goes at once, and its version, whose value the state does not keep", () => {
    const stack = access({ joe: { tier: "gold", handOver: "secretsmanager", tags: { team: "sales" } } });
    expect(resources(stack, "aws_secretsmanager_secret")).toEqual({
      joe: { name: "/api-tiers/keys/joe", recovery_window_in_days: 0, tags: { team: "sales" } },
    });
    expect(resources(stack, "aws_secretsmanager_secret_version")).toEqual({
      joe: {
        secret_id: "${aws_secretsmanager_secret.joe.id}",
        secret_string_wo: "${aws_api_gateway_api_key.joe.value}",
        secret_string_wo_version: version("aws_api_gateway_api_key.joe.id"),
      },
    });
    expect(resources(stack, "aws_ssm_parameter")).toEqual({});
  });

  test.each([KMS_KEY, "${aws_kms_key.keys.arn}"])(
    "is encrypted with the team's KMS key %s, and again with another",
    (key) => {
      const subscriptions = { joe: { tier: "gold" }, zoe: { tier: "gold", handOver: "secretsmanager" } };
      const stack = access(subscriptions, { keyStore: { type: "ssm", kmsKeyId: key } });
      expect(resources(stack, "aws_ssm_parameter").joe).toMatchObject({
        key_id: key,
        value_wo_version: version(`"\${aws_api_gateway_api_key.joe.id} ${key}"`),
      });
      expect(resources(stack, "aws_secretsmanager_secret").zoe.kms_key_id).toBe(key);
      expect(resources(stack, "aws_secretsmanager_secret_version").zoe.secret_string_wo_version).toBe(
        version("aws_api_gateway_api_key.zoe.id"),
      );
    },
  );

  test("is named by its subscription's id, under the prefix", () => {
    const stack = access({ "zoe@acme.inc": { tier: "gold" } }, { keyStore: { type: "ssm", prefix: "/acme/keys/" } });
    const [[name, parameter]] = Object.entries(resources(stack, "aws_ssm_parameter")) as [[string, Json]];
    expect(parameter.name).toBe("/acme/keys/zoe_40acme.inc");
    expect(Object.keys(resources(stack, "aws_api_gateway_api_key"))).toEqual([name]);
    expect(parameter.value_wo).toBe(`\${aws_api_gateway_api_key.${name}.value}`);
  });

  test("stands beside the key, where the subscription is in a cohort", () => {
    const subscriptions = { joe: { tier: "gold", cohort: "emea" }, zoe: { tier: "gold" } };
    const parts = { keyStore: { type: "ssm" }, cohorts: { emea: {} } };
    const stacks = synthesize(defineUnchecked(withSubscriptions(subscriptions, parts)));
    expect(Object.keys(resources(stacks["access-emea"], "aws_ssm_parameter"))).toEqual(["joe"]);
    expect(Object.keys(resources(stacks.access, "aws_ssm_parameter"))).toEqual(["zoe"]);
  });

  test.each([
    ["ssm", ["aws_ssm_parameter"]],
    ["secretsmanager", ["aws_secretsmanager_secret", "aws_secretsmanager_secret_version"]],
  ])("moves along when its subscription is renamed: %s", (type, types) => {
    const { moved } = access({ "acme-corp": { tier: "gold", formerId: "acme" } }, { keyStore: { type } });
    expect(moved.slice(2)).toEqual(types.map((each) => ({ from: `${each}.acme`, to: `${each}.acme-corp` })));
  });

  test("is none without a key store, or for who says so", () => {
    for (const stack of [access({ joe: { tier: "gold" } }, {}), access({ joe: { tier: "gold", handOver: false } })])
      for (const type of TYPES) expect(resources(stack, type)).toEqual({});
  });

  test("can be found and changed, in a team's own stack too", () => {
    const { subscriptions, keyStore } = defineUnchecked(
      withSubscriptions(
        { joe: { tier: "gold" }, zoe: { tier: "gold", handOver: false } },
        { keyStore: { type: "ssm" } },
      ),
    );
    const { team = "" } = synthesizedTexts((app) => {
      const stack = new TerraformStack(app, "team");
      // cdktf does not ask; CDK Terrain needs a setting that says that write-only values exist.
      stack.node.setContext("targetVersions", { terraform: ">=1.11.0", opentofu: ">=1.11.0" });
      new AwsProvider(stack, "aws", {});
      const keys = new SubscriptionKeys(stack, "keys", { subscriptions, planIds: { gold: "p1" } });
      const handover = new KeyHandover(stack, "handover", { subscriptions, keys, keyStore });
      handover.place("joe").addOverride("tier", "Advanced");
      new TerraformOutput(stack, "arn", { value: handover.place("joe").arn });
      expect(() => handover.place("zoe")).toThrow('the key of "zoe" is not handed over here');
    });
    expect(resources(JSON.parse(team), "aws_ssm_parameter").joe).toMatchObject({ tier: "Advanced" });
    expect(JSON.parse(team).output.arn.value).toBe("${aws_ssm_parameter.joe.arn}");
  });
});

describe("the invariants hold for what is handed over", () => {
  const stores = fc.constantFrom<unknown>({ type: "ssm" }, { type: "secretsmanager", kmsKeyId: KMS_KEY });
  const choices = fc.array(fc.constantFrom(undefined, "ssm", "secretsmanager", false), { minLength: 9, maxLength: 9 });
  /** A catalog with a key store, in which subscriptions choose for themselves, and one of them. */
  const handingOver = fc
    .tuple(arbitraryCatalog, stores, choices)
    .chain(([catalog, keyStore, chosen]) =>
      fc.tuple(
        fc.constant({ ...withChoices(catalog, chosen), keyStore }),
        fc.constantFrom(...Object.keys(catalog.subscriptions)),
      ),
    );
  function withChoices(catalog: WrittenCatalog, chosen: readonly unknown[]): WrittenCatalog {
    const copy = structuredClone(catalog);
    for (const [index, subscription] of Object.values(copy.subscriptions).entries())
      if (chosen[index] !== undefined) subscription.handOver = chosen[index];
    return copy;
  }
  const stacksOf = (written: unknown) => synthesize(defineUnchecked(written));

  test("I1: its address is that of its key", () => {
    const everywhere = Object.fromEntries(
      SUBSCRIPTION_IDS.map((id, index) => [id, { tier: "gold", handOver: index % 2 ? "ssm" : "secretsmanager" }]),
    );
    const stack = access(everywhere);
    const names = (type: string) => Object.keys(resources(stack, type));
    expect([...names("aws_ssm_parameter"), ...names("aws_secretsmanager_secret")].sort()).toEqual(
      names("aws_api_gateway_api_key").sort(),
    );
    expect(names("aws_secretsmanager_secret_version")).toEqual(names("aws_secretsmanager_secret"));
  });

  test("I3: a subscription that comes or goes touches its own alone, and a move to another tier touches none", () => {
    fc.assert(
      fc.property(handingOver, ([catalog, id]) => {
        const without = structuredClone(catalog);
        delete without.subscriptions[id];
        const moved = structuredClone(catalog);
        const subscription = moved.subscriptions[id] as { tier: string };
        subscription.tier = Object.keys(catalog.tiers).find((tier) => tier !== subscription.tier) as string;

        const before = stacksOf(catalog);
        const changed = (after: Record<string, Json>) =>
          Object.keys(handedOver(before, after)).map((path) => path.split("/").at(-1));
        expect(changed(stacksOf(moved))).toEqual([]);
        const names = new Set(changed(stacksOf(without)));
        const { keyStore, subscriptions } = defineUnchecked(catalog);
        const chosen = subscriptions.find((each) => each.id === id)?.keys[0]?.handOver;
        expect(keyStore.type).toBeDefined();
        expect(names.size).toBe(chosen === undefined ? 0 : 1);
      }),
      { numRuns: RUNS },
    );
  });

  /** Blocks of what is handed over that differ. */
  function handedOver(before: Record<string, Json>, after: Record<string, Json>): Record<string, Json> {
    const blocks = (stacks: Record<string, Json>) =>
      Object.fromEntries(
        Object.entries(stacks).flatMap(([stack, each]) =>
          TYPES.flatMap((type) =>
            Object.entries(resources(each, type)).map(([name, block]) => [`${stack}.${type}.${name}`, { block }]),
          ),
        ),
      );
    const paths = Object.keys(differences(blocks(before), blocks(after)));
    return Object.fromEntries(paths.map((path) => [path.replace(/^\/[^.]*\.[^.]*\./, "/"), true]));
  }

  test("one subscription more leaves every other byte of its stack as it is", () => {
    const joe = { joe: { tier: "gold" } };
    const changed = Object.keys(differences(access(joe), access({ ...joe, zoe: { tier: "gold" } })));
    expect(changed).toEqual([
      "/resource/aws_api_gateway_api_key/zoe",
      "/resource/aws_api_gateway_usage_plan_key/zoe",
      "/resource/aws_ssm_parameter/zoe",
    ]);
  });

  test("10,000 keys in a store of their own are synthesized in seconds", () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`c${index}`, { tier: "gold" }]));
    const catalog = defineUnchecked(withSubscriptions(many, { keyStore: { type: "ssm" } }));
    const start = process.hrtime.bigint();
    const texts = synthesizedTexts((app) => new TierStacks(app, catalog));
    expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(60);
    expect(texts.access?.match(/"value_wo":/g)).toHaveLength(10_000);
  });
});

describe("who looks keys up may read", () => {
  const statements = (keyStore: unknown, where = {}, subscriptions: unknown = { joe: { tier: "gold" } }) =>
    keyReadStatements(defineUnchecked(withSubscriptions(subscriptions, { keyStore })), where);
  const underPrefix = (prefix: string) => [
    { actions: ["ssm:GetParameter"], resources: [`arn:aws:ssm:*:*:parameter${prefix}*`] },
    { actions: ["secretsmanager:GetSecretValue"], resources: [`arn:aws:secretsmanager:*:*:secret:${prefix}*`] },
  ];

  test("what is under the prefix, and nothing else", () => {
    expect(statements({ type: "ssm", prefix: "/acme/keys/" })).toEqual(underPrefix("/acme/keys/"));
    expect(statements(undefined)).toEqual(underPrefix("/api-tiers/keys/"));
  });

  test("the same, whichever store a subscription chooses, so that a customer changes no API's stack (I3)", () => {
    const choices = ["ssm", "secretsmanager", false].map((handOver) =>
      statements({ type: "ssm" }, {}, { joe: { tier: "gold", handOver } }),
    );
    expect(choices).toEqual(Array(3).fill(statements({ type: "ssm" }, {}, {})));
  });

  test.each([
    [KMS_KEY, KMS_KEY],
    ["0a1b2c3d-1111-2222-3333-444455556666", "arn:aws:kms:*:*:key/0a1b2c3d-1111-2222-3333-444455556666"],
    ["${aws_kms_key.keys.arn}", "${aws_kms_key.keys.arn}"],
  ])("what the team's KMS key has encrypted: %s", (kmsKeyId, resource) => {
    expect(statements({ type: "ssm", kmsKeyId })).toContainEqual({
      actions: ["kms:Decrypt"],
      resources: [resource],
    });
  });

  test("in one Region and account, where these are given", () => {
    const where = { partition: "aws-cn", region: "cn-north-1", account: "123456789012" };
    expect(statements({ type: "ssm" }, where)[0]?.resources).toEqual([
      "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/api-tiers/keys/*",
    ]);
  });
});
