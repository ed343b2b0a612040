import { transformSync } from "esbuild";
import { CatalogText, newCatalogText } from "../../src/editing/typescript/catalog-text";

const WRITTEN = `// Ours.
import { defineCatalog } from "cdktf-api-tiers";

const limits = { rateLimit: 1, burstLimit: 2 };

export const catalog = defineCatalog({
  apis: {
    // The old one; "quoted", and { not } counted.
    "pet-store": { restApiId: "a1", stages: { prod: {} } }, // stays
    toys: {
      restApiId: 'b2',
      stages: {
        live: {},
      },
    },
  },
  /* who pays what */
  tiers: {
    gold: { access: { "pet-store": ["prod"] }, throttle: limits, description: \`a } b\` }
  },
});
`;

/** Whether a text is a program at all. */
const isProgram = (text: string) => transformSync(text, { loader: "ts" }).code.length > 0;

describe("what somebody has written is read", () => {
  const catalog = CatalogText.of(WRITTEN);
  test.each<[string[], string[]]>([
    [[], ["apis", "tiers"]],
    [["apis"], ["pet-store", "toys"]],
    [["apis", "pet-store", "stages"], ["prod"]],
    [["tiers"], ["gold"]],
    [["subscriptions"], []],
    [
      ["tiers", "gold", "throttle"],
      ["rateLimit", "burstLimit"],
    ],
    [["tiers", "gold", "description"], []],
  ])("the names in %j", (path, names) => {
    expect(catalog.names(path)).toEqual(names);
  });

  test("and values", () => {
    expect(catalog.value(["apis", "pet-store", "restApiId"])).toBe('"a1"');
    expect(catalog.value(["apis", "toys", "restApiId"])).toBe("'b2'");
    expect(catalog.value(["apis", "toys", "name"])).toBeUndefined();
  });
});

