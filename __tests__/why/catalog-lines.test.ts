import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { catalog as sample } from "../../catalog";
import { catalog as weather } from "../../examples/weather/catalog";
import { CatalogSource } from "../../src/editing/typescript/catalog-source";
import { CatalogPlaces } from "../../src/why/catalog-places";
import { explain } from "../../src/why/explain";
import type { Explanation } from "../../src/why/explanation";
import { renderText } from "../../src/why/render";
import { Calls, type Question } from "../../src/why/target";
import { defineUnchecked } from "../support/catalogs";
import { readSynthesized } from "../support/read-synthesized";

const folder = mkdtempSync(join(tmpdir(), "why-"));
afterAll(() => rmSync(folder, { recursive: true }));

const AT = Date.parse("2026-11-22T12:00:00Z");

function linesOf(calls: Calls, file: string, question: Question) {
  const source = CatalogSource.read(file);
  const explained = explain(calls, question, { at: AT, ...(source && { places: new CatalogPlaces(source) }) });
  return { explained, lines: lines(explained) };
}

const lines = ({ limits, plan, route }: Explanation): Readonly<Record<string, string | undefined>> => ({
  route: route?.written.line,
  "usage plan": plan?.written.line,
  member: plan?.member.line,
  ...Object.fromEntries(limits.map(({ layer, written }) => [layer, written.line])),
});

test("of the sample, all limits that the catalog has are found where they are written", () => {
  const calls = new Calls(readSynthesized(sample));
  const question = { subscription: "globex", request: "POST /meditations", stage: "prod" };
  expect(linesOf(calls, "catalog.ts", question).lines).toEqual({
    route: "catalog.ts:10",
    "usage plan": "catalog.ts:39",
    member: "catalog.ts:51",
    "plan method": "catalog.ts:43",
    plan: "catalog.ts:41",
    account: undefined,
    quota: "catalog.ts:42",
  });
});

test("of the weather service, the customer's row of the CSV file is found, and limits of the stage", () => {
  const calls = new Calls(readSynthesized(weather, { handlersFolder: "examples/weather/handlers" }));
  const key = calls.model.plans.find(({ id }) => id === "gold")?.keys.find(({ enabled }) => enabled);
  const question = { subscription: key?.id, request: "GET /radar/1", stage: "prod" };
  const { lines: found, explained } = linesOf(calls, "examples/weather/catalog.ts", question);
  expect(explained.verdict).toBe("let-in");
  expect(found.member).toMatch(/^examples\/weather\/customers\.csv:\d+$/);
  expect(found["stage method"]).toMatch(/^examples\/weather\/catalog\.ts:\d+$/);
  expect(explained.limits.map(({ layer }) => layer)).toContain("stage method");
});

const PARTS = {
  apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } },
  tiers: { gold: { access: { pets: ["prod"] }, throttle: { rateLimit: 10, burstLimit: 20 } } },
  subscriptions: { acme: { tier: "gold" } },
};
const CALLS = new Calls(readSynthesized(defineUnchecked(PARTS)));
const QUESTION = { subscription: "acme", request: "GET /pets" };

let written = 0;
/** Lines of a catalog that is written so, without the folder. */
function linesIn(text: string, others: Readonly<Record<string, string>> = {}): ReturnType<typeof lines> {
  const here = join(folder, String(written++));
  mkdirSync(here);
  for (const [name, content] of Object.entries({ "catalog.ts": text, ...others }))
    writeFileSync(join(here, name), content);
  const found = Object.entries(linesOf(CALLS, join(here, "catalog.ts"), QUESTION).lines);
  const prefix = `${relative("", here)}/`;
  return Object.fromEntries(found.map(([layer, line]) => [layer, line?.replace(prefix, "")]));
}

const catalogWith = (tiers: string, before = "", subscriptions = 'subscriptions: { acme: { tier: "gold" } },') =>
  [
    'import { defineCatalog, subscriptionsFromFile } from "cdktf-api-tiers";',
    before,
    "export const catalog = defineCatalog({",
    tiers,
    subscriptions,
    "});",
  ].join("\n");

describe("the throttle of a tier is found", () => {
  test.each<[string, string, string, string]>([
    ["in place", "tiers: { gold: { throttle: { rateLimit: 10, burstLimit: 20 } } },", "", "catalog.ts:4"],
    [
      "by a constant",
      "tiers: { gold: {\n throttle: fast } },",
      "const fast = { rateLimit: 10, burstLimit: 20 };",
      "catalog.ts:5",
    ],
    [
      "by a shorthand",
      "tiers,",
      "const tiers = { gold: { throttle: { rateLimit: 10, burstLimit: 20 } } } as const;",
      "catalog.ts:2",
    ],
    [
      "in a spread",
      "tiers: { ...others },",
      "const others = { gold: { throttle: { rateLimit: 10, burstLimit: 20 } } };",
      "catalog.ts:2",
    ],
    [
      "after a spread that is computed",
      "tiers: { ...made(),\n gold: { throttle: { rateLimit: 10, burstLimit: 20 } } },",
      "",
      "catalog.ts:5",
    ],
    [
      "in another file",
      "tiers: { gold: { throttle } },",
      'import { fast as throttle } from "./limits";',
      "catalog.ts:4",
    ],
    [
      "as a member",
      "tiers: { gold: { throttle: limits.fast } },",
      "const limits = { fast: { rateLimit: 10, burstLimit: 20 } };",
      "catalog.ts:4",
    ],
    [
      "with a value that is computed",
      "tiers: { gold: { throttle: { rateLimit: 5 * 2, burstLimit: 20 } } },",
      "",
      "catalog.ts:4",
    ],
    [
      "with a value from a package",
      "tiers: { gold: { throttle } },",
      'import { throttle } from "limits";',
      "catalog.ts:4",
    ],
    [
      "with a value whose name is there twice",
      "tiers: { gold: { throttle } },",
      "const throttle = { rateLimit: 10, burstLimit: 20 };\nconst f = (throttle: unknown) => throttle;",
      "catalog.ts:5",
    ],
  ])("%s", (_, tiers, before, expected) => {
    const others = { "limits.ts": "export const fast = { rateLimit: 10, burstLimit: 20 };\n" };
    expect(throttleLine(catalogWith(tiers, before), others)).toBe(expected);
  });
});

