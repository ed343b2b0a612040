import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { DriftReport } from "../../src/drift/report";
import { arbitraryCatalog } from "../support/arbitrary-catalog";
import { defineUnchecked } from "../support/catalogs";
import { withFolder } from "../support/synthesize";
import { wholeCatalog } from "../support/whole-catalog";
import { controlPlaneOf, type Deployed, deployedIn, driftOf } from "./support/account";
import { CHANGEABLE } from "./support/changeable";
import { MUTATIONS } from "./support/mutations";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 10);

const kinds = ({ findings }: DriftReport) => findings.map(({ kind, about }) => `${kind} ${about}`);

describe("an account that is as it was deployed", () => {
  test.each([
    ["any catalog", arbitraryCatalog],
    ["a catalog with all of its words", wholeCatalog],
  ])("has no drift, of %s", async (_, catalogs) => {
    await fc.assert(
      fc.asyncProperty(catalogs, (written) =>
        withFolder(async (folder) => {
          const deployed = deployedIn(folder, defineUnchecked(written));
          const report = await driftOf(deployed, controlPlaneOf(deployed.account()));
          expect([kinds(report), report.notRead, report.notDeployed, report.verdict]).toEqual([[], [], [], "no-drift"]);
        }),
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});

describe("an account that somebody changes by hand", () => {
  const folder = mkdtempSync(join(tmpdir(), "api-tiers-drift-"));
  let deployed: Deployed;
  beforeAll(() => {
    deployed = deployedIn(folder, defineUnchecked(CHANGEABLE));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(MUTATIONS)("$name: it is found, and nothing else", async ({ change, found, what, edit }) => {
    const account = deployed.account();
    change(account, (type, name) => {
      const { attributes } =
        deployed.states.resources.resources.find((each) => each.address === `aws_api_gateway_${type}.${name}`) ?? {};
      return String(attributes?.id);
    });
    const report = await driftOf(deployed, controlPlaneOf(account));
    expect(kinds(report)).toEqual([found]);
    const [finding] = report.findings;
    expect(finding?.what).toContain(what);
    expect([...(finding?.keep.path ?? []), finding?.keep.edit ?? finding?.keep.what].join(" ")).toContain(edit);
    expect(finding?.takeBack.commands.length).toBeGreaterThan(0);
    expect(report.verdict).toBe("drift");
  });

  test("any two changes are both found", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.constantFrom(...MUTATIONS), { minLength: 2, maxLength: 2 }), async (pair) => {
        const account = deployed.account();
        const idOf = (type: string, name: string) =>
          String(
            deployed.states.resources.resources.find((each) => each.address === `aws_api_gateway_${type}.${name}`)
              ?.attributes.id,
          );
        // What somebody deletes may be what the other changes.
        if (pair.some(({ deletes }) => deletes)) return;
        for (const { change } of pair) change(account, idOf);
        const report = await driftOf(deployed, controlPlaneOf(account));
        expect(new Set(kinds(report))).toEqual(new Set(pair.map(({ found }) => found)));
      }),
      { numRuns: RUNS * 5 },
    );
  });
});
