import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CsvOptions, subscriptionsFromCsv, subscriptionsFromFile } from "../../src";
import { defineUnchecked, petShop, problemsOf } from "../support/catalogs";
import { withFolder } from "../support/synthesize";

/** Reads a file with this text as the pet shop's subscriptions. */
function shopWith<Result>(text: string, options: unknown, use: (written: Record<string, unknown>) => Result): Result {
  return withFolder((folder) => {
    const path = join(folder, "crm.csv");
    writeFileSync(path, text);
    return use(
      petShop({
        subscriptionFiles: [subscriptionsFromCsv(path, options as CsvOptions)],
        cohorts: { emea: {} },
      }),
    );
  });
}
const subscriptionsOf = (text: string, options: CsvOptions) =>
  shopWith(text, options, defineUnchecked).subscriptions.map(
    ({ id, tier, customer, enabled, keys: [{ tags } = { tags: {} }] }) => ({
      id,
      tier,
      customer,
      enabled,
      tags,
    }),
  );
/** Problems, without the folder before the file's name. */
const problemsIn = (text: string, options: unknown) =>
  shopWith(text, options, problemsOf).map((problem) => problem.replace(/^\S*\/(?=crm\.csv)/, ""));

const CRM: CsvOptions = {
  columns: {
    id: "Account No",
    tier: { column: "Plan", values: { "Gold (2024)": "gold", Trial: "gold" } },
    customer: "Company",
    enabled: { column: "Status", values: { Active: true, "On hold": false, "": true } },
    "tags.team": "Sales team",
  },
  otherColumns: "ignore",
};
const EXPORT = `Account No,Company,Plan,Status,Sales team,Phone,Last contact
10-0042,"Acme, Inc.",Gold (2024),Active,north,+1 555 0100,2024-03-01
10-0043,Globex,Trial,On hold,,,
10-0044,Initech,Gold (2024),,,,
`;
const READ = [
  { id: "10-0042", tier: "gold", customer: "Acme, Inc.", enabled: true, tags: { team: "north" } },
  { id: "10-0043", tier: "gold", customer: "Globex", enabled: false, tags: {} },
  { id: "10-0044", tier: "gold", customer: "Initech", enabled: true, tags: {} },
];

