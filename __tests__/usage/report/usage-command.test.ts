import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { defineUnchecked, petShop } from "../../support/catalogs";
import { synthesizeInto } from "../../support/read-synthesized";
import { command } from "../support/command";
import { onTier, storeWith } from "../support/usage-days";
import { NOW, readAtNoon, withQuota } from "./support";

const november = ["2026-11-01", "2026-11-26"] as const;
const today = (used: number, before: number) => (day: string) => (day === "2026-11-26" ? used : before);
const bronze = (name: string, used: number, before: number, customer: string | null = null) =>
  withQuota(onTier(name, "bronze", november, today(used, before), { customer }), 1_000, "DAY");
const HOSTILE = '=1+1\u001b[31m"<img src=x onerror=alert(1)>';

let store: string;
beforeAll(async () => {
  store = mkdtempSync(join(tmpdir(), "usage-"));
  await storeWith(
    store,
    readAtNoon([
      ...bronze("joe-black", 820, 400, "Joe Black"),
      ...bronze("eve", 1_000, 10, HOSTILE),
      ...bronze("ann", 0, 0),
      ...withQuota(onTier("globex", "gold", november, 3_000), 100_000, "MONTH"),
      ...withQuota(onTier("globex", "gold", november, 1_000, { key: "keyglobex2", enabled: false }), 100_000, "MONTH"),
      ...onTier(null, "gold", november, 5),
    ]),
    {},
  );
});
afterAll(() => rmSync(store, { recursive: true }));

const usage = (...args: string[]) => command("usage", "--store", store, "--now", NOW, ...args);
const lines = (output: string) => output.split("\n").map((line) => line.trim().replace(/ {2,}/g, " | "));