describe("entries are added where a person would, and nothing else is touched", () => {
  test("to objects of one line and of many, with and without a last comma, and to one that is not there yet", () => {
    const { text } = CatalogText.of(WRITTEN)
      .add(["apis", "pet-store", "stages"], { beta: {} })
      .add(["apis", "toys", "stages"], { next: {} })
      .add(["tiers"], {
        "free-plan": { displayName: "Free Plan", access: {}, quota: { limit: 10_000, period: "DAY" } },
      })
      .add(["subscriptions"], { "joe.black": { tier: "gold" } })
      .addDataFile("subscriptions.yaml");
    expect(isProgram(text)).toBe(true);
    expect(text).toBe(`// Ours.
import { defineCatalog, subscriptionsFromFile } from "cdktf-api-tiers";

const limits = { rateLimit: 1, burstLimit: 2 };

export const catalog = defineCatalog({
  apis: {
    // The old one; "quoted", and { not } counted.
    "pet-store": { restApiId: "a1", stages: { prod: {}, beta: {} } }, // stays
    toys: {
      restApiId: 'b2',
      stages: {
        live: {},
        next: {},
      },
    },
  },
  /* who pays what */
  tiers: {
    gold: { access: { "pet-store": ["prod"] }, throttle: limits, description: \`a } b\` },
    "free-plan": { displayName: "Free Plan", access: {}, quota: { limit: 10_000, period: "DAY" } }
  },
  subscriptions: { "joe.black": { tier: "gold" } },
  subscriptionFiles: [subscriptionsFromFile("subscriptions.yaml")],
});
`);
  });

  test("to a list of data files, once", () => {
    const before = CatalogText.of(
      'defineCatalog({ apis: {}, tiers: {}, subscriptionFiles: [subscriptionsFromFile("a.csv")] })',
    );
    const { text } = before.addDataFile("b.yaml").addDataFile("b.yaml");
    expect(text).toBe(
      'defineCatalog({ apis: {}, tiers: {}, subscriptionFiles: [subscriptionsFromFile("b.yaml"), subscriptionsFromFile("a.csv")] })',
    );
  });

  test("beside files of customers that a program reads otherwise, which are known as far as they are written out", () => {
    const { customerFiles } = CatalogText.of(`
const columns = { id: "No", tier: { column: "Plan", values: { Gold: "gold" } } };
defineCatalog({ apis: {}, tiers: {}, subscriptionFiles: [
  subscriptionsFromFile("a.csv"),
  subscriptionsFromFile(join(__dirname, "b.csv")),
  subscriptionsFromCsv("c.csv", { columns, otherColumns: "ignore" }),
  subscriptionsFromCsv("d.csv", options()),
] })`);
    expect(customerFiles.map(({ path, options, isCsv }) => ({ path, options, isCsv }))).toEqual([
      { path: "a.csv", options: undefined, isCsv: false },
      { path: undefined, options: undefined, isCsv: false },
      {
        path: "c.csv",
        options: { columns: { id: "No", tier: { column: "Plan", values: { Gold: "gold" } } }, otherColumns: "ignore" },
        isCsv: true,
      },
      { path: "d.csv", options: undefined, isCsv: true },
    ]);
  });

  test("to objects that are empty", () => {
    const { text } = CatalogText.of("defineCatalog({\n  apis: {},\n  tiers: {\n  },\n})")
      .add(["apis"], { pets: { restApiId: "a1", stages: {} } })
      .add(["tiers"], { gold: { access: {} } });
    expect(text).toBe(
      'defineCatalog({\n  apis: {\n    pets: { restApiId: "a1", stages: {} },\n  },\n  tiers: {\n    gold: { access: {} },\n  },\n})',
    );
  });

  test.each<[string, string, RegExp]>([
    ["that is not a catalog", "export const catalog = 1;", /it has no defineCatalog\(\{ … \}\)/],
    [
      "whose tiers come from elsewhere",
      "defineCatalog({ apis: {}, tiers: TIERS })",
      /its tiers is not written as an object literal, so nothing/,
    ],
    [
      "that is not well formed",
      "defineCatalog({ apis: {",
      /^it is not well formed at line 1: '}' expected; fix it there$/,
    ],
    ["with two catalogs", "defineCatalog({}); defineCatalog({})", /it calls defineCatalog 2 times; leave one/],
  ])("but not to a text %s", (_, text, message) => {
    expect(() => CatalogText.of(text).add(["tiers"], { gold: {} })).toThrow(message);
  });
});

describe("what looks like a catalog but is none stays as it is", () => {
  const before = [
    "// export const catalog = defineCatalog({ tiers: { old: {} } });",
    "/* defineCatalog({",
    "  tiers: { older: {} },",
    "}) */",
    'const example = "defineCatalog({ tiers: { text: {} } })";',
    "const help = `defineCatalog({ tiers: { ${example}: {} } })`;",
  ].join("\n");

  test("in comments, strings and templates", () => {
    const catalog = CatalogText.of(`${before}\nexport const catalog = defineCatalog({ tiers: { gold: {} } });\n`);
    expect(catalog.names(["tiers"])).toEqual(["gold"]);
    expect(catalog.add(["tiers"], { silver: {} }).text).toBe(
      `${before}\nexport const catalog = defineCatalog({ tiers: { gold: {}, silver: {} } });\n`,
    );
  });

  test("and data files that are commented out are not read", () => {
    const { dataFiles } = CatalogText.of(
      'defineCatalog({ /* subscriptionFiles: [subscriptionsFromFile("old.csv")] */ apis: {}, tiers: {} })',
    );
    expect(dataFiles).toEqual([]);
  });
});

