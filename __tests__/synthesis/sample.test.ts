import fc from "fast-check";
import { catalog } from "../../catalog";
import { defineCatalog, TierStacks } from "../../src";
import { shuffled } from "../support/arbitrary-catalog";
import { defineUnchecked } from "../support/catalogs";
import { synthesizedTexts } from "../support/synthesize";

jest.mock("../../src", () => {
  const project = jest.requireActual("../../src");
  return { ...project, defineCatalog: jest.fn(project.defineCatalog) };
});

test("I2: permuting every map of the sample gives the same bytes", () => {
  const [[written] = []] = jest.mocked(defineCatalog).mock.calls;
  const original = synthesizedTexts((app) => new TierStacks(app, catalog));
  expect(Object.keys(original)).toContain("access");
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (ranks) => {
      const permuted = defineUnchecked(shuffled(written, () => ranks.next().value));
      expect(synthesizedTexts((app) => new TierStacks(app, permuted))).toEqual(original);
    }),
    { numRuns: 10 },
  );
});
