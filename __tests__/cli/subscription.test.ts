import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { API_TIERS, type RunResult, run, TYPESCRIPT } from "../support/run";
import { withFolder } from "../support/synthesize";

const ROOT = resolve(".");
const APP = ["node", ...TYPESCRIPT, "main.ts"].join(" ");

const CATALOG = `import { defineCatalog, subscriptionsFromFile } from "./src";

export const catalog = defineCatalog({
  apis: { pets: { stages: { prod: {}, test: {} }, routes: { "GET /pets": { mock: 200 } } } },
  tiers: {
    bronze: { access: { pets: ["prod"] }, throttle: { rateLimit: 10, burstLimit: 20 } },
    gold: { access: { pets: "*" }, throttle: { rateLimit: 100, burstLimit: 200 } },
  },
  subscriptions: {
    // Pays by invoice.
    "joe-black": { tier: 'bronze', customer: "Joe Black" }, // since 2019
  },
  subscriptionFiles: [subscriptionsFromFile("customers.yaml")],
});
`;

const CUSTOMERS = `# yaml-language-server: $schema=schemas/subscriptions.schema.json
acme: { tier: bronze }   # the first\r
\r
hooli:\r
  tier: gold\r
  endsOn: "2026-12-01" # by letter\r
  customer: Hooli\r
initech:\r
  tier: bronze\r
  trial: { tier: gold, until: "2026-12-24" }\r
`;

/** A project of this library, and what runs a command in it on a day. */
function inProject(
  go: (
    tiers: (...args: string[]) => RunResult,
    read: (file: string) => string,
    write: (file: string, text: string) => void,
  ) => void,
): void {
  withFolder((folder) => {
    for (const name of ["src", "node_modules"]) symlinkSync(join(ROOT, name), join(folder, name));
    for (const name of ["main.ts", "tsconfig.json", "package.json"]) cpSync(join(ROOT, name), join(folder, name));
    writeFileSync(join(folder, "catalog.ts"), CATALOG);
    writeFileSync(join(folder, "customers.yaml"), CUSTOMERS);
    writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ app: APP }));
    go(
      (...args) => run("node", [...API_TIERS, ...args], { cwd: folder }),
      (file) => readFileSync(join(folder, file), "utf8"),
      (file, text) => writeFileSync(join(folder, file), text),
    );
  });
}

const TODAY = ["--today", "2026-11-27"];

test("a subscription is edited where it stands, and the review says what it means", () => {
  inProject((tiers, read) => {
    const moved = tiers("subscription", "move", "joe-black", "--tier", "gold", ...TODAY);
    expect(moved).toMatchObject({ code: 0, stderr: "" });
    expect(read("catalog.ts")).toBe(CATALOG.replace("'bronze'", '"gold"'));
    expect(moved.stdout).toContain(`catalog.ts
@@ -9,5 +9,5 @@
   subscriptions: {
     // Pays by invoice.
-    "joe-black": { tier: 'bronze', customer: "Joe Black" }, // since 2019
+    "joe-black": { tier: "gold", customer: "Joe Black" }, // since 2019
   },
   subscriptionFiles: [subscriptionsFromFile("customers.yaml")],

Written: catalog.ts.
`);
    expect(moved.stdout).toContain(
      'Only "api-tiers plan" knows what is deployed, what was changed there by hand, and the values of variables and data sources.',
    );
    expect(moved.stdout).toContain("Of the customers, 1 changes tier and 1 gains access; 4 keys.");
    expect(moved.stdout).not.toContain("no plan yet");

    const renamed = tiers("subscription", "rename", "acme", "acme-inc", ...TODAY);
    expect(renamed).toMatchObject({ code: 0, stderr: "" });
    expect(renamed.stdout).toContain("notice 1 customer is renamed and keeps the key\n  - acme-inc: was acme\n");
    expect(renamed.stdout).toContain("No decision needed");
    expect(read("customers.yaml")).toBe(
      CUSTOMERS.replace("acme: { tier: bronze }", "acme-inc: { tier: bronze, formerId: acme }"),
    );
    const again = ["subscription", "rename", "acme-inc", "acme-ltd", "--dry-run"];
    expect(tiers(...again).stderr).toContain('it has formerId "acme", so it was renamed before.');
    expect(tiers(...again, "--not-deployed").stdout).toContain("\n+acme-ltd: { tier: bronze, formerId: acme }");
    expect(tiers(...again, "--deployed").stdout).toContain("\n+acme-ltd: { tier: bronze, formerId: acme-inc }");
  });
}, 120_000);

test("what does not synthesize is put back byte for byte, and the errors are shown", () => {
  inProject((tiers, read) => {
    const add = ["add", "x", "--tier", "gold", "--file", "customers.yaml", "--cohort", "nowhere"];
    const { code, stderr } = tiers("subscription", ...add, ...TODAY);
    expect(code).toBe(1);
    expect(stderr).toBe(`error: after the edit, the project does not synthesize, so the files were put back:
"${APP}" ended with 1:
The catalog has 1 problem:
  - customers.yaml:13: subscription "x": cohort: unknown cohort "nowhere"; there are none
`);
    expect(read("customers.yaml")).toBe(CUSTOMERS);
  });
}, 120_000);

