import { MANIFEST } from "../../src/project/manifest";
import { isAccepted } from "../../src/project/node-version";

const RANGE = "^20.19.0 || ^22.12.0 || >=24.0.0";

test.each([
  ["18.20.8", false],
  ["20.18.9", false],
  ["20.19.0", true],
  ["21.7.3", false],
  ["22.11.0", false],
  ["22.12.0", true],
  ["23.9.0", false],
  ["24.0.0", true],
  ["26.1.0", true],
])("Node %s is accepted by a range of three: %s", (version, accepted) => {
  expect(isAccepted(version, RANGE)).toBe(accepted);
});

test("the range of this package is one that is understood, and accepts the Node that runs here", () => {
  expect(isAccepted(process.versions.node, MANIFEST.engines.node)).toBe(true);
});
