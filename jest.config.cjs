const { readdirSync } = require("node:fs");
const { join } = require("node:path");

// Terraform reads a provider's schema of many megabytes at each start, which takes a fifth longer with Go's own setting.
process.env.GOGC ??= "400";

const common = {
  testEnvironment: "node",
  // A suite has a global object of its own, on which each look at a global takes a call of C++; these are looked up once in
  // a file. Those that packages have names of their own for (Number, String, Error, …) cannot be among them.
  sandboxInjectedGlobals: ["Array", "JSON", "Map", "Math", "Object", "RegExp", "Set"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  moduleNameMapper: { "^fast-check$": "<rootDir>/__tests__/support/fast-check.cjs" },
  testPathIgnorePatterns: ["/node_modules/", "/cdktf.out/"],
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out/", "<rootDir>/dist/", "<rootDir>/bench/"],
};
const project = (displayName, folders, options = {}) => ({
  ...common,
  displayName,
  testMatch: folders.map((folder) => `<rootDir>/__tests__/${folder}/**/*.test.ts`),
  ...options,
});

// Folders with a project of their own start programs or take longer; all others have unit tests.
const OWN = [
  "apps",
  "gateway",
  "adoption",
  "cli",
  "commands",
  "openapi",
  "review",
  "terraform",
  "emulator",
  "package",
  "repository",
  "handlers",
  "usage",
  "logs",
  "replay",
  "why",
];
const UNIT = readdirSync(join(__dirname, "__tests__")).filter((folder) => ![...OWN, "support"].includes(folder));

/** @type {import('jest').Config} */
module.exports = {
  // Terraform and the emulator share two cores with everything else.
  maxWorkers: 2,
  // Not all modules of a suite are free when it has ended, and a large heap takes long to collect: the last suites of a run
  // took ten times as long as alone.
  workerIdleMemoryLimit: "600MB",
  // Nothing waits for a clock, but a busy machine may take its time to start a process.
  testTimeout: 30_000,
  globalSetup: "<rootDir>/__tests__/support/kept-providers.cjs",
  globalTeardown: "<rootDir>/__tests__/support/end-kept-providers.cjs",
  testSequencer: "<rootDir>/__tests__/support/sequencer.cjs",
  projects: [
    project("unit", UNIT),
    project("usage", ["usage", "logs", "replay", "why"]),
    project("apps", ["apps"]),
    project("gateway", ["gateway"]),
    project("adoption", ["adoption"]),
    project("cli", ["cli"]),
    project("commands", ["commands"]),
    project("openapi", ["openapi"]),
    project("review", ["review"]),
    project("terraform", ["terraform"]),
    project("emulator", ["emulator"]),
    project("package", ["package"]),
    project("repository", ["repository"]),
    project("handlers", ["handlers"]),
  ],
};
