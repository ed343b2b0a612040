import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { subscriptionsFromFile } from "../../src";
import { findingsOf, petShop, problemsOf, withSubscriptions, withTier } from "../support/catalogs";
import { withFolder } from "../support/synthesize";

/** What a key looks like; no key of anybody's. */
const VALUE = "Not0A1Real2Key3Value4";

describe("a key value that was written into the catalog by mistake is refused without being shown", () => {
  test.each([
    ["as the value", { joe: { tier: "gold", keyValue: VALUE } }],
    ["under a name of its own", { joe: { tier: "gold", keyValue: { value: VALUE } } }],
    ["beside the variable", { joe: { tier: "gold", keyValue: { variable: "k", value: VALUE } } }],
    ["as the variable", { joe: { tier: "gold", keyValue: { variable: VALUE } } }],
    ["in a list", { joe: { tier: "gold", keyValue: [VALUE] } }],
    ["in the place of the tier", { joe: { tier: VALUE } }],
    ["in the place of a flag", { joe: { tier: "gold", enabled: VALUE } }],
    ["in the place of the cohort", { joe: { tier: "gold", cohort: VALUE } }],
    ["as a variable that is all lower case", { joe: { tier: "gold", keyValue: { variable: VALUE.toLowerCase() } } }],
    ["as the name of a field", { joe: { tier: "gold", [VALUE]: true } }],
    ["in the place of the subscription", { joe: VALUE }],
  ])("%s", (_, subscriptions) => {
    const problems = problemsOf(withSubscriptions(subscriptions));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join("\n").toLowerCase()).not.toContain(VALUE.toLowerCase());
  });

  test.each([
    ["broken.json", `{"a":{"tier":"gold","keyValue":${VALUE}}}`],
    ["without-head.csv", `acme,gold,${VALUE}\n`],
    ["alias.yaml", `a: { tier: gold, keyValue: *${VALUE} }\n`],
  ])("in a file that cannot be read: %s", (name, text) => {
    const problems = withFolder((folder) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return problemsOf(petShop({ subscriptionFiles: [subscriptionsFromFile(path)] }));
    });
    expect(problems.length).toBeGreaterThan(0);
    // Not even a part of it.
    expect(problems.join("\n")).not.toContain(VALUE.slice(0, 6));
  });

  test("in a column of a file that slipped", () => {
    const problems = withFolder((folder) => {
      const path = join(folder, "customers.csv");
      writeFileSync(path, `id,tier,enabled,keyValue.variable\na,${VALUE},,\nb,gold,${VALUE},\nc,gold,,${VALUE}\n`);
      return problemsOf(petShop({ subscriptionFiles: [subscriptionsFromFile(path)] }));
    });
    expect(problems).toHaveLength(3);
    expect(problems.join("\n")).not.toContain(VALUE);
  });
});

describe("what looks like a key where a name is expected", () => {
  const UUID = "0f9e8d7c-1111-2222-3333-444455556666";
  const warned = (field: string) =>
    new RegExp(
      `^warning: .*: ${field} looks like an API key, and names are visible .*; write a name, and replace the key`,
    );

  test.each<[string, Record<string, unknown>, string]>([
    ["keyName", withSubscriptions({ joe: { tier: "gold", keyName: VALUE } }), "keyName"],
    ["keyName, a UUID", withSubscriptions({ joe: { tier: "gold", keyName: UUID } }), "keyName"],
    ["customer", withSubscriptions({ joe: { tier: "gold", customer: `Joe ${VALUE}` } }), "customer"],
    ["id", withSubscriptions({ [VALUE]: { tier: "gold" } }), "id"],
    ["formerId", withSubscriptions({ joe: { tier: "gold", formerId: UUID } }), "formerId"],
    ["a tag", withSubscriptions({ joe: { tier: "gold", tags: { note: VALUE } } }), "tags"],
    ["description of a tier", withTier({ description: VALUE }), "description"],
    ["id of a cohort", petShop({ cohorts: { [VALUE]: {} } }), "id"],
  ])("gets a warning and is not shown: %s", (_, written, field) => {
    const found = findingsOf(written);
    expect(found).toEqual([expect.stringMatching(warned(field))]);
    expect(found.join("\n")).not.toMatch(new RegExp(`${VALUE}|${UUID}`));
  });

  test("is said once for each field, however many subscriptions have it", () => {
    const ids = ["a", "b", "c"].map((letter) => UUID.replace("0f", `${letter}f`));
    const found = findingsOf(withSubscriptions(Object.fromEntries(ids.map((id) => [id, { tier: "gold" }]))));
    expect(found).toEqual([
      expect.stringMatching(/^warning: .*: id, here and in 2 more places, looks like an API key/),
    ]);
  });

  test("is not shown where it is refused: a UUID as tier, cohort or former id", () => {
    const problems = problemsOf(
      withSubscriptions({
        a: { tier: UUID },
        b: { tier: "gold", cohort: UUID },
        c: { tier: "gold", formerId: UUID },
        d: { tier: "gold", formerId: UUID },
      }),
    );
    expect(problems).toHaveLength(3);
    expect(problems.join("\n")).not.toContain(UUID);
  });

  test("does not concern words and ids of the usual kind", () => {
    const subscriptions = {
      "acme-incorporated-of-the-western-hemisphere": { tier: "gold", customer: "Internationalisierungsgesellschaft" },
      "customer-4711": { tier: "gold", keyName: "Key 2026-11-25 of customer 4711" },
    };
    expect(findingsOf(withSubscriptions(subscriptions))).toEqual([]);
  });
});
