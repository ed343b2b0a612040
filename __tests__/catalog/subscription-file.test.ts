import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { subscriptionFileSchema, subscriptionsFromFile } from "../../src";
import { defineUnchecked, petShop, problemsOf } from "../support/catalogs";
import { withFolder } from "../support/synthesize";

/** Reads a file with this name and text as the pet shop's subscriptions. */
function shopWith<Result>(name: string, text: string, use: (written: Record<string, unknown>) => Result): Result {
  return withFolder((folder) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return use(petShop({ subscriptionFiles: [subscriptionsFromFile(path)], cohorts: { emea: {} } }));
  });
}

/** Problems with a file, without the folder before its name. */
const problemsIn = (name: string, text: string) =>
  shopWith(name, text, problemsOf).map((problem) => problem.replace(/^\S*\/(?=customers\.)/, ""));

const YAML = `
# our customers
acme.inc:
  tier: gold
  customer: Acme, Inc.
  handOver: ssm
  tags: { team: sales }
"007":
  tier: gold
  enabled: false
  keyValue: { variable: bond_key }
  cohort: emea
  handOver: false
`;
const CSV = `id,tier,customer,enabled,keyValue.variable,cohort,handOver,tags.team
acme.inc,gold,"Acme, Inc.",,,,ssm,sales
007,gold,,FALSE,bond_key,emea,FALSE,
`;
const JSON_TEXT = `{
	"$schema": "./subscriptions.schema.json",
	"acme.inc": { "tier": "gold", "customer": "Acme, Inc.", "handOver": "ssm", "tags": { "team": "sales" } },
	"007": { "tier": "gold", "enabled": false, "keyValue": { "variable": "bond_key" }, "cohort": "emea", "handOver": false }
}`;

describe("a data file", () => {
  test.each([
    ["customers.yaml", YAML],
    ["customers.yml", YAML],
    ["customers.json", JSON_TEXT],
    ["customers.csv", CSV],
    ["customers.csv", `\uFEFF${CSV.replaceAll("\n", "\r\n")}`],
  ])("says the same in every format: %s", (name, text) => {
    expect(shopWith(name, text, defineUnchecked).subscriptions).toMatchObject([
      {
        id: "007",
        tier: "gold",
        enabled: false,
        keys: [{ name: "main", keyVariable: "bond_key", handOver: undefined }],
        cohort: "emea",
        customer: "",
      },
      {
        id: "acme.inc",
        tier: "gold",
        enabled: true,
        customer: "Acme, Inc.",
        keys: [{ handOver: "ssm", tags: { team: "sales" } }],
      },
    ]);
  });

  test("can stand beside subscriptions that are written in the catalog", () => {
    const ids = shopWith("customers.csv", CSV, (shop) =>
      defineUnchecked({ ...shop, subscriptions: { joe: { tier: "gold" } } }).subscriptions.map(({ id }) => id),
    );
    expect(ids).toEqual(["007", "acme.inc", "joe"]);
  });

  test.each(["customers.yaml", "customers.csv", "customers.json"])("may be without customers: %s", (name) => {
    const text = { yaml: "# none yet\n", csv: "id,tier\n", json: "{}" }[name.split(".")[1] as "yaml"] ?? "";
    expect(shopWith(name, text, defineUnchecked).subscriptions).toEqual([]);
  });
});

