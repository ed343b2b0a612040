import fc from "fast-check";
import type { PlanFile } from "../../src/review/plan-file";
import { review } from "../../src/review/review";
import { GATEWAY_SCHEMA } from "../support/gateway-schema";
import type { Json } from "../support/synthesize";
import { plansOf } from "./support/fixtures";
import { changedBy, planOf, WAYS } from "./support/one-of-each";

const SCENARIOS = [
  "plain-terraform",
  "quota-halved",
  "route-opened",
  "subscription-removed",
  "suspended",
  "tier-moved",
];
const NAMED = ["aws_api_gateway_api_key", "aws_api_gateway_rest_api", "aws_api_gateway_usage_plan"];

/** Gives keys, APIs and plans other names and descriptions, equal ones to what was equal, and calls some of them sensitive. */
function renamed(plan: Json, salt: string, isSensitive: boolean): Json {
  const copy = structuredClone(plan);
  const names: Record<string, Json> = {};
  const rename = (values: Json) => {
    for (const field of ["name", "description"])
      if (typeof values?.[field] === "string" && values[field] !== "") {
        values[field] = `${salt}-${values[field]}`;
        names[`owner_${Object.keys(names).length}`] = { value: values[field] };
      }
  };
  for (const { type, change } of copy.resource_changes ?? [])
    if (NAMED.includes(type)) for (const values of [change.before, change.after]) rename(values);
  const inModule = ({ resources = [], child_modules = [] }: Json) => {
    for (const { type, values } of resources) if (NAMED.includes(type)) rename(values);
    for (const child of child_modules) inModule(child);
  };
  inModule(copy.planned_values?.root_module ?? {});
  if (!isSensitive) return copy;
  copy.variables = names;
  copy.configuration.root_module.variables = Object.fromEntries(
    Object.keys(names).map((name) => [name, { sensitive: true }]),
  );
  return copy;
}

test.each(SCENARIOS)("the verdict and the rules of %s do not depend on names, or on what is sensitive", (scenario) => {
  const plans = plansOf(scenario);
  const outcome = (files: typeof plans) => {
    const { verdict, decisions, sections } = review(files);
    return { verdict, decisions, rules: sections.map(({ rule, findings }) => [rule, findings.length]) };
  };
  const expected = outcome(plans);
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,12}$/), fc.boolean(), (salt, isSensitive) => {
      const others = plans.map((plan) => ({ ...plan, json: renamed(plan.json as Json, salt, isSensitive) }));
      expect(outcome(others)).toEqual(expected);
    }),
    { numRuns: 5 },
  );
});

const NAMES = /\b(acme|api\.example\.com|call|caller|gold|link|Pet|prod|tokens|v1)\b/g;

/** The plan with other names wherever they stand, and with all of it sensitive: each text as a variable, each value by its mark. */
function disguised(plan: Json, salt: string): Json {
  const copy = JSON.parse(JSON.stringify(plan).replace(NAMES, (name) => `${salt}${name}`));
  const texts = new Set<string>();
  JSON.stringify(copy, (_, value) => {
    if (typeof value === "string") texts.add(value);
    return value;
  });
  for (const { change } of copy.resource_changes)
    Object.assign(change, { before_sensitive: true, after_sensitive: true });
  const variables = [...texts, "decision-needed", "no-decision-needed", "findings"].map(
    (value, index) => [`text_${index}`, value] as const,
  );
  copy.variables = Object.fromEntries(variables.map(([name, value]) => [name, { value }]));
  copy.configuration.root_module.variables = Object.fromEntries(variables.map(([name]) => [name, { sensitive: true }]));
  return copy;
}

test("nor do they for any change of an attribute on a request's way", () => {
  const outcome = (file: PlanFile) => {
    const { verdict, decisions, sections } = review([file]);
    return { verdict, decisions, rules: sections.map(({ rule, findings }) => [rule, findings.length]) };
  };
  const change = fc
    .constantFrom(...Object.keys(GATEWAY_SCHEMA))
    .chain((type) =>
      fc.tuple(fc.constantFrom(...WAYS), fc.constant(type), fc.constantFrom(...(GATEWAY_SCHEMA[type] ?? []))),
    );
  fc.assert(
    fc.property(change, fc.stringMatching(/^[a-z]{1,12}$/), ([way, type, part], salt) => {
      const plan = planOf(changedBy(way, type, [part]));
      const json = disguised(plan.json as Json, salt);
      expect({ part: [way, type, part], ...outcome({ ...plan, json }) }).toEqual({
        part: [way, type, part],
        ...outcome(plan),
      });
    }),
    { numRuns: 8 * Number(process.env.PROPERTY_RUNS ?? 25) },
  );
});
