import { type CsvOptions, subscriptionsFromCsv, subscriptionsFromFile } from "../../src";

/** What the compiler knows of the columns of a CSV file. Nothing of it has to run; the type check of the project reads it. */
const neverRun = (_: () => void) => {};

neverRun(() => {
  subscriptionsFromCsv("crm.csv", {
    columns: {
      id: { column: "No", slug: true },
      tier: { column: "Plan", values: { Gold: "gold" } },
      enabled: { column: "Status", values: { Active: true } },
      existingKeyId: "Key",
      "keyValue.variable": "Variable",
      "tags.team": "Team",
      "additionalTiers.sandbox": "Sandbox",
    },
    otherColumns: "ignore",
  });
  subscriptionsFromCsv("crm.csv", {
    columns: {
      // @ts-expect-error
      teir: "Plan",
    },
  });
  subscriptionsFromCsv("crm.csv", {
    // @ts-expect-error
    otherColumns: "ignored",
  });
  // A list of files stays a list of files
  ["a.yaml", "b.csv"].map(subscriptionsFromFile);
});

test("options may come from elsewhere", () => {
  const options: CsvOptions = { columns: { id: "No" } };
  expect(subscriptionsFromCsv("nowhere.csv", options).findings).toHaveLength(1);
});
