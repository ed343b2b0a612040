import { review } from "../../src/review/review";
import type { Json } from "../support/synthesize";
import { said } from "./support/reviewed";
import { wholePlan } from "./support/whole-plan";

const KEY = "aws_api_gateway_api_key";
const PLACE = "aws_api_gateway_usage_plan_key";
/** Looks like a key, and is none. */
const VALUE = ["Value", "Of", "AKey", "0123456789"].join("");

const refers = (...references: string[]) => ({ expression: { references } });
const key = (expressions: Json = {}) => ({ address: `${KEY}.acme`, type: KEY, name: "acme", expressions });
const relevant = (...names: string[]) => ({
  relevant_attributes: names.map((name) => {
    const [, resource, attribute] = /^(.*?[^.]+\.[^.]+?)(?:\.(value|id|result|invoke_url))?$/.exec(name) ?? [];
    return { resource, attribute: attribute === undefined ? [] : [attribute] };
  }),
});

const change = (type: string, actions: string[], before: Json, after: Json, rest: Json = {}) => ({
  address: `${type}.acme`,
  type,
  name: "acme",
  mode: "managed",
  change: { actions, before, after, after_unknown: {}, ...rest },
});
const created = (type: string, after: Json, unknown: Json = {}, sensitive: Json = {}) =>
  change(type, ["create"], null, after, { after_unknown: unknown, after_sensitive: sensitive });

const KEY_IS_NEW = created(KEY, { name: "acme", enabled: false }, { id: true, value: true }, { value: true });
const KEY_STAYS = change(
  KEY,
  ["no-op"],
  { id: "1", name: "acme", value: VALUE },
  { id: "1", name: "acme", value: VALUE },
);

/** What a review says of where the value of the key can be read. */
function readable(changes: Json[], rest: Json): [string, string][] {
  const json = wholePlan(changes, rest);
  return Object.entries(said(review([{ stack: "keys", file: "keys.json", json }]))).flatMap(([rule, found]) =>
    /^key-(maybe-|stays-)?readable$/.test(rule) ? found.map((each): [string, string] => [rule, each]) : [],
  );
}

const HOLDS = ["key-readable", "output it: holds the value of a key"];
const MAY_HOLD = ["key-maybe-readable", "output it: may hold the value of a key"];

