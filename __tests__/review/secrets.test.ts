import fc from "fast-check";
import { KnownValues, MASK } from "../../src/masking/known-values";
import { secretValues } from "../../src/masking/secret-values";
import { maskText } from "../../src/masking/text-mask";
import type { PlanFile } from "../../src/review/plan-file";
import { renderJson } from "../../src/review/render/json";
import { renderMarkdown } from "../../src/review/render/markdown";
import { renderText } from "../../src/review/render/text";
import { review } from "../../src/review/review";
import type { Json } from "../support/synthesize";
import { FIXTURES, plansOf, stringOf } from "./support/fixtures";

/** Looks like a key, and is none. */
const PLANTED = ["Planted", "Key", "Value", "0123456789"].join("");

/** All that a review prints, in every format and at every size. */
function outputsOf(plans: readonly PlanFile[]): string {
  const report = review(plans);
  return [
    renderJson(report),
    renderMarkdown(report),
    ...[40, 100, 1_000].map((width) => renderText(report, { color: true, width, most: 100_000 })),
  ].join("\n");
}

/** Changes each plan of a key, or of a key's place in a plan. */
function mapKeys(plan: Json, change: (resource: Json, values: Json) => void): Json {
  const copy = structuredClone(plan);
  const isKey = ({ type }: Json) => type === "aws_api_gateway_api_key" || type === "aws_api_gateway_usage_plan_key";
  for (const each of (copy.resource_changes ?? []).filter(isKey))
    for (const values of [each.change.before, each.change.after]) if (values) change(each, values);
  for (const values of [copy.planned_values, copy.prior_state?.values])
    for (const each of (values?.root_module?.resources ?? []).filter(isKey)) change(each, each.values);
  return copy;
}

/** Every place in which Terraform puts the value of a key, or in which somebody does. */
const PLACES: Readonly<Record<string, (plan: Json) => Json>> = {
  "the value of keys and of their places in plans": (plan) =>
    mapKeys(plan, (_, values) => {
      values.value = PLANTED;
    }),
  "the names and descriptions of keys that hold it": (plan) =>
    mapKeys(plan, (_, values) => {
      Object.assign(values, { value: PLANTED, name: `x ${PLANTED}`, description: `key: ${PLANTED}.` });
    }),
  "tags, ids and names of plans, once a key has the value": (plan) => {
    const copy = mapKeys(plan, (_, values) => {
      values.value = PLANTED;
    });
    const plans = copy.resource_changes.filter(({ type }: Json) => type === "aws_api_gateway_usage_plan");
    for (const { change } of plans)
      for (const values of [change.before, change.after])
        if (values) Object.assign(values, { name: PLANTED, tags: { [PLANTED]: PLANTED } });
    for (const { type, values } of copy.planned_values?.root_module?.resources ?? [])
      if (type === "aws_api_gateway_usage_plan") Object.assign(values, { name: PLANTED, tags: { [PLANTED]: PLANTED } });
    return copy;
  },
  "a sensitive variable, and a resource that repeats it": (plan) => ({
    ...plan,
    variables: { ...plan.variables, planted: { value: PLANTED } },
    configuration: {
      ...plan.configuration,
      root_module: { ...plan.configuration?.root_module, variables: { planted: { sensitive: true } } },
    },
    ...withSomethingElse(plan),
  }),
  "a sensitive output, before and after": (plan) => ({
    ...plan,
    output_changes: {
      key: { actions: ["update"], before: PLANTED, after: [PLANTED], before_sensitive: true, after_sensitive: [true] },
    },
    ...withSomethingElse(plan),
  }),
  "what drifted, and data that was read": (plan) => ({
    ...plan,
    resource_drift: [
      {
        address: `aws_api_gateway_usage_plan_key.${PLANTED}`,
        type: "aws_api_gateway_usage_plan_key",
        change: { before: { value: PLANTED }, after: null, actions: ["delete"] },
      },
    ],
    ...withSomethingElse(plan),
  }),
  "a value that is written out in the configuration of a module": (plan) => ({
    ...plan,
    configuration: {
      root_module: {
        module_calls: {
          keys: {
            module: {
              resources: [{ type: "aws_api_gateway_api_key", expressions: { value: { constant_value: PLANTED } } }],
            },
          },
        },
      },
    },
    ...withSomethingElse(plan),
  }),
  "data of the account in a child module": (plan) => ({
    ...plan,
    prior_state: {
      values: {
        root_module: {
          child_modules: [
            {
              resources: [{ type: "aws_api_gateway_api_keys", mode: "data", values: { items: [{ value: PLANTED }] } }],
            },
          ],
        },
      },
    },
    ...withSomethingElse(plan),
  }),
};

