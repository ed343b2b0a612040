import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { readPlanFiles } from "../../src/review/plan-file";
import { renderMarkdown } from "../../src/review/render/markdown";
import { renderText } from "../../src/review/render/text";
import { reportJsonSchema, reportSchema } from "../../src/review/report";
import { review } from "../../src/review/review";
import { type Json, withFolder } from "../support/synthesize";
import { FIXTURES, plansOf, stringOf } from "./support/fixtures";
import { wholePlan } from "./support/whole-plan";

/** How many broken plans are tried. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 150);

/** Reviews a file with this text; answers the message of the error, or `undefined` for a report that can be rendered. */
function problemOf(text: string | Buffer): string | undefined {
  return withFolder((folder) => {
    const file = join(folder, "access.json");
    writeFileSync(file, text);
    let report: ReturnType<typeof review>;
    try {
      report = review(readPlanFiles([file]));
    } catch (error) {
      return (error as Error).message.replaceAll(folder, "");
    }
    reportSchema.parse(report);
    renderMarkdown(report);
    renderText(report, { color: false, width: 80 });
    return undefined;
  });
}

const PLAN = plansOf("tier-moved").find(({ stack }) => stack === "access");
const HAND_WRITTEN = plansOf("plain-terraform")[0];

const { resource_changes: CHANGES }: Json = PLAN?.json ?? {};
const without = (part: string) => JSON.stringify({ ...PLAN?.json, [part]: undefined });

test.each<[string, string | Buffer, RegExp]>([
  ["nothing", "", /^\/access\.json is not valid JSON; give what "terraform show -json" printed/],
  ["a plan as Terraform saves it", "PK\u0003\u0004", /run "terraform show -json" on it/],
  ["other JSON", '{"a": 1}', /is JSON, but not of "terraform show -json"/],
  ["a list", "[]", /is JSON, but not of "terraform show -json"/],
  ["the text of a plan", "Terraform will perform the following actions:", /is not valid JSON/],
  ["a state", '{"format_version": "1.0", "values": {}}', /is a state, not a plan; run "terraform plan -out=plan"/],
  [
    "a format that is not known",
    '{"format_version": "2.0"}',
    /has the format version "2\.0", and 0\.x and 1\.x are known/,
  ],
  [
    "a plan that failed",
    '{"format_version": "1.2", "resource_changes": [], "errored": true}',
    /is a plan that ended with an error; fix what "terraform plan" reports/,
  ],
  [
    "changes of another shape",
    '{"format_version": "1.2", "resource_changes": [{"address": 7}]}',
    /is not as "terraform show -json" prints plans: resource_changes\[0\] is not a change of a resource/,
  ],
  [
    "an action that nobody knows",
    '{"format_version": "1.2", "resource_changes": [{"address": "a.b", "type": "a", "change": {"actions": ["explode"]}}]}',
    /resource_changes\[0\]\.change\.actions is none that is known/,
  ],
  [
    "a plan without planned values",
    without("planned_values"),
    /it has no planned_values, so something was taken out; /,
  ],
  ["a plan without changes", without("resource_changes"), /is in planned_values, and not in resource_changes/],
  ["a plan without its configuration", without("configuration"), /it has no configuration, so something was taken out/],
  [
    "a plan with a change too few",
    JSON.stringify({ ...PLAN?.json, resource_changes: CHANGES.slice(1) }),
    /is in planned_values, and not in resource_changes, so something was taken out; create it again/,
  ],
  [
    "a plan with a value too few",
    JSON.stringify({ ...PLAN?.json, planned_values: { root_module: {} } }),
    /is in resource_changes, and not in planned_values, so something was taken out; create it again/,
  ],
  [
    "a plan that cannot be applied",
    JSON.stringify({ ...PLAN?.json, applyable: false }),
    /Terraform says that it cannot be applied \(applyable is false\), although it changes something/,
  ],
  ["a broken archive", Buffer.from([0x1f, 0x8b, 1, 2, 3]), /cannot be read/],
])("%s is refused with a message", (_, text, message) => {
  expect(problemOf(text)).toMatch(message);
});