test("an edit after which the catalog warns says so", () => {
  inProject((tiers, read, write) => {
    write(
      "catalog.ts",
      CATALOG.replace(
        "apis: { pets: {",
        'keyStore: { type: "ssm" },\n  apis: { pets: { keySource: "AUTHORIZER", authorizer: { lambda: "arn:aws:lambda:us-east-1:123456789012:function:keys" },',
      ),
    );
    write(
      "customers.yaml",
      CUSTOMERS.replace("acme: { tier: bronze }", "acme: { tier: bronze, keys: { main: {}, ci: {} } }"),
    );
    const { code, stderr } = tiers("subscription", "rotate", "acme", "--disable", "main", ...TODAY);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(
        /^warning: customers\.yaml:2: subscription "acme": has a disabled key "main" beside one that works, .*\n$/,
      ),
    });
    expect(read("customers.yaml")).toContain("main: {enabled: false}");
  });
}, 120_000);

/** A project's app that does something else the second time. */
const appThat = (second: string) => JSON.stringify({ app: `if [ -f again ]; then ${second}; fi; touch again; ${APP}` });

test("an edit that is interrupted before it is checked is put back", () => {
  inProject((tiers, read, write) => {
    write("cdktf.json", appThat("kill -INT $PPID; exit 130"));
    const { code, stderr } = tiers("subscription", "move", "acme", "--tier", "gold", ...TODAY);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: after the edit, the project does not synthesize, so the files were put back:\n/);
    expect(read("customers.yaml")).toBe(CUSTOMERS);
  });
}, 120_000);

test("what somebody else writes in the meantime is not lost", () => {
  inProject((tiers, read, write) => {
    write("cdktf.json", JSON.stringify({ app: `${APP} && printf "# theirs" >> customers.yaml` }));
    const { code, stderr } = tiers("subscription", "move", "acme", "--tier", "gold", ...TODAY);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "error: a file has changed in the meantime, so nothing was written; run this again\n",
    });
    expect(read("customers.yaml")).toBe(`${CUSTOMERS}# theirs`);
  });
}, 120_000);

test("a project that does not synthesize as it is stays so", () => {
  inProject((tiers, read, write) => {
    write("catalog.ts", CATALOG.replace('["prod"]', '["nowhere"]'));
    const { code, stderr } = tiers("subscription", "move", "acme", "--tier", "gold", ...TODAY);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: the project does not synthesize as it is, so nothing was written:\n/);
    expect(read("customers.yaml")).toBe(CUSTOMERS);
  });
}, 120_000);

test.each<[string, string[], string]>([
  [
    "an unknown id",
    ["move", "joe-blak", "--tier", "gold"],
    'unknown subscription "joe-blak"; did you mean "joe-black"?',
  ],
  [
    "a tier that is not there",
    ["move", "acme", "--tier", "gldo", "--dry-run"],
    '--tier: unknown tier "gldo"; did you mean "gold"?',
  ],
  [
    "a trial of a tier that is not there",
    ["add", "new", "--tier", "gold", "--trial", "platinum", "--trial-until", "2027-01-01", "--file", "catalog.ts"],
    '--trial: unknown tier "platinum"; there are "bronze", "gold"',
  ],
  [
    "the end of a key that works",
    ["end", "acme"],
    'customers.yaml:2: subscription "acme": its keys work, and would be deleted; suspend it first, name the day of its end with --on, or collect its use ("api-tiers usage collect") and delete them with --force',
  ],
  [
    "a new one that could stand in several files",
    ["add", "new", "--tier", "gold"],
    "subscriptions stand in several files; choose one with --file: catalog.ts, customers.yaml",
  ],
  [
    "a file of no catalog",
    ["add", "new", "--tier", "gold", "--file", "x.csv"],
    '--file "x.csv": is not a file of this catalog; choose catalog.ts, customers.yaml',
  ],
  [
    "half a trial",
    ["add", "new", "--tier", "gold", "--trial", "gold"],
    "--trial says which tier is tried and --trial-until how long; give both, or neither",
  ],
  [
    "two steps at once",
    ["rotate", "acme", "--disable", "main", "--remove", "main"],
    "--disable and --remove are steps of their own; give one of them",
  ],
  ["a catalog that is not there", ["suspend", "acme", "--catalog", "tiers.ts"], "tiers.ts: does not exist"],
])(
  "%s is refused",
  (_, args, message) => {
    inProject((tiers, read) => {
      expect(tiers("subscription", ...args, ...TODAY)).toEqual({ code: 1, stdout: "", stderr: `error: ${message}\n` });
      expect(read("customers.yaml")).toBe(CUSTOMERS);
    });
  },
  60_000,
);