describe("a catalog that is written in another way is read too", () => {
  test.each<[string, string, string]>([
    [
      "with types",
      "defineCatalog({ tiers: { gold: {} as TierInput } } satisfies CatalogInput);",
      "defineCatalog({ tiers: { gold: {} as TierInput, silver: {} } } satisfies CatalogInput);",
    ],
    [
      "with types as arguments",
      'defineCatalog<"a", { b: 1 }>({ tiers: { gold: {} } });',
      'defineCatalog<"a", { b: 1 }>({ tiers: { gold: {}, silver: {} } });',
    ],
    [
      "in constants",
      "const tiers = { gold: {} };\nconst parts = { tiers };\ndefineCatalog(parts);",
      "const tiers = { gold: {}, silver: {} };\nconst parts = { tiers };\ndefineCatalog(parts);",
    ],
    [
      "with a regular expression that holds braces and quotes",
      'const quote = /["\'`{]/;\ndefineCatalog({ tiers: { gold: { displayName: `a ${"}"}` } } });',
      'const quote = /["\'`{]/;\ndefineCatalog({ tiers: { gold: { displayName: `a ${"}"}` }, silver: {} } });',
    ],
    [
      "with a function under another name",
      'import { defineCatalog as define } from "cdktf-api-tiers";\ndefine({ tiers: { gold: {} } });',
      'import { defineCatalog as define } from "cdktf-api-tiers";\ndefine({ tiers: { gold: {}, silver: {} } });',
    ],
    [
      "with a comment in an object that is otherwise empty",
      "defineCatalog({\n  tiers: {\n    // none yet\n  },\n});",
      "defineCatalog({\n  tiers: {\n    // none yet\n    silver: {},\n  },\n});",
    ],
    [
      "with a comment between value and comma",
      "defineCatalog({\n  tiers: {\n    gold: {} /* best */,\n  },\n});",
      "defineCatalog({\n  tiers: {\n    gold: {} /* best */,\n    silver: {},\n  },\n});",
    ],
  ])("%s", (_, before, after) => {
    expect(CatalogText.of(before).add(["tiers"], { silver: {} }).text).toBe(after);
  });

  test("with the whole library under one name", () => {
    const { text } = CatalogText.of(
      'import * as tiers from "cdktf-api-tiers";\ntiers.defineCatalog({ apis: {}, subscriptionFiles: [] });',
    ).addDataFile("a.csv");
    expect(text).toBe(
      'import * as tiers from "cdktf-api-tiers";\ntiers.defineCatalog({ apis: {}, subscriptionFiles: [tiers.subscriptionsFromFile("a.csv")] });',
    );
  });
});

test("a new catalog reads as if a person had written it", () => {
  const text = newCatalogText(
    "cdktf-api-tiers",
    {
      apis: { "pet-store": { restApiId: "a1b2c3d4e5", stages: { prod: {}, test: {} } } },
      tiers: {
        gold: {
          displayName: 'The "golden" one',
          access: { "pet-store": ["prod", "test"] },
          throttle: { rateLimit: 10.5, burstLimit: 20_000 },
          quota: { limit: 1_000_000, period: "MONTH" },
        },
      },
    },
    "subscriptions.yaml",
  );
  expect(isProgram(text)).toBe(true);
  expect(text).toBe(`import { defineCatalog, subscriptionsFromFile } from "cdktf-api-tiers";

export const catalog = defineCatalog({
  apis: {
    "pet-store": { restApiId: "a1b2c3d4e5", stages: { prod: {}, test: {} } },
  },
  tiers: {
    gold: {
      displayName: "The \\"golden\\" one",
      access: { "pet-store": ["prod", "test"] },
      throttle: { rateLimit: 10.5, burstLimit: 20_000 },
      quota: { limit: 1_000_000, period: "MONTH" },
    },
  },
  subscriptionFiles: [subscriptionsFromFile("subscriptions.yaml")],
});
`);
});

test.each([
  ["{}", "{\n    gold: { access: {} },\n  }"],
  ["{ }", "{\n    gold: { access: {} },\n  }"],
  ["{\n    // none yet\n  }", "{\n    // none yet\n    gold: { access: {} },\n  }"],
])("the first entry of %j", (empty, expected) => {
  const before = `import { defineCatalog } from "cdktf-api-tiers";\nexport const catalog = defineCatalog({\n  tiers: ${empty},\n});\n`;
  const { text } = CatalogText.of(before).add(["tiers"], { gold: { access: {} } });
  expect(text).toBe(before.replace(empty, expected));
});
