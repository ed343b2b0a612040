import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { subscriptionsFromFile } from "../../src";
import { petShop, problemsOf, withSubscriptions } from "../support/catalogs";
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
