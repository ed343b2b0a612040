import fc from "fast-check";
import { parameterName } from "../../src";
import { defineUnchecked, problemsOf, withSubscriptions } from "../support/catalogs";

const withStore = (keyStore: unknown, subscriptions: unknown = { joe: { tier: "gold" } }) =>
  withSubscriptions(subscriptions, { keyStore });
const handOver = (keyStore: unknown, subscriptions: unknown) =>
  Object.fromEntries(
    defineUnchecked(withStore(keyStore, subscriptions)).subscriptions.map(({ id, keys }) => [id, keys[0]?.handOver]),
  );
const KMS_KEY = "arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666";

describe("the name under which a key is handed over", () => {
  test.each([
    ["joe-black", "/keys/joe-black"],
    ["acme.inc", "/keys/acme.inc"],
    ["4711", "/keys/4711"],
    ["joe@x", "/keys/joe_40x"],
    ["a_b", "/keys/a_5fb"],
    ["a+b=c:d", "/keys/a_2bb_3dc_3ad"],
    ["a/../b", "/keys/a_2f.._2fb"],
    ["tab\there", "/keys/tab_09here"],
  ])("of %j is %s", (subscription, name) => {
    expect(parameterName("/keys/", subscription)).toBe(name);
  });

  test("is another for every subscription, and one level below the prefix", () => {
    const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._@+=:-]{0,127}$/);
    fc.assert(
      fc.property(id, id, (one, other) => {
        expect(parameterName("/k/", one) === parameterName("/k/", other)).toBe(one === other);
        expect(parameterName("/k/", one)).toMatch(/^\/k\/[A-Za-z0-9_.-]+$/);
      }),
    );
  });
});

describe("a key is handed over", () => {
  const subscriptions = {
    a: { tier: "gold" },
    b: { tier: "gold", handOver: "ssm" },
    c: { tier: "gold", handOver: "secretsmanager" },
    d: { tier: "gold", handOver: false },
  };

  test.each([
    ["nowhere, unless its subscription says so", undefined, { a: undefined, b: "ssm", c: "secretsmanager" }],
    ["in Parameter Store", { type: "ssm" }, { a: "ssm", b: "ssm", c: "secretsmanager" }],
    ["in Secrets Manager", { type: "secretsmanager" }, { a: "secretsmanager", b: "ssm", c: "secretsmanager" }],
  ])("%s", (_, keyStore, stores) => {
    expect(handOver(keyStore, subscriptions)).toEqual({ ...stores, d: undefined });
  });

  test("under a path of its own, encrypted with AWS's own key, unless the catalog says otherwise", () => {
    expect(defineUnchecked(withStore({ type: "ssm" })).keyStore).toEqual({
      type: "ssm",
      prefix: "/api-tiers/keys/",
      kmsKeyId: undefined,
    });
    const chosen = { type: "secretsmanager", prefix: "/acme/Api_keys.v2/", kmsKeyId: KMS_KEY };
    expect(defineUnchecked(withStore(chosen)).keyStore).toEqual(chosen);
  });

  test.each([
    "0a1b2c3d-1111-2222-3333-444455556666",
    "mrk-0a1b2c3d1111222233334444555566667777".slice(0, 36),
    "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-0a1b2c3d111122223333444455556666",
    "${aws_kms_key.keys.arn}",
  ])("encrypted with the KMS key %s", (kmsKeyId) => {
    expect(defineUnchecked(withStore({ type: "ssm", kmsKeyId })).keyStore.kmsKeyId).toBe(kmsKeyId);
  });

  test.each([14, 1])("under a path of %d levels, as AWS allows", (levels) => {
    expect(problemsOf(withStore({ type: "ssm", prefix: `/${"a/".repeat(levels)}` }))).toEqual([]);
  });
});

describe("a mistake with the key store is reported", () => {
  const path = 'keyStore: prefix must be a path such as "/acme/keys/", of letters, digits, "_", "." and "-", got ';
  test.each<[string, unknown, string]>([
    ["no map", "ssm", 'keyStore: must be an object with type, prefix, kmsKeyId, got "ssm"'],
    ["no type", { prefix: "/a/" }, 'keyStore: type must be "ssm" or "secretsmanager", got nothing'],
    ["another type", { type: "vault" }, 'keyStore: type must be "ssm" or "secretsmanager", got "vault"'],
    [
      "an unknown field",
      { type: "ssm", prefx: "/a/" },
      'keyStore: has the unknown field "prefx"; did you mean "prefix"',
    ],
    ["a number", { type: "ssm", prefix: 1 }, 'keyStore: prefix must be a path such as "/acme/keys/", got 1'],
    ["no / before", { type: "ssm", prefix: "keys/" }, `${path}"keys/"; begin and end it with "/"`],
    ["no / after", { type: "ssm", prefix: "/keys" }, `${path}"/keys"; begin and end it with "/"`],
    ["all there is", { type: "ssm", prefix: "/" }, `${path}"/"; begin and end it with "/"`],
    ["an empty level", { type: "ssm", prefix: "/a//b/" }, `${path}"/a//b/"; begin and end it with "/"`],
    ["a space", { type: "ssm", prefix: "/my keys/" }, `${path}"/my keys/"; begin and end it with "/"`],
    ["a wildcard", { type: "ssm", prefix: "/a*/" }, `${path}"/a*/"; begin and end it with "/"`],
    [
      "an AWS path",
      { type: "ssm", prefix: "/aws/keys/" },
      'keyStore: prefix must not begin with "/aws" or "/ssm", which AWS keeps for itself, got "/aws/keys/"; choose another',
    ],
    [
      "a path of SSM's",
      { type: "secretsmanager", prefix: "/SSMkeys/" },
      'keyStore: prefix must not begin with "/aws" or "/ssm", which AWS keeps for itself, got "/SSMkeys/"; choose another',
    ],
    [
      "15 levels above the key's",
      { type: "ssm", prefix: `/${"a/".repeat(15)}` },
      "keyStore: prefix must have at most 14 levels, for AWS takes 15 with the subscription's, got ",
    ],
    [
      "a path that is too long for a secret's name",
      { type: "ssm", prefix: `/${"a-".repeat(64)}/` },
      "keyStore: prefix must have at most 128 characters, got ",
    ],
    [
      "an alias",
      { type: "ssm", kmsKeyId: "alias/keys" },
      'keyStore: kmsKeyId must be the id or ARN of a KMS key, got "alias/keys"; an alias will not do, for an IAM policy cannot name it',
    ],
  ])("%s", (_, keyStore, problem) => {
    expect(problemsOf(withStore(keyStore))).toEqual([expect.stringContaining(problem)]);
  });

  test("of a subscription too", () => {
    expect(problemsOf(withSubscriptions({ joe: { tier: "gold", handOver: true } }))).toEqual([
      'subscription "joe": handOver must be "ssm", "secretsmanager" or false, got true; leave it out for the catalog\'s keyStore',
    ]);
  });
});