describe("api-tiers usage", () => {
  test("prints who used what, tier by tier, with bars", async () => {
    const { output, answer } = await usage();
    expect(lines(output)).toEqual([
      "Usage from 2026-11-01 to 2026-11-30 (UTC): 116,200 requests",
      "Figures were read 2026-11-26 11:50 UTC, up to 10 minutes before; AWS's own are 30 to 40 minutes behind.",
      "",
      "bronze: 12,070 requests; 1,000 a day for each key, as the figures show",
      "Subscription | Requests | Share of the quota | Used | Period | Used up",
      'eve (=1+1\\x1b[31m"<img src=x onerror=alert(1)>) | 1,250 | ████████████████████ | 100 % | 1,000 of 1,000 | 2026-11-26 | now',
      "joe-black (Joe Black) | 10,820 | ████████████████▍··· | 82 % | 820 of 1,000 | 2026-11-26 | 2026-11-26 22:38",
      "ann | 0 | ···················· | 0 % | 0 of 1,000 | 2026-11-26 | lasts",
      "",
      "gold: 104,130 requests; 100,000 a month for each key, as the figures show",
      "Subscription | Requests | Share of the quota | Used | Period | Used up",
      "globex, 2 keys | 104,000 | ███████████████▌···· | 78 % | 78,000 of 100,000 | 2026-11 | lasts",
      "key keyglobex | 78,000 | ███████████████▌···· | 78 % | 78,000 of 100,000 | 2026-11 | lasts",
      "key keyglobex2, disabled | 26,000 | █████▏·············· | 26 % | 26,000 of 100,000 | 2026-11 | lasts",
      "key keynull | 130 | ▏··················· | 0 % | 130 of 100,000 | 2026-11 | lasts",
      "",
      "Quota used up: eve (100 %)",
      "",
      "80 % of the quota or more: joe-black (82 %)",
      "",
      "No call: ann",
      "",
      expect.stringMatching(/^"Used up" is when the quota will be used up at the average pace/),
      "",
      "Not known, or only assumed:",
      "- key keynull: made 130 requests and belongs to no subscription; give it one, or take it out of the plan",
    ]);
    expect(answer).toBe(0);
  });

  test.each(["joe-black", "Joe Black"])("prints each day of %s alone", async (customer) => {
    const { output } = await usage(customer);
    expect(lines(output)).toEqual(
      expect.arrayContaining([
        "Usage from 2026-11-01 to 2026-11-30 (UTC): 10,820 requests",
        expect.stringMatching(/^2026-11-24 \| 400 \| █{19}▌·{20} \| final$/),
        expect.stringMatching(/^2026-11-26 \| 820 \| █{40} \| open$/),
      ]),
    );
    expect(output).not.toContain("globex");
  });

  test("writes JSON, whose sums are those of the table", async () => {
    const summary = JSON.parse((await usage("--format", "json")).output);
    expect([summary.requests, summary.tiers.map((each: { requests: number }) => each.requests)]).toEqual([
      116_200,
      [12_070, 104_130],
    ]);
  });

  test("writes JSON that moves no cursor and turns no text, and says the same", async () => {
    const other = mkdtempSync(join(tmpdir(), "usage-"));
    const customer = "a\u009b31m\u202eb\u2028";
    await storeWith(other, readAtNoon(onTier("ann", "bronze", november, 1, { customer })), {});
    const { output } = await usage("--format", "json", "--store", other);
    expect(output).toContain(String.raw`"customer": "a\u009b31m\u202eb\u2028"`);
    expect(JSON.parse(output).tiers[0].subscriptions[0].customer).toBe(customer);
    rmSync(other, { recursive: true });
  });

  test("writes CSV whose rows add up, and in which a name is not a formula", async () => {
    const rows: Record<string, string>[] = parse((await usage("--format", "csv")).output, { columns: true });
    expect(rows.reduce((sum, { requests }) => sum + Number(requests), 0)).toBe(116_200);
    expect(rows.find(({ subscription }) => subscription === "eve")?.customer).toBe(
      `'=1+1\\x1b[31m"<img src=x onerror=alert(1)>`,
    );
    expect(rows.map(({ key, share }) => [key, share])).toContainEqual(["keyglobex2", "0.26"]);
  });

  test("writes to a file instead of printing", async () => {
    const file = join(store, "usage.csv");
    const { output } = await usage("--format", "csv", "--output", file);
    expect(output).toBe("");
    expect(readFileSync(file, "utf8")).toMatch(/^tier,subscription,.*\nbronze,eve/);
    rmSync(file);
  });

  test.each<[number, string, readonly string[]]>([
    [0, "nobody is there", ["--fail-at", "79", "--tier", "gold"]],
    [2, "somebody is at it", ["--fail-at", "78", "--tier", "gold"]],
    [2, "of several", ["--fail-at", "80"]],
    [3, "the figures are too old", ["--fail-at", "79", "--tier", "gold", "--now", "2026-11-26T15:00:00Z"]],
    [
      0,
      "older figures are accepted",
      ["--fail-at", "79", "--tier", "gold", "--now", "2026-11-26T15:00:00Z", "--max-age", "4"],
    ],
    [3, "nothing was collected today", ["--fail-at", "80", "--now", "2026-11-27T00:10:00Z"]],
    [3, "there is no store", ["--fail-at", "80", "--store", "/nonexistent"]],
    [0, "no threshold was asked for", ["--store", "/nonexistent"]],
  ])("answers with %d where %s", async (answer, _, args) => {
    expect(await usage(...args)).toMatchObject({ answer, error: undefined });
  });

  test("takes quotas from what was synthesized, and says so", async () => {
    const folder = join(store, "cdktf.out");
    const access = { pets: ["prod"] };
    const tiers = { bronze: { access, quota: { limit: 2_000, period: "DAY" } }, gold: { access } };
    synthesizeInto(folder, defineUnchecked(petShop({ tiers })));
    const { output } = await usage("--stacks", folder);
    expect(output).toContain("bronze: 12,070 requests; 2,000 a day for each key, as the stacks say");
    expect(output).toContain("gold: 104,130 requests; no quota, as the stacks say");
    expect(output).toContain("AWS allows 3 keys another number of requests than the quota");
  });

  test("names a folder of a day that is not in the calendar", async () => {
    const other = mkdtempSync(join(tmpdir(), "usage-"));
    mkdirSync(join(other, "usage/day=2026-11-00/plan=p1"), { recursive: true });
    writeFileSync(join(other, "usage/day=2026-11-00/plan=p1/usage.jsonl"), "");
    const { error } = await usage("--store", other);
    expect(error).toBe(`${other}/usage/day=2026-11-00: is not a day of the calendar; delete the folder, or rename it`);
    rmSync(other, { recursive: true });
  });

  test("leaves the options of its subcommands to these", async () => {
    const { error } = await command("usage", "collect", "/nonexistent", "--store", store, "--now", NOW);
    expect(error).toMatch(/nonexistent/);
  });

  test.each<[readonly string[], RegExp]>([
    [["nobody-x"], /customer "nobody-x" is not in the usage store on these days; check the name, and the days/],
    [["--fail-at", "many"], /It must be a share in percent, such as 80\./],
    [["--month", "2026-13"], /a month must be written as 2026-11, got "2026-13"/],
    [["--month", "2026-11", "--from", "2026-11-01"], /--month names the days, and so do --from and --to/],
    [["--from", "2026-11-31"], /--from must be a day such as 2026-11-03, got "2026-11-31"/],
    [["--from", "2026-11-09", "--to", "2026-11-01"], /--from 2026-11-09 is after --to 2026-11-01; swap them/],
    [["--month", "2026-12"], /the days have not begun yet/],
    [["--now", "yesterday"], /--now must be an instant such as 2026-11-26T12:00:00Z, got "yesterday"/],
    [["--format", "pdf"], /Allowed choices are table, json, csv, html/],
    [["--stacks", "/nonexistent"], /nonexistent/],
  ])("refuses %j", async (args, message) => {
    expect((await usage(...args)).error).toMatch(message);
  });
});
