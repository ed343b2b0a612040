import { review } from "../../src/review/review";
import { SHAPES } from "./support/shapes";
import { FOUND } from "./support/shapes/found";
import { plannedShapes, planOfShape } from "./support/shapes/shape";

const CHANGES = Object.entries(SHAPES).flatMap(([shape, { changes }]) =>
  Object.keys(changes).map((change) => [`${shape}/${change}`, shape, change] as const),
);

describe("shapes of public Terraform, planned by the real Terraform: verdict, rules and subjects are right", () => {
  test.each(CHANGES)("%s", (name, shape, change) => {
    const { verdict, sections } = review(planOfShape(shape, change));
    const found = sections.map(({ rule, findings }) => [rule, findings.map(({ subject }) => subject)]);
    expect([verdict, Object.fromEntries(found)]).toEqual(FOUND[name]);
  });

  test("each has its plan, and there are no others", () => {
    const names = CHANGES.map(([name]) => name).sort();
    expect(plannedShapes()).toEqual(names);
    expect(Object.keys(FOUND).sort()).toEqual(names);
  });

  test("there are at least twelve, and the plan of a change of nothing is green in each", () => {
    expect(Object.keys(SHAPES).length).toBeGreaterThanOrEqual(12);
    expect(Object.keys(SHAPES).map((shape) => FOUND[`${shape}/nothing`]?.[0])).toEqual(
      Object.keys(SHAPES).map(() => "no-decision-needed"),
    );
  });
});