describe("a mistake in a data file is reported with file and line", () => {
  test.each([
    [
      "an unknown tier",
      "customers.yaml",
      "a:\n  customer: A\n  tier: golt\n",
      ['customers.yaml:3: subscription "a": tier: unknown tier "golt"; did you mean "gold"?'],
    ],
    [
      "an unknown tier",
      "customers.csv",
      "id,tier\na,gold\nb,golt\n",
      ['customers.csv:3: subscription "b": tier: unknown tier "golt"; did you mean "gold"?'],
    ],
    [
      "an unknown tier",
      "customers.json",
      '{\n  "a": {\n    "tier": "golt"\n  }\n}',
      ['customers.json:3: subscription "a": tier: unknown tier "golt"; did you mean "gold"?'],
    ],
    [
      "a wrong flag",
      "customers.csv",
      "id,tier,enabled\na,gold,yes\n",
      ['customers.csv:2: subscription "a": enabled must be true or false, got "yes"'],
    ],
    [
      "an unknown field",
      "customers.yaml",
      "a:\n  tier: gold\n  teir: x\n",
      [expect.stringMatching(/^customers.yaml:1: subscription "a": has the unknown field "teir"/)],
    ],
    [
      "an unknown column",
      "customers.csv",
      "id,tier,team\na,gold,x\n",
      [expect.stringMatching(/^customers.csv:1: has the unknown column "team"; columns are id, tier/)],
    ],
    [
      "a row that is divided by another separator than the first line",
      "customers.csv",
      "id;tier\na,gold\n",
      ["customers.csv:2: has 1 cells where the first line names 2 columns; quote a cell that holds a separator"],
    ],
    [
      "a column in capitals",
      "customers.csv",
      "ID,tier\na,gold\n",
      [expect.stringMatching(/did you mean "id"\?/), expect.anything()],
    ],
    [
      "a missing column",
      "customers.csv",
      "id,customer\na,x\n",
      ['customers.csv:1: has no column "tier"; add it, or say in columns which one it is'],
    ],
    [
      "a column twice",
      "customers.csv",
      "id,tier,tier\na,gold,gold\n",
      ['customers.csv:1: has the column "tier" twice; drop one'],
    ],
    [
      "a row that is too short",
      "customers.csv",
      "id,tier,customer\na,gold\nb,golt,x\n",
      [
        "customers.csv:2: has 2 cells where the first line names 3 columns; quote a cell that holds a separator",
        expect.stringMatching(/^customers.csv:3: subscription "b": tier/),
      ],
    ],
    ["a row without id", "customers.csv", "id,tier\n,gold\n", ["customers.csv:2: has no id; give it one"]],
    [
      "an id twice",
      "customers.csv",
      "id,tier\na,gold\na,gold\n",
      [
        expect.stringMatching(
          /^customers.csv:3: subscription "a": is there twice, first as .*customers.csv:2: subscription "a"; drop one$/,
        ),
      ],
    ],
    [
      "an id twice",
      "customers.yaml",
      "a: { tier: gold }\na: { tier: gold }\n",
      ["customers.yaml:2: repeats a name of this map; each subscription and each field stands once, so drop one"],
    ],
    [
      "a field twice",
      "customers.json",
      '{ "a": { "tier": "gold",\n "tier": "gold" } }',
      ["customers.json:2: repeats a name of this map; each subscription and each field stands once, so drop one"],
    ],
    ["broken YAML", "customers.yaml", "a: 'gold", [expect.stringMatching(/^customers.yaml:1: is not well formed/)]],
    [
      "broken JSON",
      "customers.json",
      '{\n  "a": { "tier": "gold" },\n}',
      [expect.stringMatching(/^customers.json:3: is not well formed JSON/)],
    ],
    [
      "YAML that calls itself JSON",
      "customers.json",
      "a: { tier: gold }",
      [expect.stringMatching(/^customers.json:1: is not well formed JSON/)],
    ],
    [
      "an open quote",
      "customers.csv",
      'id,tier\na,"gold\n',
      [expect.stringMatching(/^customers.csv:\d: is not well formed CSV: a quote is not closed/)],
    ],
    [
      "a list",
      "customers.yaml",
      "- tier: gold\n",
      ["customers.yaml:1: must be an object from subscription ids to subscriptions"],
    ],
    ["an empty CSV file", "customers.csv", "", ["customers.csv:1: is empty; its first line must name the columns"]],
    [
      "two keys with one value",
      "customers.csv",
      "id,tier,keyValue.variable\na,gold,k\nb,gold,k\n",
      [
        expect.stringMatching(
          /^customers.csv:3: subscription "b": keyValue.variable "k" is used by subscription "a" too/,
        ),
      ],
    ],
  ])("%s: %s", (_, name, text, problems) => {
    expect(problemsIn(name, text)).toEqual(problems);
  });

  test("names in another encoding than UTF-8", () => {
    const problems = withFolder((folder) => {
      const path = join(folder, "customers.csv");
      writeFileSync(path, Buffer.from("id,tier,customer\na,gold,Müller\n", "latin1"));
      return problemsOf(petShop({ subscriptionFiles: [subscriptionsFromFile(path)] }));
    });
    expect(problems).toEqual([expect.stringMatching(/customers.csv: is not UTF-8; save it as UTF-8/)]);
  });

  test("a file without a customer, whose keys the next deploy would delete, gets a warning", () => {
    const { findings } = shopWith("customers.csv", "id,tier\n", defineUnchecked);
    expect(findings).toEqual([
      expect.objectContaining({ severity: "warning", message: expect.stringContaining("holds no subscription") }),
    ]);
  });

  test("a file that is not there", () => {
    expect(problemsOf(petShop({ subscriptionFiles: [subscriptionsFromFile("nowhere/customers.csv")] }))).toEqual([
      "nowhere/customers.csv: does not exist; paths are relative to the project's folder",
    ]);
  });

  test("a file of another kind", () => {
    expect(problemsOf(petShop({ subscriptionFiles: [subscriptionsFromFile("customers.xlsx")] }))).toEqual([
      "customers.xlsx: is not a data file; use .csv, .json, .yaml, .yml",
    ]);
  });
});

describe("the JSON Schema of a data file", () => {
  test("is made from the definition that checks the file, and is the one in the package", () => {
    expect(JSON.parse(readFileSync("schemas/subscriptions.schema.json", "utf8"))).toEqual(subscriptionFileSchema());
  });

  test("knows the fields of a subscription, and no others", () => {
    const { additionalProperties: subscription } = subscriptionFileSchema() as never as {
      additionalProperties: { properties: object; required: string[]; additionalProperties: boolean };
    };
    expect(Object.keys(subscription.properties)).toEqual(
      expect.arrayContaining([
        "tier",
        "customer",
        "enabled",
        "keyValue",
        "formerId",
        "cohort",
        "tags",
        "additionalTiers",
      ]),
    );
    expect(subscription).toMatchObject({ required: ["tier"], additionalProperties: false });
  });

  test("offers the catalog's own tiers where it is asked to", () => {
    expect(subscriptionFileSchema({ tiers: ["silver", "gold"], cohorts: ["emea"] })).toMatchObject({
      additionalProperties: { properties: { tier: { enum: ["gold", "silver"] }, cohort: { enum: ["emea"] } } },
    });
  });
});
