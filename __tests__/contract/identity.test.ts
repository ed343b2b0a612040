import fc from "fast-check";
import { addresses, readAddress } from "../../src/contract/addresses";
import { decodeIdentity, encodeIdentity, keyNamed, type StackIdentity } from "../../src/contract/identity";
import { terraformName } from "../../src/contract/terraform-name";
import { SUBSCRIPTION_IDS } from "../support/arbitrary-catalog";

const id = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/);
const record = <Value>(value: fc.Arbitrary<Value>) => fc.dictionary(id, value, { maxKeys: 3, noNullPrototype: true });
const arbitraryIdentity: fc.Arbitrary<StackIdentity> = fc.record({
  apis: record(id),
  existingApis: record(fc.stringMatching(/^[a-z0-9]{10}$/)),
  stages: record(fc.record({ api: id, stage: fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/) })),
  tiers: fc.array(id, { maxLength: 3 }),
  negotiated: record(fc.record({ subscription: id, tier: id })),
  existingKeys: record(fc.stringMatching(/^[a-z0-9]{10}$/)),
  subscriptions: fc.option(
    fc.record({ renamed: record(fc.stringMatching(/^[a-z.@]{1,8}$/)), others: fc.array(id, { maxLength: 3 }) }),
    { nil: undefined },
  ),
});

test("what a stack says of itself is read as it was written, also after JSON", () => {
  fc.assert(
    fc.property(arbitraryIdentity, (identity) => {
      expect(decodeIdentity(JSON.parse(JSON.stringify(encodeIdentity(identity))))).toEqual(identity);
    }),
  );
});

test.each([[undefined], [null], ["joe"], [["joe"]], [7]])("an output that says %j is not this project's", (value) => {
  expect(decodeIdentity(value)).toBeUndefined();
});

test("every subscription is found by the name of its key, and no two share one", () => {
  const anyId = fc.oneof(
    fc.constantFrom(...SUBSCRIPTION_IDS),
    fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._@+=:-]{0,12}$/),
  );
  fc.assert(
    fc.property(fc.uniqueArray(anyId, { maxLength: 8 }), (ids) => {
      const names = ids.map((each) => readAddress(addresses.apiKey(each))?.name ?? "");
      fc.pre(new Set(names).size === names.length);
      const renamed = Object.fromEntries(ids.map((each) => [terraformName(each), each]).filter(([a, b]) => a !== b));
      const identity = { ...NOTHING, subscriptions: { renamed, others: ["foreign"] } };
      expect(names.map((name) => keyNamed(name, identity))).toEqual(
        ids.map((id) => ({ subscription: id, key: "main" })),
      );
    }),
  );
});

const NOTHING: StackIdentity = {
  apis: {},
  existingApis: {},
  stages: {},
  tiers: [],
  negotiated: {},
  existingKeys: {},
  subscriptions: undefined,
};

test("a name says nothing where the stack says nothing of subscriptions, or says that the key is another's", () => {
  expect(keyNamed("joe", undefined)).toBeUndefined();
  expect(keyNamed("joe", NOTHING)).toBeUndefined();
  const subscriptions = { renamed: {}, others: ["joe"] };
  expect(keyNamed("joe", { ...NOTHING, subscriptions })).toBeUndefined();
});

test.each([
  ["aws_api_gateway_api_key.joe-black", { type: "aws_api_gateway_api_key", name: "joe-black" }],
  ["module.shop.aws_api_gateway_api_key.joe", undefined],
  ['aws_api_gateway_api_key.all["joe"]', undefined],
  ["aws_api_gateway_api_key.all[0]", undefined],
  ["aws_api_gateway_api_key.joe (deposed 00000001)", undefined],
  ["module.shop", undefined],
])("the address %s is that of %j", (address, expected) => {
  expect(readAddress(address)).toEqual(expected);
});