describe("a CSV file of another system", () => {
  test.each([
    ["as it is", EXPORT],
    ["with a byte order mark and CRLF", `\uFEFF${EXPORT.replaceAll("\n", "\r\n")}`],
    ["with semicolons", EXPORT.replaceAll(/,(?! )/g, ";")],
    ["with tabs", EXPORT.replaceAll(/,(?! )/g, "\t")],
    ["with Excel's line that names the separator", `sep=;\r\n${EXPORT.replaceAll(/,(?! )/g, ";")}`],
    [
      "with a comma in the name of a column, beside semicolons",
      EXPORT.replaceAll(/,(?! )/g, ";").replace("Phone", "Phone, fax"),
    ],
    ["with empty rows and columns at its end", `${EXPORT.replaceAll("\n", ",,\n")},,,,,,,,\n\n`],
    ["with spaces around names and cells", EXPORT.replaceAll(/,(?! )/g, " , ")],
    ["with no-break spaces around names and cells", EXPORT.replaceAll(/(?<!"),(?! )/g, "\u00A0,")],
  ])("is read by a mapping of its columns, %s", (_, text) => {
    expect(subscriptionsOf(text, CRM)).toEqual(READ);
  });

  test("has fields that are not mapped in the columns of their names", () => {
    expect(subscriptionsOf("id,Plan\na,gold\n", { columns: { tier: "Plan" } })).toMatchObject([{ id: "a" }]);
  });

  test("has no field in a column of its name, where the mapping says another", () => {
    const text = "id,tier,Number,Plan\nx,y,1,gold\n";
    expect(subscriptionsOf(text, { columns: { id: "Number", tier: "Plan" }, otherColumns: "ignore" })).toMatchObject([
      { id: "1", tier: "gold" },
    ]);
  });

  test("says lines as an editor counts them, with line breaks in cells", () => {
    const text = 'Account No,Plan,Company\n1,Trial,"Acme\nInc."\n2,Silver,"A\r\nB"\n3,Silver,C\n';
    const { id, tier, customer } = CRM.columns ?? {};
    const problems = problemsIn(text, { columns: { id, tier, customer } });
    expect(problems.filter((problem) => problem.includes("Silver"))).toEqual([
      expect.stringMatching(/^crm.csv:4, column "Plan": unknown text "Silver"/),
      expect.stringMatching(/^crm.csv:6, column "Plan": unknown text "Silver"/),
    ]);
  });
});

describe("ids that are made of what a system has", () => {
  const named = (columns: CsvOptions["columns"]) => ({ columns: { tier: "Plan", ...columns } });
  const idsOf = (names: readonly string[], values?: Record<string, string>) =>
    subscriptionsOf(`Company,Plan\n${names.map((name) => `"${name}",gold\n`).join("")}`, {
      ...named({ id: { column: "Company", slug: true, ...(values && { values }) } }),
    }).map(({ id }) => id);

  test.each([
    ["ACME, Inc.", "acme-inc"],
    ["Ångström AB", "angstrom-ab"],
    ["  Müller & Söhne (Köln) ", "muller-sohne-koln"],
    ["joe.black@example.com", "joe-black-example-com"],
    ["0042", "0042"],
  ])("%s becomes %s", (name, id) => {
    expect(idsOf([name])).toEqual([id]);
  });

  test("can be said for texts by themselves", () => {
    expect(idsOf(["Weiß", "Acme"], { Weiß: "weiss" })).toEqual(["acme", "weiss"]);
  });

  test.each([
    [
      "Weiß GmbH\nAcme",
      [
        'crm.csv:2, column "Company": "Weiß GmbH" has "ß", for which no letter of a to z stands; say its id in columns.id.values, such as { "Weiß GmbH": "an-id" }',
      ],
    ],
    ["—\nAcme", [expect.stringContaining('"—" has neither a letter nor a digit')]],
    [
      "Acme Inc\nACME, Inc.",
      [
        'crm.csv:3, column "Company": "ACME, Inc." makes the id "acme-inc", as "Acme Inc" in line 2 does; say their ids in columns.id.values, or choose a column that is unique',
      ],
    ],
  ])("are never guessed: %j", (names, problems) => {
    const rows = names.split("\n").map((name) => `"${name}",gold\n`);
    expect(problemsIn(`Company,Plan\n${rows.join("")}`, named({ id: { column: "Company", slug: true } }))).toEqual(
      problems,
    );
  });

  test("never come from a number that Excel has shortened", () => {
    expect(problemsIn("Account No,Plan\n4.71E+11,gold\n", named({ id: "Account No" }))).toEqual([
      expect.stringMatching(
        /^crm.csv:2, column "Account No": holds "4.71E\+11", which is what Excel makes of a long number/,
      ),
    ]);
  });
});

describe("all mistakes of a CSV file are reported at once, each with line and column", () => {
  test.each<[string, string, unknown, unknown[]]>([
    [
      "columns that nobody wants",
      "id,tier,Phone,Fax\na,golt,1,2\n",
      {},
      [
        expect.stringMatching(
          /^crm.csv:1: has the unknown columns "Phone", "Fax"; columns are id, tier, .*; map others in columns, or say otherColumns: "ignore"$/,
        ),
        expect.stringMatching(/^crm.csv:2: subscription "a": tier: unknown tier "golt"/),
      ],
    ],
    [
      "a mapped column that is misspelt, and a text",
      "Account no,Plan\n1,Gold (2023)\n",
      {
        columns: { id: "Account No", tier: { column: "Plan", values: { "Gold (2024)": "gold" } } },
        otherColumns: "ignore",
      },
      [
        expect.stringMatching(
          /^crm.csv:1: has no column "Account No", which columns.id names; did you mean "Account no"\?$/,
        ),
      ],
    ],
    [
      "a text that is misspelt",
      "id,Plan\n1,Gold (2023)\n2,Silver\n",
      { columns: { tier: { column: "Plan", values: { "Gold (2024)": "gold" } } } },
      [
        'crm.csv:2, column "Plan": unknown text "Gold (2023)"; did you mean "Gold (2024)"? otherwise add it to columns.tier.values',
        'crm.csv:3, column "Plan": unknown text "Silver"; there are "Gold (2024)"; otherwise add it to columns.tier.values',
      ],
    ],
    [
      "a tier of the catalog that a column names wrongly",
      "id,Plan\n1,golt\n",
      { columns: { tier: "Plan" } },
      ['crm.csv:2, column "Plan": subscription "1": tier: unknown tier "golt"; did you mean "gold"?'],
    ],
    [
      "an error of the spreadsheet",
      "id,tier,Company\na,gold,#N/A\n",
      { columns: { customer: "Company" } },
      ['crm.csv:2, column "Company": holds "#N/A", an error of the spreadsheet; fix it there'],
    ],
    [
      "a row without its id",
      "Account No,tier\n,gold\n",
      { columns: { id: "Account No" } },
      ['crm.csv:2, column "Account No": has no id; give it one'],
    ],
    [
      "an id twice",
      "Account No,tier\n1,gold\n1,gold\n",
      { columns: { id: "Account No" } },
      [
        expect.stringMatching(
          /^crm.csv:3, column "Account No": subscription "1": is there twice, first as .*crm.csv:2/,
        ),
      ],
    ],
    [
      "a column without a name",
      "id,tier,\na,gold,x\n",
      {},
      ["crm.csv:1: has no name for its column 3; name it, or empty it"],
    ],
    [
      "options that are wrong",
      "id,tier\na,gold\n",
      {
        columns: {
          teir: "x",
          customer: 1,
          enabled: { column: "tier", values: [] },
          cohort: { column: "a", slug: true },
        },
        otherColumns: true,
      },
      [
        'crm.csv: columns: unknown field "teir"; did you mean "tier"?',
        expect.stringContaining("columns.customer must name a column of the file, got 1"),
        expect.stringContaining("columns.enabled.values must be an object from texts to what they mean, got []"),
        expect.stringContaining("columns.cohort.slug is for id alone"),
        expect.stringContaining('otherColumns must be "ignore" or "refuse", got true'),
      ],
    ],
  ])("%s", (_, text, options, problems) => {
    expect(problemsIn(text, options)).toEqual(problems);
  });

  test("in a list that ends where nobody would read on", () => {
    const rows = Array.from({ length: 5_000 }, (_, row) => `c${row},${row % 2 ? "golt" : `t${row}`}`);
    const message = withFolder((folder) => {
      const path = join(folder, "crm.csv");
      writeFileSync(path, `id,tier\n${rows.join("\n")}\n`);
      try {
        defineUnchecked(petShop({ subscriptionFiles: [subscriptionsFromFile(path)] }));
      } catch (error) {
        return (error as Error).message;
      }
      return "";
    });
    expect(message).toMatch(/^The catalog has 5000 problems:\n/);
    expect(message).toMatch(
      /unknown tier "golt"; did you mean "gold"\? \(and 2499 more, such as \S*crm.csv:5: subscription "c3" and /,
    );
    expect(message).toMatch(/and 2401 more$/);
    expect(message.split("\n").length).toBeLessThan(110);
  });
});

describe("a file in the format of ImportApiKeys", () => {
  /** What a key looks like; no key of anybody's. */
  const VALUE = "Not0A1Real2Key3Value4";

  test.each([
    ["by itself", {}],
    ["where other columns are ignored", { columns: { id: "Name", tier: "Plan" }, otherColumns: "ignore" }],
    [
      "where the value would be the customer's name",
      { columns: { id: "Name", tier: "Plan", customer: "key" }, otherColumns: "ignore" },
    ],
  ])("is refused, and no value of it is shown: %s", (_, options) => {
    const problems = problemsIn(`Name,key,Plan\njoe,${VALUE},gold\n`, options);
    expect(problems).toEqual([expect.stringMatching(/^crm.csv: holds values of API keys in its column "key"/)]);
    expect(problems.join()).not.toContain(VALUE.slice(0, 6));
  });
});
