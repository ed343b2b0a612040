import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EditProblem, remove, type SubscriptionEdit, set } from "../../src/editing/field-change";
import { Subscriptions } from "../../src/editing/subscriptions/subscriptions";
import { Texts } from "../../src/editing/texts";
import { withFolder } from "../support/synthesize";

const program = (part: string, before = "") =>
  `${before}export const catalog = defineCatalog({ apis: {}, ${part} });\n`;
const read = (texts: Readonly<Record<string, string>>) =>
  Subscriptions.read("catalog.ts", Texts.given(new Map(Object.entries(texts))));
const inFile = (file: string, text: string) => ({
  "catalog.ts": program(`subscriptionFiles: [subscriptionsFromFile("${file}")]`),
  [file]: text,
});
const toGold = (id: string): SubscriptionEdit => ({ kind: "change", id, changes: [set(["tier"], "gold")] });

function problemOf(run: () => unknown): string {
  try {
    run();
  } catch (problem) {
    if (problem instanceof EditProblem) return problem.message;
    throw problem;
  }
  return "edited";
}

describe("what cannot be edited in its place alone is refused, with the place and what to do", () => {
  test.each<[string, Readonly<Record<string, string>>, SubscriptionEdit, string]>([
    [
      "an entry that a name stands for, which others may share",
      { "catalog.ts": program("subscriptions: { joe: basic, ann: basic }", 'const basic = { tier: "bronze" };\n') },
      toGold("joe"),
      'catalog.ts:2: subscription "joe" is not written as { … } in its place; edit it by hand',
    ],
    [
      "an entry that a function returns",
      { "catalog.ts": program('subscriptions: {\n  joe: basic("joe") }') },
      toGold("joe"),
      'catalog.ts:2: subscription "joe" is not written as { … } in its place; edit it by hand',
    ],
    [
      "an id that is computed",
      { "catalog.ts": program('subscriptions: {\n  ...fromCrm(), [id]: { tier: "bronze" } }') },
      toGold("joe"),
      'unknown subscription "joe"; there are none; catalog.ts:2, catalog.ts:2 compute others, which are edited by hand',
    ],
    [
      "a field that what is spread may overwrite",
      {
        "catalog.ts": program(
          'subscriptions: { joe: { tier: "bronze", ...others } }',
          'const others = { tier: "silver" };\n',
        ),
      },
      toGold("joe"),
      'catalog.ts:2: subscription "joe": it is written in a way that cannot be edited in this place alone; nothing is written, so edit it by hand',
    ],
    [
      "a field that is spread, which would have to be removed elsewhere",
      {
        "catalog.ts": program(
          'subscriptions: { joe: { ...off, tier: "bronze" } }',
          "const off = { enabled: false };\n",
        ),
      },
      { kind: "change", id: "joe", changes: [remove("enabled")] },
      'catalog.ts:2: subscription "joe": it is written in a way that cannot be edited in this place alone; nothing is written, so edit it by hand',
    ],
    [
      "an entry of a map that a name stands for",
      {
        "catalog.ts": program(
          'subscriptions: { joe: { tier: "bronze", tags: TAGS } }',
          'const TAGS = { team: "a" };\n',
        ),
      },
      { kind: "change", id: "joe", changes: [set(["tags", "team"], "b")] },
      'catalog.ts:2: tags of subscription "joe" is not written as { … } in its place; edit it by hand',
    ],
    [
      "YAML that others share through an anchor",
      inFile("a.yaml", "joe: &basic\n  tier: bronze\nann: *basic\n"),
      toGold("ann"),
      'a.yaml:3: subscription "ann": is written in a way that cannot be changed in one place only, such as an anchor (&name) that is used at several; write it out there; nothing is written, so edit it by hand',
    ],
    [
      "an id that stands in two files",
      {
        "catalog.ts": program(
          'subscriptions: { joe: { tier: "bronze" } }, subscriptionFiles: [subscriptionsFromFile("a.csv")]',
        ),
        "a.csv": "id,tier\njoe,bronze\n",
      },
      toGold("joe"),
      'catalog.ts:1: subscription "joe" and a.csv:2: subscription "joe" are two; drop one of them first',
    ],
    [
      "what a CSV file has no column for",
      inFile("a.csv", "id,tier\njoe,bronze\n"),
      { kind: "change", id: "joe", changes: [set(["keys"], { main: {}, ci: {} })] },
      "a.csv:2: keys.main = {} cannot stand in a cell; move the subscription to a YAML or JSON file, or into the catalog",
    ],
    [
      "an id that another one has already",
      inFile("a.csv", "id,tier\njoe,bronze\nann,gold\n"),
      { kind: "rename", id: "joe", to: "ann", changes: [] },
      'a.csv:3: subscription "ann": already exists; choose another id',
    ],
    [
      "a file that is not well formed",
      inFile("a.yaml", "joe: {\n"),
      toGold("joe"),
      "a.yaml:2: is not well formed: Flow map in block collection must be sufficiently indented and end with a }; fix it there",
    ],
    [
      "a file that does not exist",
      { "catalog.ts": program('subscriptionFiles: [subscriptionsFromFile("missing.csv")]') },
      toGold("joe"),
      "missing.csv: does not exist",
    ],
  ])("%s", (_, texts, edit, message) => {
    expect(problemOf(() => read(texts).edited(edit))).toBe(message);
  });

  test("of several, those that stand in the way of the others are named, each with its line", () => {
    const text = "joe: { tier: bronze }\nbase: &base { tier: bronze }\nann: *base\nzoe: { tier: bronze }\n";
    const changes = ["joe", "ann", "zoe"].map((id) => [id, [set(["tier"], "gold")]] as const);
    expect(problemOf(() => read(inFile("a.yaml", text)).changed(new Map(changes)))).toBe(
      'a.yaml:3: subscription "ann": is written in a way that cannot be changed in one place only, such as an anchor (&name) that is used at several; ' +
        "write it out there; nothing is written, so edit it by hand; because of that, none of the 3 subscriptions is written: edit that one by hand, and run this again",
    );
  });

  const CRM = (columns: string) => ({
    "catalog.ts": program(
      `subscriptionFiles: [subscriptionsFromCsv("crm.csv", { columns: ${columns}, otherColumns: "ignore" })]`,
    ),
    "crm.csv": "Account;Plan;enabled\nJoe Black;Basic;yes\n",
  });

  test.each<[string, string, SubscriptionEdit, string]>([
    [
      "a column that is missing",
      '{ id: { column: "Account", slug: true }, tier: { column: "Plan", values: { Basic: "bronze" } }, enabled: "other" }',
      toGold("joe-black"),
      'crm.csv:1: has no column "other", which columns.enabled names; it has "Account", "Plan", "enabled"',
    ],
    [
      "a tier that no text of the column means",
      '{ id: { column: "Account", slug: true }, tier: { column: "Plan", values: { Basic: "bronze" } }, customer: "enabled" }',
      toGold("joe-black"),
      'crm.csv:2: no text of column "Plan" means "gold"; add one to columns.tier.values',
    ],
    [
      "a tier that two texts of the column mean",
      '{ id: { column: "Account", slug: true }, tier: { column: "Plan", values: { Basic: "bronze", Gold: "gold", "Gold (old)": "gold" } }, customer: "enabled" }',
      toGold("joe-black"),
      'crm.csv:2: several texts of column "Plan" mean "gold" ("Gold", "Gold (old)"); write the right one there by hand',
    ],
    [
      "an id that is made of a name",
      '{ id: { column: "Account", slug: true }, tier: { column: "Plan", values: { Basic: "bronze" } }, customer: "enabled" }',
      { kind: "rename", id: "joe-black", to: "black", changes: [] },
      'crm.csv:2: its id is made of the text in column "Account"; write the id that it shall have into columns.id.values',
    ],
    [
      "a field whose name is the column of another",
      '{ id: { column: "Account", slug: true }, tier: { column: "Plan", values: { Basic: "bronze" } }, customer: "enabled" }',
      { kind: "change", id: "joe-black", changes: [set(["enabled"], false)] },
      'crm.csv: its column "enabled" is that of another field, so none can be added for enabled; name one in columns',
    ],
  ])("of a file of another system, %s", (_, columns, edit, message) => {
    expect(problemOf(() => read(CRM(columns)).edited(edit))).toBe(message);
  });
});