test.each<[string, string[], string]>([
  [
    "add",
    [
      "add",
      "new.one",
      "--tier",
      "gold",
      "--file",
      "customers.yaml",
      "--customer",
      "New: One",
      "--starts-on",
      "2027-01-01",
    ],
    'new.one:\r\n  tier: gold\r\n  customer: "New: One"\r\n  startsOn: 2027-01-01\r\n',
  ],
  [
    "add",
    [
      "add",
      "x",
      "--tier",
      "gold",
      "--file",
      "catalog.ts",
      "--trial",
      "bronze",
      "--trial-until",
      "2027-01-01",
      "--tag",
      "team=a",
    ],
    '+    x: { tier: "gold", trial: { tier: "bronze", until: "2027-01-01" }, tags: { team: "a" } },',
  ],
  ["suspend", ["suspend", "hooli"], "+  enabled: false"],
  ["end", ["end", "acme", "--on", "2026-12-31"], "endsOn"],
  ["rotate", ["rotate", "acme"], "2026-11"],
])(
  "`api-tiers subscription %s` can be tried",
  (_, args, change) => {
    inProject((tiers, read) => {
      const { code, stdout } = tiers("subscription", ...args, "--dry-run", ...TODAY);
      expect(code).toBe(0);
      expect(stdout.replaceAll("\n+", "\n")).toContain(change.replaceAll("\r", "").replace(/^\+/, ""));
      expect(stdout).toContain("Nothing is written, because of --dry-run.\n");
      expect([read("catalog.ts"), read("customers.yaml")]).toEqual([CATALOG, CUSTOMERS]);
    });
  },
  60_000,
);

test("what a file says cannot move the cursor of a terminal, and no key in it is shown", () => {
  inProject((tiers, _, write) => {
    const key = "NoKeyOfAnybody00000001abcdef";
    write("customers.yaml", `acme: { tier: bronze, customer: "\u001b[2J", endsOn: "2026-12-01" } # ${key}\n`);
    for (const { stdout } of [
      tiers("due", "--on", "2026-12-01", "--dry-run"),
      tiers("subscription", "move", "acme", "--tier", "gold", "--dry-run", ...TODAY),
    ]) {
      expect(stdout).toContain("\n-acme: { tier: bronze");
      expect(stdout).toContain('customer: "\\x1b[2J"');
      expect(stdout).not.toContain("\u001b");
      expect(stdout).not.toContain(key);
    }
  });
}, 60_000);

test("`api-tiers due` writes what is due on a day, and nothing the next time", () => {
  inProject((tiers, read) => {
    const asked = tiers("due", "--on", "2026-12-01", "--ahead", "30", "--dry-run");
    expect(asked).toMatchObject({ code: 2, stderr: "" });
    expect(asked.stdout).toBe(`Due on 2026-12-01:
  2026-12-01  hooli ends, and its keys are disabled (customers.yaml:4)
In the 30 days after it:
  2026-12-24  initech has tried gold, and is on bronze from now on (customers.yaml:8)

customers.yaml
@@ -6,4 +6,5 @@
   endsOn: "2026-12-01" # by letter
   customer: Hooli
+  enabled: false
 initech:
   tier: bronze

Nothing is written, because of --dry-run.
`);
    const asJson = JSON.parse(
      tiers("due", "--on", "2026-12-01", "--ahead", "30", "--dry-run", "--format", "json").stdout,
    );
    expect(asJson).toEqual({
      formatVersion: "1.0",
      on: "2026-12-01",
      due: [
        {
          id: "hooli",
          day: "2026-12-01",
          kind: "end",
          what: "ends, and its keys are disabled",
          file: "customers.yaml",
          line: 4,
        },
      ],
      coming: [expect.objectContaining({ id: "initech", day: "2026-12-24", kind: "trial-end" })],
      written: [],
      notKnown: [],
    });
    expect(read("customers.yaml")).toBe(CUSTOMERS);

    const done = tiers("due", "--on", "2026-12-25");
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(done.stdout).toContain("decide 1 customer loses all access\n  - hooli (Hooli): the key is disabled");
    expect(read("customers.yaml")).toBe(
      CUSTOMERS.replace("customer: Hooli\r\n", "customer: Hooli\r\n  enabled: false\r\n").replace(
        / {2}trial: .*\r\n/,
        "",
      ),
    );
    expect(tiers("due", "--on", "2026-12-25")).toEqual({
      code: 0,
      stdout: "Nothing is due on 2026-12-25.\n",
      stderr: "",
    });
    expect(JSON.parse(tiers("due", "--on", "2026-12-25", "--format", "json").stdout)).toEqual({
      formatVersion: "1.0",
      on: "2026-12-25",
      due: [],
      coming: [],
      written: [],
      notKnown: [],
    });
  });
}, 180_000);
