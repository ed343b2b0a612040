import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readKnown } from "../../src/adoption/project-files";
import { withFolder } from "../support/synthesize";

const FILES = { catalog: "catalog.ts", imports: "imports.json", data: "subscriptions.yaml", main: "main.ts" };

/** What adoption knows of a project with these files. */
function knownOf(files: Readonly<Record<string, string>>) {
  const before = process.cwd();
  return withFolder((folder) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    process.chdir(folder);
    try {
      return readKnown(FILES);
    } finally {
      process.chdir(before);
    }
  });
}

const catalog = (files: string) =>
  `import { defineCatalog } from "cdktf-api-tiers";
export const catalog = defineCatalog({
  apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 }, ...more } } },
  tiers: { gold: { access: {} } },
  subscriptions: { partner: { tier: "gold", existingKeyId: "p1a2r3t4n5" } },
  subscriptionFiles: [${files}],
});
`;

describe("adoption knows the customers of a project", () => {
  test("of its catalog, its data files, and the files of other systems", () => {
    const { subscriptions, existingKeys, findings, apis } = knownOf({
      "catalog.ts": catalog(
        'subscriptionsFromFile("own.yaml"), subscriptionsFromCsv("crm.csv", { columns: { id: "No", tier: "Plan" }, otherColumns: "ignore" })',
      ),
      "own.yaml": "joe: { tier: gold }\nold: { tier: gold, existingKeyId: o1l2d3k4e5 }\n",
      "crm.csv": "No;Plan;Phone\n1001;gold;1\n",
      "subscriptions.yaml": "zoe: { tier: gold }\n",
    });
    expect(subscriptions).toEqual(["partner", "zoe", "joe", "old", "1001"]);
    expect(existingKeys).toEqual(["p1a2r3t4n5", "o1l2d3k4e5"]);
    expect(findings).toEqual([]);
    // Some of its routes are computed, so not all are known.
    expect(apis.get("pets")?.routes).toBeUndefined();
  });

  test("and says which it cannot know without running the program", () => {
    const { findings } = knownOf({ "catalog.ts": catalog("subscriptionsFromCsv(path(), options)") });
    expect(findings.map(({ place, message }) => `${place}: ${message}`)).toEqual([
      expect.stringMatching(
        /^catalog\.ts: does not write out which customers subscriptionsFromCsv\(path\(\), options\) reads, so keys of theirs may be adopted again/,
      ),
    ]);
  });
});
