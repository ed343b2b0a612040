import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { subscriptionsFromFile } from "../../src";
import { API_TIERS, type RunResult, run } from "../support/run";
import { withFolder } from "../support/synthesize";

/** What values look like; no keys of anybody's. */
const [ONE, TWO] = ["NoKeyOfAnybody00000001", "NoKeyOfAnybody00000002"];
const KEYS = `name,key,description,enabled,usageplanIds\njoe,${ONE},Joe Black,TRUE,c7y23b\nAcme Inc.,${TWO},,FALSE,\n`;

function splitIn(folder: string, ...args: string[]): RunResult {
  return run("node", [...API_TIERS, "split-keys", ...args], { cwd: folder });
}

test("`api-tiers split-keys` writes customers without values, and the values where git and others do not see them", () => {
  withFolder((folder) => {
    const read = (name: string) => readFileSync(join(folder, name), "utf8");
    writeFileSync(join(folder, "keys.csv"), KEYS);
    writeFileSync(join(folder, ".gitignore"), "node_modules/");
    const { code, stdout, stderr } = splitIn(folder, "keys.csv", "--plan", "c7y23b=gold", "--tier", "bronze");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(
      stdout,
    ).toBe(`Written: customers.csv, 2 keys without values; key-values.tfvars.json, their values, for your eyes only, and in .gitignore.
Next:
  1. Add subscriptionsFromFile("customers.csv") to subscriptionFiles of the catalog.
  2. npx cdktf deploy access --var-file "$PWD"/key-values.tfvars.json
  3. Drop the column keyValue.variable of customers.csv, and delete key-values.tfvars.json and keys.csv: a key that exists keeps its value.
`);
    expect(read("customers.csv")).toBe(`id,tier,customer,keyValue.variable,keyName,enabled
joe,gold,Joe Black,key_joe,,
acme-inc,bronze,,key_acme_inc,Acme Inc.,false
`);
    expect(JSON.parse(read("key-values.tfvars.json"))).toEqual({ key_joe: ONE, key_acme_inc: TWO });
    expect(statSync(join(folder, "key-values.tfvars.json")).mode & 0o777).toBe(0o600);
    expect(read(".gitignore")).toBe("node_modules/\n/key-values.tfvars.json\n/keys.csv\n");
    expect(subscriptionsFromFile(join(folder, "customers.csv")).findings).toEqual([]);

    const again = splitIn(folder, "keys.csv", "--plan", "c7y23b=gold", "--tier", "bronze");
    expect(again).toMatchObject({
      code: 1,
      stderr: "error: customers.csv already exists; move it away, or name another file\n",
    });
  });
}, 60_000);

test("`api-tiers split-keys` writes nothing of a file that is wrong, and shows no value", () => {
  withFolder((folder) => {
    writeFileSync(join(folder, "keys.csv"), `${KEYS}max,${TWO},,no,zzz\n`);
    const { code, stderr } = splitIn(folder, "keys.csv", "--tier", "gold");
    expect(code).toBe(1);
    expect(stderr).toBe(`error: nothing was written:
  - keys.csv:2: is in usage plan "c7y23b"; say its tier, --plan c7y23b=gold
  - keys.csv:4: enabled must be TRUE or FALSE, got "no"
  - keys.csv:4: has the key of line 3, but AWS takes a value once; drop one of the rows
  - keys.csv:4: is in usage plan "zzz"; say its tier, --plan zzz=gold
`);
    for (const name of ["customers.csv", "key-values.tfvars.json", ".gitignore"])
      expect(existsSync(join(folder, name))).toBe(false);
  });
}, 60_000);