const throttleLine = (text: string, others: Readonly<Record<string, string>> = {}) => linesIn(text, others).plan;

describe("no line is named", () => {
  test.each<[string, string, string]>([
    ["of a tier that is computed", "tiers: { gold: tier(10, 20) },", ""],
    ["that a spread may override", "tiers: { gold: { throttle: { rateLimit: 10, burstLimit: 20 } }, ...made() },", ""],
    [
      "that a computed name may override",
      "tiers: { gold: { throttle: { rateLimit: 10, burstLimit: 20 } }, [name]: {} },",
      "",
    ],
    [
      "that says another limit than the stacks",
      "tiers: { gold: { throttle: { rateLimit: 11, burstLimit: 20 } } },",
      "",
    ],
    [
      "by a variable that may change",
      "tiers,",
      "let tiers = { gold: { throttle: { rateLimit: 10, burstLimit: 20 } } };",
    ],
    [
      "by a name that is there twice",
      "tiers,",
      "const tiers = { gold: { throttle: { rateLimit: 10, burstLimit: 20 } } };\nconst f = (tiers: unknown) => tiers;",
    ],
    ["of tiers from a package", "tiers,", 'import { tiers } from "limits";'],
    ["by a getter", "tiers: { gold: { get throttle() { return { rateLimit: 10, burstLimit: 20 }; } } },", ""],
  ])("%s", (_, tiers, before) => {
    expect(throttleLine(catalogWith(tiers, before))).toBeUndefined();
  });

  test("of a file with two catalogs, or with none", () => {
    const one = "defineCatalog({ tiers: { gold: { throttle: { rateLimit: 10, burstLimit: 20 } } } });\n";
    expect(throttleLine(one)).toBe("catalog.ts:1");
    expect(throttleLine(one + one)).toBeUndefined();
    expect(throttleLine("export {};\n")).toBeUndefined();
  });
});

describe("a customer is found in the data file", () => {
  const files = (name: string) => `subscriptionFiles: [subscriptionsFromFile(${name})],`;
  test.each<[string, string, string, string | undefined]>([
    ["of YAML", "customers.yaml", "hooli:\n  tier: gold\nacme:\n  tier: gold\n", "customers.yaml:4"],
    ["of CSV", "customers.csv", "id,tier\nhooli,gold\nacme,gold\n", "customers.csv:3"],
    ["and not where that names another tier", "customers.csv", "id,tier\nacme,silver\n", undefined],
  ])("%s", (_, name, content, expected) => {
    const text = catalogWith("tiers: {},", 'import { join } from "node:path";', files(`join(__dirname, "${name}")`));
    expect(linesIn(text, { [name]: content }).member).toBe(expected);
  });
});

test("of negotiated limits, each limit is found where it is written, and the other keys of the customer are named", () => {
  const parts = {
    ...PARTS,
    tiers: { gold: { ...PARTS.tiers.gold, quota: { limit: 100, period: "DAY" } } },
    subscriptions: {
      acme: {
        tier: "gold",
        keys: { main: {}, ci: {}, old: false },
        limits: { throttle: { rateLimit: 50, burstLimit: 60 } },
      },
    },
  };
  const file = join(folder, "negotiated.ts");
  const text = [
    'import { defineCatalog } from "cdktf-api-tiers";',
    "export const catalog = defineCatalog({",
    `  apis: ${JSON.stringify(parts.apis)},`,
    "  tiers: {",
    '    gold: { access: { pets: ["prod"] }, throttle: { rateLimit: 10, burstLimit: 20 },',
    '      quota: { limit: 100, period: "DAY" } },',
    "  },",
    "  subscriptions: {",
    "    acme: {",
    '      tier: "gold",',
    "      keys: { main: {}, ci: {}, old: false },",
    "      limits: { throttle: { rateLimit: 50, burstLimit: 60 } },",
    "    },",
    "  },",
    "});",
  ];
  writeFileSync(file, text.join("\n"));
  const calls = new Calls(readSynthesized(defineUnchecked(parts)));
  const { lines: found, explained } = linesOf(calls, file, QUESTION);
  const at = (line: number) => `${relative("", file)}:${line}`;
  expect(found).toMatchObject({ "usage plan": at(12), plan: at(12), quota: at(6), member: at(10) });
  expect(explained.otherKeys).toEqual(["acme/ci"]);
  expect(renderText(explained)).toContain(
    "The customer has one more key that works: acme/ci. AWS counts each key by itself, so each has these limits once more.",
  );
});