/** The changes and planned values of a plan, with one more. */
const withSomethingElse = ({ resource_changes = [], planned_values }: Json) => {
  const { change, ...resource } = somethingElse();
  const { resources = [], ...root } = planned_values.root_module ?? {};
  return {
    applyable: true,
    resource_changes: [...resource_changes, { ...resource, change }],
    planned_values: {
      ...planned_values,
      root_module: { ...root, resources: [...resources, { ...resource, name: "this", values: change.after }] },
    },
  };
};

/** A resource that no rule knows, whose address and attributes hold the value. */
const somethingElse = () => ({
  address: `aws_thing.this["${PLANTED}"]`,
  type: "aws_thing",
  mode: "managed",
  change: { actions: ["update"], before: { [PLANTED]: 1 }, after: { [PLANTED]: 2 }, after_unknown: {} },
});

/** Plans that show no key, and many plans of which one key is as good as all. */
const LEFT_OUT = [
  ...["first-deploy", "five-thousand-subscriptions"],
  ...["odd-refresh-only", "odd-refresh-only-without-changes", "odd-target"],
];
const WITH_KEYS = FIXTURES.filter((name) => !LEFT_OUT.includes(name));

describe.each(WITH_KEYS)("of %s, no output holds", (scenario) => {
  test.each(Object.keys(PLACES))("%s", (place) => {
    const planted = plansOf(scenario).map((plan) => ({ ...plan, json: PLACES[place]?.(plan.json as Json) ?? {} }));
    expect(planted.map(stringOf).join()).toContain(PLANTED);
    expect(outputsOf(planted)).not.toContain(PLANTED);
  });

  test("any value of the keys that Terraform made", () => {
    const plans = plansOf(scenario);
    const values = [
      ...plans
        .map(stringOf)
        .join()
        .matchAll(/"value":"((?:FakeKeyValueOf|Globex)\w+)"/g),
    ].map(([, key]) => key);
    expect(values.length).toBeGreaterThan(0);
    const outputs = outputsOf(plans);
    expect(values.filter((value) => outputs.includes(value ?? ""))).toEqual([]);
  });
});

test("the author of a plan cannot change the verdict or the words of a report by calling them sensitive", () => {
  const honest = review(plansOf("subscription-removed"));
  const words = [
    ...["decision-needed", "no-decision-needed", "customer", "customers", "changes", "decisions", "findings", "loses"],
    ...["<!-- api-tiers review -->", "access-lost", "formatVersion", "delete"],
  ];
  const disguised = plansOf("subscription-removed").map((plan) => ({
    ...plan,
    json: {
      ...plan.json,
      variables: Object.fromEntries(words.map((value, index) => [`owner_${index}`, { value }])),
      configuration: {
        ...(plan.json as Json).configuration,
        root_module: {
          ...(plan.json as Json).configuration?.root_module,
          variables: Object.fromEntries(words.map((_, index) => [`owner_${index}`, { sensitive: true }])),
        },
      },
    },
  }));
  const report = review(disguised);
  expect([report.verdict, report.decisions]).toEqual([honest.verdict, honest.decisions]);
  expect(Object.keys(report)).toEqual(Object.keys(honest));
  expect(report.sections.map(({ rule, title }) => [rule, title])).toEqual(
    honest.sections.map(({ rule, title }) => [rule, title]),
  );
  expect(renderMarkdown(report).split("\n")[0]).toBe("<!-- api-tiers review -->");
});