test("all plans that cannot be read are named at once, and names that are used twice", () => {
  expect(() => readPlanFiles(["/nowhere/a.json", "/nowhere/b.json"])).toThrow(
    /a\.json cannot be read.*\n.*b\.json cannot/,
  );
  const [file = ""] = plansOf("no-change").map((plan) => plan.file);
  expect(() => readPlanFiles([file, file])).toThrow(/there are two plans called "\w+"/);
});

test("a plan of other providers is reviewed, and all of it listed", () => {
  const change = { actions: ["create"], before: null, after: { name: "x" }, after_unknown: { id: true } };
  const plan = wholePlan([{ address: "google_thing.x", type: "google_thing", name: "x", mode: "managed", change }]);
  const report = review([{ stack: "other", file: "other.json", json: plan }]);
  expect(report.otherChanges).toEqual([
    { stack: "other", address: "google_thing.x", type: "google_thing", action: "create", attributes: [] },
  ]);
  expect(report.verdict).toBe("no-decision-needed");
});

test("a plan that is cut off anywhere is refused with a message", () => {
  const text = PLAN ? stringOf(PLAN) : "";
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length - 1 }), (end) => {
      expect(problemOf(text.slice(0, end))).toMatch(/^\/access\.json .*;/);
    }),
    { numRuns: RUNS },
  );
});

/** Paths to all values of a JSON value. */
function pathsIn(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, each]) => pathsIn(each, [...path, name]))];
}

function replaced(plan: Json, path: readonly (string | number)[], value: Json): Json {
  const copy = structuredClone(plan);
  const [last = "", ...others] = [...path].reverse();
  const parent = others.reverse().reduce((found, step) => found[step], copy);
  parent[last] = value;
  return copy;
}

test.each([
  ["of this project", PLAN],
  ["of plain Terraform", HAND_WRITTEN],
])("a plan %s in which any value is another one is reviewed, or refused with a message", (_, plan) => {
  const paths = pathsIn(plan?.json).filter(({ length }) => length > 0);
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
      const problem = problemOf(JSON.stringify(replaced(plan?.json, path, value)));
      expect(problem ?? "fine").toMatch(/^(fine$|\/access\.json )/);
      expect(problem ?? "").not.toMatch(/is not a function|undefined|Cannot read|iterable/);
    }),
    { numRuns: RUNS },
  );
});

test("random JSON with the keys of a plan is reviewed, or refused with a message", () => {
  const keys = fc.constantFrom(
    "format_version",
    "resource_changes",
    "planned_values",
    "configuration",
    "root_module",
    "resources",
    "change",
    "address",
    "type",
    "mode",
    "values",
    "actions",
    "before",
    "after",
    "expressions",
    "variables",
    "child_modules",
    "module_calls",
    "output_changes",
    "prior_state",
    "resource_drift",
    "api_stages",
    "moved",
  );
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom("1.2", "managed", "aws_api_gateway_api_key", "aws_api_gateway_usage_plan", "", 0, true, null),
      fc.array(tie("json"), { maxLength: 3 }),
      fc.dictionary(keys, tie("json"), { maxKeys: 6 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(keys, json, { maxKeys: 8 }), (plan) => {
      const problem = problemOf(
        JSON.stringify({ ...plan, format_version: "1.2", resource_changes: plan.resource_changes ?? [] }),
      );
      expect(problem ?? "fine").toMatch(/^(fine$|\/access\.json )/);
    }),
    { numRuns: RUNS * 4 },
  );
});

test("every fixture is a report by its schema, which is the published one", () => {
  expect(JSON.parse(readFileSync("schemas/review.schema.json", "utf8"))).toEqual(reportJsonSchema());
  for (const scenario of FIXTURES.filter((name) => name !== "five-thousand-subscriptions"))
    expect(() => reportSchema.parse(review(plansOf(scenario)))).not.toThrow();
});
