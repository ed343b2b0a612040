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
    expect.stringMatching(/^"my\.yaml": "empty": must be a list of changes, got /),
    expect.stringMatching(/^"my\.yaml": "numbers": must be a list of changes, got /),
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
