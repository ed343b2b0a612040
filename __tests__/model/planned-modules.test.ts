import { resourcesOfShow } from "../../src/model/shown-resources";
import { isKnown, reference, referencesIn } from "../../src/model/terraform-resource";
import type { Json } from "../support/synthesize";

const KEY = "aws_api_gateway_api_key";
const MEMBER = "aws_api_gateway_usage_plan_key";
/** A key that has no id yet. */
const plannedKey = (module: string) => ({ address: `${module}.${KEY}.this`, mode: "managed", type: KEY, name: "this" });
/** A module that makes a key and gives its id back. */
const OF_KEY = {
  resources: [{ mode: "managed", type: KEY, name: "this", expressions: {} }],
  outputs: { id: { expression: { references: [`${KEY}.this.id`, `${KEY}.this`] } } },
};
const refersTo = (...references: string[]) => ({ expression: { references } });
const callOf = (module: Json, more: Json = {}) => ({ module, expressions: {}, ...more });

/** What the plan of a configuration says that the key of a usage plan is, which is known only after the apply. */
function keyIdOf(keyId: string, calls: Json, childModules: readonly Json[]): Json {
  const member = { mode: "managed", type: MEMBER, name: "main" };
  const { resources } = resourcesOfShow(
    {
      planned_values: {
        root_module: {
          resources: [
            { ...member, address: `${MEMBER}.main`, values: { usage_plan_id: "plan1" } },
            // Of one key alone, there would be no doubt which one is meant.
            { address: `${KEY}.other`, mode: "managed", type: KEY, name: "other" },
          ],
          child_modules: childModules,
        },
      },
      configuration: {
        root_module: {
          resources: [{ ...member, expressions: { key_id: { references: [keyId] } } }],
          module_calls: calls,
        },
      },
    } as never,
    "",
    "shop",
  );
  return resources.find(({ type }) => type === MEMBER)?.attributes.key_id;
}

const made = (address: string, ...children: Json[]) => ({
  address,
  resources: [plannedKey(address)],
  child_modules: children,
});

test.each([
  ["of a module", "module.keys.id", { keys: callOf(OF_KEY) }, [made("module.keys")], "module.keys"],
  [
    "of one of several modules",
    'module.keys["joe"].id',
    { keys: callOf(OF_KEY, { for_each_expression: {} }) },
    [made('module.keys["ann"]'), made('module.keys["joe"]')],
    'module.keys["joe"]',
  ],
  [
    "of a module in a module",
    "module.shop.key",
    { shop: callOf({ outputs: { key: refersTo("module.keys.id") }, module_calls: { keys: callOf(OF_KEY) } }) },
    [{ address: "module.shop", child_modules: [made("module.shop.module.keys")] }],
    "module.shop.module.keys",
  ],
])("the output %s is the id that its resource will have", (_, keyId, calls, modules, module) => {
  expect(keyIdOf(keyId, calls, modules)).toBe(reference("shop", `${module}.${KEY}.this`, "id"));
});

test("an output of a module that is not called is not known", () => {
  const keyId = keyIdOf("module.others.id", {}, [made("module.keys")]);
  expect(isKnown(keyId)).toBe(false);
  expect(referencesIn(keyId).map(({ address }) => address)).toEqual([""]);
});
