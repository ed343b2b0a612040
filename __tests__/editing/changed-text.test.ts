import fc from "fast-check";
import { parse } from "yaml";
import { type Change, ChangeProblem, withChanges } from "../../src/editing/values/change";
import { changedText } from "../../src/editing/values/document-text";
import type { Json } from "../support/synthesize";
import { anyJson, anyYaml, drawFrom } from "../support/written-documents";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);

/** Each string is there once, so that a test can tell what a piece of a text belongs to. */
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "large" },
    fc.constantFrom("text", "two words", "a/b", "é", "it's", '"quoted"', "line\nline\n", "- a: b # c", "x: y", "", "1"),
    fc.constantFrom<Json[]>(true, null, 7),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("map"),
  ),
  map: fc.dictionary(fc.constantFrom("a", "b", "get", "/pets/{id}", "x y", "200", "security"), tie("value"), {
    maxKeys: 4,
  }),
}));
const anyDocument: fc.Arbitrary<Json> = fc
  .dictionary(fc.constantFrom("info", "paths", "servers", "/a", "c"), anyValue.value, { minKeys: 1, maxKeys: 4 })
  .map((value) => JSON.parse(numbered(value)));

function numbered(value: unknown): string {
  let count = 0;
  const mark = (end: string) => {
    count += 1;
    return ` v${count}v${end}`;
  };
  return JSON.stringify(value, (_, each) =>
    typeof each === "string" && each !== "" && each !== "1" ? each.replace(/\n?$/, mark) : each,
  );
}

const NEW: readonly Json[] = [
  [],
  [{ apiKey: [] }],
  "new",
  "- x: #",
  "## Tiers\n\n- **a**: b, c",
  { url: "https://api.example.com/v1", description: "Stage prod" },
  [{ id: "gold", stages: ["prod", "test"], throttle: { rateLimit: 10 } }],
];

/** All places of a value that a change can be about. */
function changesOf(value: Json, added: Json, path: readonly string[] = []): Change[] {
  const entries = typeof value === "object" && value !== null ? Object.entries<Json>(value) : [];
  const isMap = !Array.isArray(value) && typeof value === "object" && value !== null;
  return [
    ...(isMap ? [{ kind: "set", path: [...path, "new word"], value: added, after: ["a", "info"] } as const] : []),
    ...(Array.isArray(value) && value.length > 0 ? [{ kind: "prepend", path, items: [added, "other"] } as const] : []),
    ...entries.flatMap(([name, inner]): Change[] => [
      { kind: "remove", path: [...path, name] },
      ...(isMap ? [{ kind: "set", path: [...path, name], value: added } as const] : []),
      ...changesOf(inner, added, [...path, name]),
    ]),
  ];
}

/** The part of a text that another one does not have. */
function differing(from: string, to: string): string {
  let start = 0;
  while (start < from.length && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  return from.slice(start, from.length - end);
}

function changedOrRefused(text: string, isJson: boolean, change: Change): string | undefined {
  try {
    return changedText(text, isJson, [change]);
  } catch (problem) {
    if (problem instanceof ChangeProblem) return undefined;
    throw problem;
  }
}

/** Those that do not concern the same; nothing is changed within what goes. */
function independent(changes: readonly Change[]): Change[] {
  const isWithin = (a: Change, b: Change) => b.path.every((name, index) => a.path[index] === name);
  const chosen: Change[] = [];
  for (const change of changes)
    if (!chosen.some((other) => isWithin(change, other) || isWithin(other, change))) chosen.push(change);
  return chosen;
}

const marksIn = (text: string): string[] => text.match(/v\d+v/g) ?? [];

describe.each([
  ["JSON", true],
  ["YAML", false],
] as const)("a change of a text in %s", (_, isJson) => {
  const write = isJson ? anyJson : anyYaml;
  const read = (text: string) => (isJson ? JSON.parse(text) : parse(text));
  const anyChange = fc
    .record({ value: anyDocument, added: fc.constantFrom(...NEW), seed: fc.integer(), pick: fc.nat() })
    .map(({ value, added, seed, pick }) => {
      const changes = changesOf(value, added);
      return { value, text: write(value, drawFrom(seed)), change: changes[pick % changes.length] as Change };
    });

  test("leaves all that it is not about, byte for byte", () => {
    fc.assert(
      fc.property(anyChange, ({ value, text, change }) => {
        expect(read(text)).toEqual(value);
        const written = changedOrRefused(text, isJson, change);
        // What others refer to by its anchor cannot go.
        fc.pre(written !== undefined || !(/&a\d/.test(text) && change.path.at(-1) !== "new word"));
        if (written === undefined) throw new Error("refused");
        expect(read(written)).toEqual(withChanges(value, [change]));
        const old =
          change.kind === "prepend" || change.path.at(-1) === "new word"
            ? []
            : marksIn(JSON.stringify(at(value, change.path)));
        const lost = differing(text, written);
        expect(marksIn(lost).filter((mark) => !old.includes(mark))).toEqual([]);
        if (change.path.at(-1) === "new word") expect(lost.match(/# comment/g) ?? []).toHaveLength(0);
      }),
      { numRuns: RUNS * 40 },
    );
  });

  test("several at once are the same as all of their values", () => {
    fc.assert(
      fc.property(anyDocument, fc.constantFrom(...NEW), fc.integer(), (value, added, seed) => {
        const text = write(value, drawFrom(seed));
        const draw = drawFrom(seed + 1);
        const changes = independent(changesOf(value, added).filter(() => draw(3) > 0));
        // What others refer to by its anchor cannot go.
        fc.pre(changes.every(({ path }) => path.at(-1) === "new word") || !/&a\d/.test(text));
        expect(read(changedText(text, isJson, changes))).toEqual(withChanges(value, changes));
      }),
      { numRuns: RUNS * 10 },
    );
  });
});

const at = (value: Json, path: readonly string[]): Json => path.reduce((inner, name) => inner[name], value) ?? null;
