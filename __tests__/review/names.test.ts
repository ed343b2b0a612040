import fc from "fast-check";
import { review } from "../../src/review/review";
import type { Json } from "../support/synthesize";
import { plansOf } from "./support/fixtures";

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
