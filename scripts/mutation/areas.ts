/** A part of the source that is mutated, and the tests that should notice. */
export interface Area {
  readonly name: string;
  /** Folders of the source. */
  readonly source: readonly string[];
  /** Files that are left out, each with a reason in a comment. */
  readonly except?: readonly string[];
  /** Tests that are tried one group after the other, the quickest first, until one fails. */
  readonly tests: readonly (readonly string[])[];
}

const tests = (...folders: string[]) => folders.map((folder) => `__tests__/${folder}/`);

export const AREAS: readonly Area[] = [
  { name: "limiter", source: ["src/limiter"], tests: [tests("limiter")] },
  {
    name: "contract",
    source: ["src/contract"],
    tests: [tests("contract"), tests("synthesis", "model")],
  },
  {
    name: "model",
    source: ["src/model"],
    tests: [tests("model", "contract"), tests("gateway/conformance"), tests("openapi", "review")],
  },
  { name: "review", source: ["src/review"], tests: [tests("review/rules"), tests("review")] },
  { name: "usage", source: ["src/usage"], tests: [tests("usage")] },
  { name: "logs", source: ["src/logs"], tests: [tests("logs"), tests("replay", "usage")] },
  { name: "replay", source: ["src/replay"], tests: [tests("replay")] },
  { name: "adoption", source: ["src/adoption"], tests: [tests("adoption")] },
];
