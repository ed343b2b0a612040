import fc from "fast-check";
import { splitKeyFile } from "../../src/catalog/aws-key-file";
import { readCsv } from "../../src/catalog/csv-subscriptions";
import { csvOf } from "../../src/catalog/csv-text";
import { defineUnchecked, petShop } from "../support/catalogs";
import { synthesize } from "../support/synthesize";

/** What a value looks like; no key of anybody's. */
const value = (index: number) => `NoKeyOfAnybody${String(index).padStart(8, "0")}`;
const split = (text: string, plans: Record<string, string> = { c7y23b: "gold", glvrsr: "trial" }, tier?: string) =>
  splitKeyFile(text, "keys.csv", { tiersOfPlans: new Map(Object.entries(plans)), tier });
const problemsOf = (text: string, plans?: Record<string, string>, tier?: string) =>
  split(text, plans, tier).findings.map(({ place, message }) => `${place}: ${message}`);

describe("a file of keys in the format of ImportApiKeys", () => {
  test("becomes subscriptions without values, and the values by variable", () => {
    const { subscriptions, values, findings } = split(
      `Name,key,description,Enabled,usageplanIds
MyFirstApiKey,${value(1)},An imported key,TRUE,c7y23b
"Acme, Inc.",${value(2)},,false,"c7y23b,glvrsr"
joe.black,${value(3)},"Joe ""the"" Black",,'c7y23b, glvrsr'
`,
    );
    expect(findings).toEqual([]);
    expect(subscriptions).toEqual({
      MyFirstApiKey: { tier: "gold", customer: "An imported key", keyValue: { variable: "key_myfirstapikey" } },
      "acme-inc": {
        tier: "gold",
        additionalTiers: { trial: "trial" },
        keyName: "Acme, Inc.",
        enabled: false,
        keyValue: { variable: "key_acme_inc" },
      },
      "joe.black": {
        tier: "gold",
        additionalTiers: { trial: "trial" },
        customer: 'Joe "the" Black',
        keyValue: { variable: "key_joe_black" },
      },
    });
    expect(values).toEqual({ key_myfirstapikey: value(1), key_acme_inc: value(2), key_joe_black: value(3) });
  });

  test("may have its columns in any order and case, and others", () => {
    const { subscriptions, values } = split(`note,KEY,name\nx,${value(1)},joe\n`, {}, "gold");
    expect(subscriptions).toEqual({ joe: { tier: "gold", keyValue: { variable: "key_joe" } } });
    expect(values).toEqual({ key_joe: value(1) });
  });

  test("names variables that Terraform takes, and that look like no value", () => {
    const long = "acmecorporation2024international";
    const { values } = split(
      `name,key\na.b,${value(1)}\na-b,${value(2)}\n${long},${value(3)}\n${"x-".repeat(40)}x,${value(4)}\n`,
      {},
      "gold",
    );
    expect(Object.keys(values)).toEqual(["key_a_b", "key_of_line_3", "key_of_line_4", "key_of_line_5"]);
  });

  test("of 500 keys becomes a catalog whose Terraform holds no value", () => {
    const rows = Array.from({ length: 500 }, (_, index) => `Customer ${index},${value(index)},c7y23b`);
    const { subscriptions, values, findings } = split(`name,key,usageplanIds\n${rows.join("\n")}\n`);
    expect(findings).toEqual([]);
    expect(Object.keys(values)).toHaveLength(500);
    const file = csvOf(subscriptions);
    const stacks = synthesize(defineUnchecked(petShop({ subscriptionFiles: [readCsv(file, "customers.csv")] })));
    expect(Object.keys(stacks.access.variable)).toHaveLength(500);
    expect(file + JSON.stringify(stacks)).not.toContain("NoKeyOfAnybody");
  });
});

test("the data file that is written is read as it was meant, whatever a customer is called", () => {
  const customer = fc.string({
    unit: fc.constantFrom("a", '"', ",", ";", "\n", "\t", " ", "ß", "'", "="),
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.array(customer, { minLength: 1, maxLength: 5 }), (customers) => {
      const written = customers.map((each, index) => [
        `c${index}`,
        { tier: "gold", enabled: index > 1, customer: `x${each}x` },
      ]);
      const { entries, findings } = readCsv(csvOf(Object.fromEntries(written)), "customers.csv");
      expect(findings).toEqual([]);
      expect(entries.map(({ id, written: each }) => [id, each])).toEqual(written);
    }),
  );
});

describe("all that is wrong with a file of keys is said at once, with lines and never with a value", () => {
  test.each<[string, string, unknown[]]>([
    [
      "columns",
      "id,value\n1,2\n",
      [
        'keys.csv:1: has no column "name" and "key"; its first line must be such as Name,Key,Description,Enabled,UsagePlanIds',
      ],
    ],
    ["an empty file", "", ["keys.csv:1: is empty; its first line must name the columns"]],
    [
      "a usage plan whose tier nobody has said, and none",
      `name,key,usageplanIds\na,${value(1)},zzz\nb,${value(2)},\n`,
      [
        'keys.csv:2: is in usage plan "zzz"; say its tier, --plan zzz=gold',
        "keys.csv:3: is in no usage plan; say the tier of such keys, --tier gold",
      ],
    ],
    [
      "ids that are the same, or none",
      `name,key,usageplanIds\nAcme Inc,${value(1)},c7y23b\n"ACME, Inc",${value(2)},c7y23b\nß,${value(3)},c7y23b\n,${value(4)},c7y23b\n`,
      [
        'keys.csv:3: gets the id "acme-inc" by its name, as line 2 does; rename one of them',
        'keys.csv:4: the name "ß" has "ß", for which no letter of a to z stands, so no id can be made of it; rename it',
        'keys.csv:5: the name "" has neither a letter nor a digit, so no id can be made of it; rename it',
      ],
    ],
    [
      "values",
      `name,key,usageplanIds,enabled\na,short,c7y23b,\nb,${value(1)},c7y23b,\nc,${value(1)},c7y23b,yes\n`,
      [
        "keys.csv:2: has a key that is not 20 to 128 letters and digits, as AWS wants a key's value; correct it",
        'keys.csv:4: enabled must be TRUE or FALSE, got "yes"',
        "keys.csv:4: has the key of line 3, but AWS takes a value once; drop one of the rows",
      ],
    ],
    [
      "a value in another column",
      `name,key,description,usageplanIds\na,${value(1)},was ${value(2)} once,c7y23b\nb,${value(2)},,c7y23b\n`,
      ['keys.csv:2: holds the value of a key in its column "description", too; take it out there'],
    ],
    [
      "a row that is too long",
      `name,key,usageplanIds\na,${value(1)},c7y23b,glvrsr\n`,
      ["keys.csv:2: has 4 cells where the first line names 3 columns"],
    ],
  ])("%s", (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  test("whatever stands in the file", () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(value(1), value(2), "c7y23b", "TRUE", "", '"', "'", `x ${value(1)}`),
    );
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 5 });
    fc.assert(
      fc.property(rows, (cells) => {
        const { subscriptions, values, findings } = split(
          `name,key,description,enabled,usageplanIds\n${cells.map((row) => row.join(",")).join("\n")}\n`,
        );
        expect(JSON.stringify(findings)).not.toContain("NoKeyOfAnybody");
        if (findings.length > 0) return;
        for (const each of Object.values(values)) expect(JSON.stringify(subscriptions)).not.toContain(each);
      }),
    );
  });
});
