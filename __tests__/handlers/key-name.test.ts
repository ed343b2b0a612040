import { parameterName } from "../../src/contract/parameter-name";

test.each([
  ["joe-black", "joe-black"],
  ["acme.inc", "acme.inc"],
  ["joe@x", "joe_40x"],
  ["a_b", "a_5fb"],
  ["a+b=c:d", "a_2bb_3dc_3ad"],
  ["a/b", "a_2fb"],
  ["../a", ".._2fa"],
  ["\n", "_0a"],
  ["ü", "_c3_bc"],
  ["🦊", "_f0_9f_a6_8a"],
])("The key of subscription %j is named %s behind the prefix", (subscription, name) => {
  expect(parameterName("/api-tiers/keys/", subscription)).toBe(`/api-tiers/keys/${name}`);
});

test.each([
  ["a_b", "a_5fb"],
  ["a@b", "a_40b"],
  ["\u60e1", "`e1"],
])("Subscriptions %j and %j do not share a name", (one, other) => {
  expect(parameterName("", one)).not.toBe(parameterName("", other));
});