test("secrets are found wherever they stand in a text, whichever of them begin alike", () => {
  const secret = fc.stringMatching(/^[ab]{6,9}$/);
  fc.assert(
    fc.property(
      fc.array(secret, { minLength: 1, maxLength: 8 }),
      fc.array(fc.oneof(secret, fc.string()), { maxLength: 9 }),
      (all, parts) => {
        const secrets = new KnownValues(all);
        const masked = secrets.mask(parts.join("|"));
        // What is left between two masks was never a secret as a whole.
        for (const each of all) expect(masked.split(MASK).some((part) => part.includes(each))).toBe(false);
      },
    ),
  );
  expect(new KnownValues().mask("nothing to hide")).toBe("nothing to hide");
});

/** Masks what a text reveals itself, with no plan beside it. */
const maskRevealed = (text: string) => maskText(text, { vouched: false });

describe("the text of a plan is masked", () => {
  const plan = (value: string) => `
  # aws_api_gateway_usage_plan_key.joe must be replaced
-/+ resource "aws_api_gateway_usage_plan_key" "joe" {
      ~ id            = "abc" -> (known after apply)
      - name          = "joe" -> null
      ~ value         = "${value}" -> (known after apply)
    }

  # aws_lambda_function.f will be updated in-place
  ~ resource "aws_lambda_function" "f" {
      ~ environment {
          ~ variables = { "KEY" = "x-${value}" }
        }
      ~ value = "not a key"
    }
`;
  test("where a key stands, and wherever else its value does", () => {
    const masked = maskRevealed(plan(PLANTED));
    expect(masked).not.toContain(PLANTED);
    expect(masked).toContain(`value         = "${MASK}" -> (known after apply)`);
    expect(masked).toContain(`"KEY" = "x-${MASK}"`);
    expect(masked).toContain('value = "not a key"');
    expect(masked.split("\n")).toHaveLength(plan(PLANTED).split("\n").length);
  });

  test.each([
    ["in colors", (text: string) => text.replace(/~ value( +)= /g, "\u001b[33m~\u001b[0m\u001b[0m value$1= ")],
    ["with the stack before each line, as cdktf prints it", (text: string) => text.replace(/^/gm, "access  ")],
    ["with the old value and the new one", (text: string) => text.replace("(known after apply)", `"New${PLANTED}"`)],
    ["with lines that end as on Windows", (text: string) => text.replace(/\n/g, "\r\n")],
  ])("%s", (_, change) => {
    expect(maskRevealed(change(plan(PLANTED)))).not.toContain(PLANTED);
  });

  test("of the state, where tags come before the value", () => {
    const state = `resource "aws_api_gateway_api_key" "joe" {\n    tags = {\n        "a" = "b"\n    }\n    value = "${PLANTED}"\n}\n`;
    expect(maskRevealed(state)).not.toContain(PLANTED);
  });

  test.each(WITH_KEYS)("as JSON: %s", (scenario) => {
    for (const { json } of plansOf(scenario)) {
      const planted = JSON.stringify(PLACES["the value of keys and of their places in plans"]?.(json as Json));
      const masked = maskText(planted, { values: secretValues(JSON.parse(planted)), vouched: true });
      expect(masked.includes(PLANTED)).toBe(false);
      expect(() => JSON.parse(masked)).not.toThrow();
    }
  });

  test("and left as it is where there is no key", () => {
    expect(maskRevealed("No changes. Your infrastructure matches the configuration.\n")).toBe(
      "No changes. Your infrastructure matches the configuration.\n",
    );
  });
});