describe("an entry stands where it stood, written as it was", () => {
  test.each<[string, string, string, SubscriptionEdit, string]>([
    [
      "in a catalog, with its comments",
      "catalog.ts",
      program(
        "subscriptions: {\n    // Pays by invoice.\n    joe: { tier: \"bronze\" }, // since 2019\n    ann: {\n      tier: 'bronze'\n    },\n  }",
      ),
      { kind: "change", id: "ann", changes: [set(["tier"], "gold"), set(["enabled"], false)] },
      program(
        'subscriptions: {\n    // Pays by invoice.\n    joe: { tier: "bronze" }, // since 2019\n    ann: {\n      tier: "gold",\n      enabled: false\n    },\n  }',
      ),
    ],
    [
      "without an entry, whose own comment goes, and that of the others stays",
      "catalog.ts",
      program(
        'subscriptions: {\n    // Early customers\n    joe: { tier: "bronze" },\n    ann: { tier: "gold" },\n\n    // Pays by invoice.\n    bob: { tier: "gold" },\n  }',
      ),
      { kind: "remove", id: "bob" },
      program(
        'subscriptions: {\n    // Early customers\n    joe: { tier: "bronze" },\n    ann: { tier: "gold" },\n\n  }',
      ),
    ],
    [
      "without the first of several that a comment is about",
      "catalog.ts",
      program(
        'subscriptions: {\n    // Early customers\n    joe: { tier: "bronze" },\n    ann: { tier: "gold" },\n  }',
      ),
      { kind: "remove", id: "joe" },
      program('subscriptions: {\n    // Early customers\n    ann: { tier: "gold" },\n  }'),
    ],
    [
      "in a catalog that has none yet",
      "catalog.ts",
      "export const catalog = defineCatalog({\r\n  apis: {},\r\n});\r\n",
      { kind: "add", id: "joe.black", fields: { tier: "bronze" } },
      'export const catalog = defineCatalog({\r\n  apis: {},\r\n  subscriptions: { "joe.black": { tier: "bronze" } },\r\n});\r\n',
    ],
    [
      "in YAML, below the schema of the file",
      "a.yaml",
      "# yaml-language-server: $schema=s.json\njoe: # pays\n  tier: bronze   # cheap\n\nann: { tier: gold }\n",
      { kind: "rename", id: "joe", to: "black", changes: [set(["formerId"], "joe")] },
      "# yaml-language-server: $schema=s.json\nblack: # pays\n  tier: bronze   # cheap\n  formerId: joe\n\nann: { tier: gold }\n",
    ],
    [
      "not in YAML any more, where the schema stays",
      "a.yaml",
      "# yaml-language-server: $schema=s.json\njoe:\n  tier: bronze\n",
      { kind: "remove", id: "joe" },
      "# yaml-language-server: $schema=s.json\n{}\n",
    ],
    [
      "in YAML that holds nothing but a comment",
      "a.yaml",
      "# Customers\r\n",
      { kind: "add", id: "007", fields: { tier: "gold" } },
      '# Customers\r\n"007":\r\n  tier: gold\r\n',
    ],
    [
      "in JSON, beside its schema",
      "a.json",
      '{ "$schema": "s.json",\n  "joe": { "tier": "bronze" } }',
      { kind: "change", id: "joe", changes: [set(["enabled"], false)] },
      '{ "$schema": "s.json",\n  "joe": { "tier": "bronze", "enabled": false } }',
    ],
    [
      "in CSV, with a new column and no break at its end",
      "a.csv",
      'id;tier;customer\r\njoe;bronze;"Joe; Black"\r\n\r\nann;gold;',
      { kind: "change", id: "joe", changes: [set(["enabled"], false)] },
      'id;tier;customer;enabled\r\njoe;bronze;"Joe; Black";false\r\n\r\nann;gold;;',
    ],
    [
      "in CSV, with keys that its cells can say",
      "a.csv",
      "id,tier,keys.main\njoe,bronze,\nann,gold,true\n",
      { kind: "change", id: "joe", changes: [set(["keys"], { main: true, ci: false })] },
      "id,tier,keys.main,keys.ci\njoe,bronze,true,false\nann,gold,true,\n",
    ],
    [
      "in CSV, with a trial",
      "a.csv",
      "id,tier\njoe,bronze\n",
      { kind: "change", id: "joe", changes: [set(["trial"], { tier: "gold", until: "2026-12-01" })] },
      "id,tier,trial.tier,trial.until\njoe,bronze,gold,2026-12-01\n",
    ],
    [
      "in CSV, without its trial",
      "a.csv",
      "id,tier,trial.tier,trial.until\njoe,bronze,gold,2026-12-01\n",
      { kind: "change", id: "joe", changes: [remove("trial")] },
      "id,tier,trial.tier,trial.until\njoe,bronze,,\n",
    ],
    [
      "in CSV, as another row",
      "a.csv",
      "id,tier,customer,tags.team\njoe,bronze,,\n",
      { kind: "add", id: "ann", fields: { tier: "gold", customer: "Ann, Inc.", tags: { team: "a" } } },
      'id,tier,customer,tags.team\njoe,bronze,,\nann,gold,"Ann, Inc.",a\n',
    ],
  ])("%s", (_, file, text, edit, expected) => {
    const before = read(file === "catalog.ts" ? { [file]: text } : inFile(file, text));
    expect(before.edited(edit, before.dataFiles[0]).texts.of(file)).toBe(expected);
  });

  test("in another file of the program, from which the catalog takes it", () => {
    withFolder((folder) => {
      const [catalog, customers] = [join(folder, "catalog.ts"), join(folder, "customers.ts")];
      writeFileSync(
        catalog,
        'import { customers } from "./customers";\nexport const catalog = defineCatalog({ apis: {}, subscriptions: { ...customers, ann: { tier: "gold" } } });\n',
      );
      writeFileSync(customers, "export const customers = {\n  joe: { tier: 'bronze' }, // pays\n};\n");
      const after = Subscriptions.read(catalog, Texts.onDisk()).edited(toGold("joe"));
      expect([...after.texts.changes()]).toEqual([
        [
          customers,
          {
            before: "export const customers = {\n  joe: { tier: 'bronze' }, // pays\n};\n",
            after: 'export const customers = {\n  joe: { tier: "gold" }, // pays\n};\n',
          },
        ],
      ]);
    });
  });

  test("in a file of another system, in its own words", () => {
    const before = read({
      "catalog.ts": program(
        'subscriptionFiles: [subscriptionsFromCsv("crm.csv", { columns: { id: "No", tier: { column: "Plan", values: { "Gold (2024)": "gold", Free: "bronze" } }, enabled: { column: "Status", values: { Active: true, "On hold": false } } }, otherColumns: "ignore" })]',
      ),
      "crm.csv": "No;Plan;Status;Phone\n10;Free;Active;+49\n11;Free;On hold;\n",
    });
    const after = before
      .edited({ kind: "change", id: "10", changes: [set(["tier"], "gold"), set(["enabled"], false)] })
      .edited({ kind: "change", id: "11", changes: [{ kind: "remove", path: ["enabled"], sameAs: true }] });
    expect(after.texts.of("crm.csv")).toBe("No;Plan;Status;Phone\n10;Gold (2024);On hold;+49\n11;Free;Active;\n");
  });
});