/** What an output refers to, what the plan is made of, whether the output is sensitive, and what is said of it. */
const OUTPUTS: readonly (readonly [string, Json, Json, boolean, string[] | undefined])[] = [
  ["the value of a key", refers(`${KEY}.acme.value`, `${KEY}.acme`), {}, false, HOLDS],
  [
    "the value of one of many",
    refers(`${KEY}.acme["a.b"].value`, `${KEY}.acme["a.b"]`, `${KEY}.acme`),
    {},
    true,
    HOLDS,
  ],
  ["the value in a usage plan", refers(`${PLACE}.acme.value`, `${PLACE}.acme`), {}, false, HOLDS],
  ["the id of a key", refers(`${KEY}.acme.id`, `${KEY}.acme`), {}, true, undefined],
  ["something of all keys, not sensitive", refers(`${KEY}.acme`), {}, false, undefined],
  ["something of all keys, sensitive", refers(`${KEY}.acme`), {}, true, MAY_HOLD],
  ["something of all places in plans", refers(`${PLACE}.acme`), {}, false, MAY_HOLD],
  ["what the key gets as its value", refers("random_password.acme.result", "random_password.acme"), {}, true, HOLDS],
  ["another password", refers("random_password.db.result", "random_password.db"), {}, true, undefined],
  ["all of the password that the key gets", refers("random_password.acme"), {}, true, MAY_HOLD],
  [
    "a local value, in a plan that has no key's value",
    refers("local.x"),
    relevant("random_password.db.result"),
    true,
    undefined,
  ],
  [
    "a local value, in a plan that refers to ids of keys",
    refers("local.x"),
    relevant(`${KEY}.acme.id`),
    true,
    undefined,
  ],
  ["a local value, sensitive", refers("local.x"), relevant(`${KEY}.acme.value`), true, MAY_HOLD],
  [
    "a local value, of a value that stands nowhere else",
    refers("local.x"),
    relevant(`${KEY}.acme.value`),
    false,
    MAY_HOLD,
  ],
  ["a local value, of all keys, not sensitive", refers("local.x"), relevant(`${KEY}.acme`), false, undefined],
  ["a local value, of all places in plans", refers("local.x"), relevant(`${PLACE}.acme`), false, MAY_HOLD],
  [
    "a local value, of a value that the key gets",
    refers("local.x"),
    relevant("random_password.acme.result"),
    true,
    MAY_HOLD,
  ],
  ["a local value, in a plan that does not say what it is made of", refers("local.x"), {}, true, MAY_HOLD],
  ["a plain local value, in such a plan", refers("local.x"), {}, false, undefined],
  ["an output of a module", refers("module.m[0].key", "module.m"), {}, false, HOLDS],
  ["another output of the module", refers("module.m.url", "module.m"), {}, true, undefined],
  ["what a module is given, and gives back", refers("module.m.echo", "module.m"), {}, true, HOLDS],
  ["something of all outputs of modules, sensitive", refers("module.m"), {}, true, MAY_HOLD],
  ["something of all outputs of modules, not sensitive", refers("module.m"), {}, false, undefined],
  ["a parameter that holds it", refers("aws_ssm_parameter.acme.value", "aws_ssm_parameter.acme"), {}, true, HOLDS],
  ["data that Terraform keeps", refers("terraform_data.acme.output", "terraform_data.acme"), {}, false, HOLDS],
];

test.each(OUTPUTS)(
  "of an output that is known only after the apply and refers to %s",
  (_, it, rest, isSensitive, said) => {
    const resource = (type: string, expressions: Json) => ({
      address: `${type}.acme`,
      type,
      name: "acme",
      expressions,
    });
    const value = { references: [`${KEY}.acme.value`, `${KEY}.acme`] };
    const inner = { resources: [key()], outputs: { value: refers(`${KEY}.acme.value`) } };
    const module = {
      outputs: {
        key: refers("module.b.value"),
        url: refers("aws_api_gateway_stage.s.invoke_url"),
        echo: refers("var.key"),
      },
      module_calls: { b: { module: inner } },
    };
    const root_module = {
      outputs: { it },
      resources: [
        key({ value: { references: ["random_password.acme.result", "random_password.acme"] } }),
        resource("aws_ssm_parameter", { value }),
        resource("terraform_data", { input: value }),
      ],
      module_calls: { m: { expressions: { key: value }, module } },
    };
    // What the module and the parameter are given stands elsewhere too; a local value is not that.
    if (it.expression.references[0]?.startsWith("local.")) root_module.resources.splice(1);
    if (it.expression.references[0]?.startsWith("local.")) root_module.module_calls.m.expressions.key.references = [];
    const output_changes = {
      it: { actions: ["create"], before: null, after_unknown: true, after_sensitive: isSensitive },
    };
    expect(readable([KEY_IS_NEW], { output_changes, configuration: { root_module }, ...rest })).toEqual(
      said ? [said] : [],
    );
  },
);

test("only what is not known yet says whether an output may hold a key", () => {
  const it = (after_unknown: Json, after_sensitive: Json) => {
    const output_changes = { it: { actions: ["create"], before: null, after: {}, after_unknown, after_sensitive } };
    const configuration = { root_module: { outputs: { it: refers(`${KEY}.acme`) } } };
    return readable([KEY_IS_NEW], { output_changes, configuration });
  };
  expect(it({ id: true }, { password: true })).toEqual([]);
  expect(it({ id: true, password: true }, { password: true })).toEqual([MAY_HOLD]);
  expect(it([{ id: true }], [{ id: true }])).toEqual([MAY_HOLD]);
});

