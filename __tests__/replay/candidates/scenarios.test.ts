import { parseChange } from "../../../src/replay/candidates/change";
import { readScenarios } from "../../../src/replay/candidates/scenarios";

const EXPECTED = [
  { name: "bold", changes: [parseChange("gold.rateLimit=50"), parseChange("gold.quota=none")] },
  { name: "two words", changes: [parseChange("silver.quota.limit=10")] },
];

test.each([
  ["YAML", "bold: [gold.rateLimit=50, gold.quota=none]\ntwo words:\n  - silver.quota.limit=10\n"],
  ["JSON", '{ "bold": ["gold.rateLimit=50", "gold.quota=none"], "two words": ["silver.quota.limit=10"] }'],
])("scenarios are read from %s, in the order of the file", async (_what, text) => {
  expect(await readScenarios(text, "scenarios.yaml")).toEqual(EXPECTED);
});

test("all that is wrong with a file is said at once, each with its place", async () => {
  const text = [
    "good: [gold.rateLimit=50]",
    "text: gold.rateLimit=50",
    "empty: []",
    "numbers: [5]",
    "two: [gold.rate=5, gold.rateLimit=0, gold.rateLimit=1]",
  ].join("\n");
  const error = await readScenarios(text, "my.yaml").catch((thrown: Error) => thrown.message);
  const lines = String(error).split("\n");
  expect(lines.slice(0, 3)).toEqual([
    '"my.yaml": "text": must be a list of changes, got "gold.rateLimit=50"',
    expect.stringMatching(/^"my\.yaml": "empty": must be a list of changes, got an empty list$/),
    expect.stringMatching(/^"my\.yaml": "numbers": must be a list of changes, got a list whose entry 1 is 5$/),
  ]);
  expect(lines.slice(3)).toEqual([
    expect.stringMatching(/^"my\.yaml": "two": "gold\.rate=5" changes no limit that is known/),
    '"my.yaml": "two": "gold.rateLimit=0": rateLimit must be a number above 0, got "0"',
    'write each as "name of the scenario: [gold.rateLimit=50, gold.quota.limit=10000]"',
  ]);
});

test.each([
  ["is not YAML", "a: [", /^"my\.yaml": is not valid YAML: /],
  ["is a list", "- a\n- b", /^"my\.yaml": must have scenarios by name, got .*; write each as/],
  ["is empty", "", /^"my\.yaml": /],
])("a file that %s is refused", async (_what, text, message) => {
  await expect(readScenarios(text, "my.yaml")).rejects.toThrow(message);
});

test.each([
  ["lists", (alias: string) => `[${Array<string>(9).fill(alias).join(", ")}]`, "a list whose entry 1 is a list"],
  ["objects", (alias: string) => `{ ${[..."abcdefghi"].map((name) => `${name}: ${alias}`).join(", ")} }`, "an object"],
])("a small file whose aliases of %s say very much is refused for what it is", async (_what, nested, is) => {
  const levels = Array.from({ length: 12 }, (_, level) =>
    level === 0 ? "level0: &a0 [[]]" : `level${level}: &a${level} ${nested(`*a${level - 1} `)}`,
  );
  await expect(readScenarios(levels.join("\n"), "my.yaml")).rejects.toThrow(
    `"level11": must be a list of changes, got ${is}`,
  );
});