test.each([
  ["in base64", Buffer.from(`{"key":"${VALUE}"}`).toString("base64")],
  ["in a longer text", `export KEY=${VALUE};`],
  ["as a name in an object", { [VALUE]: "acme" }],
])("a value is found %s: in outputs, and in resources of any provider", (_, hidden) => {
  const changes = [
    KEY_STAYS,
    created("local_file", { content: hidden }),
    created("aws_instance", { user_data_base64: hidden }),
    change("terraform_data", ["no-op"], { input: hidden }, { input: hidden }),
  ];
  const output_changes = { it: { actions: ["create"], before: null, after: hidden, after_unknown: false } };
  expect(readable(changes, { output_changes })).toEqual([
    HOLDS,
    ["key-readable", "local_file.acme content: holds the value of a key"],
    ["key-readable", "aws_instance.acme user_data_base64: holds the value of a key"],
    ["key-stays-readable", "terraform_data.acme input: holds the value of a key"],
  ]);
});

test("a value is found of a key that is only read", () => {
  const data = { address: `data.${KEY}.acme`, mode: "data", type: KEY, name: "acme" };
  const prior = { values: { root_module: { resources: [{ ...data, values: { id: "1", value: VALUE } }] } } };
  const output_changes = { it: { actions: ["create"], before: null, after: VALUE, after_unknown: false } };
  expect(readable([], { output_changes, prior_state: prior })).toEqual([HOLDS]);
});

/** A resource, the expression of one of its attributes, what the plan is made of, and what is said. */
const RESOURCES: readonly (readonly [string, string, string[], Json, boolean, [string, string] | undefined])[] = [
  [
    "aws_ssm_parameter",
    "value",
    [`${KEY}.acme`, "each.key"],
    {},
    true,
    ["key-maybe-readable", "aws_ssm_parameter.acme: may hold the value of a key, and is a String"],
  ],
  [
    "aws_ssm_parameter",
    "insecure_value",
    ["local.x"],
    relevant(`${KEY}.acme.value`),
    false,
    ["key-maybe-readable", "aws_ssm_parameter.acme: may hold the value of a key in insecure_value"],
  ],
  [
    "local_file",
    "content",
    ["local.x", "var.y"],
    relevant(`${KEY}.acme.value`),
    true,
    ["key-maybe-readable", "local_file.acme content: may hold the value of a key"],
  ],
  [
    "null_resource",
    "triggers",
    [`${PLACE}.acme.value`, `${PLACE}.acme`],
    {},
    false,
    ["key-readable", "null_resource.acme triggers: holds the value of a key"],
  ],
  [
    "aws_ecs_task_definition",
    "container_definitions",
    ["local.env", `${KEY}.acme.value`, `${KEY}.acme`],
    {},
    true,
    ["key-readable", "aws_ecs_task_definition.acme container_definitions: holds the value of a key"],
  ],
  ["aws_ssm_parameter", "value", ["local.url"], relevant("aws_api_gateway_stage.prod.invoke_url"), true, undefined],
  ["aws_instance", "user_data", ["local.url"], relevant("aws_api_gateway_stage.prod.invoke_url"), false, undefined],
  ["aws_instance", "user_data", [`${KEY}.acme`, "count.index"], {}, false, undefined],
];

test.each(RESOURCES)("of %s, %s that refers to %j", (type, attribute, references, rest, isSensitive, said) => {
  const changes = [
    KEY_IS_NEW,
    created(type, { type: "String" }, { [attribute]: true }, isSensitive ? { [attribute]: true } : {}),
  ];
  const resource = { address: `${type}.acme`, type, name: "acme", expressions: { [attribute]: { references } } };
  const configuration = { root_module: { resources: [key(), resource] } };
  expect(readable(changes, { configuration, ...rest })).toEqual(said ? [said] : []);
});
