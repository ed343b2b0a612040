import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { command } from "./support/command";
import { onTier, storeWith } from "./support/usage-days";

const TIERS = {
  bronze: { currency: "EUR", base: { amount: 30, each: "MONTH" } },
  gold: {
    currency: "EUR",
    base: { amount: 100, each: "MONTH" },
    included: 3_000,
    requests: { pricing: "GRADUATED", bands: [{ upTo: 1_000, unitPrice: "0.01" }, { unitPrice: "0.005" }] },
  },
} as const;
const october = ["2026-10-01", "2026-10-31"] as const;

let store: string;
beforeEach(async () => {
  store = mkdtempSync(join(tmpdir(), "usage-"));
  const days = [
    ...onTier("joe-black", "gold", october, 200, { customer: "Joe\u001b[31m Black" }),
    ...onTier("ann", "bronze", ["2026-10-01", "2026-10-29"], 3, { customer: "=1+1" }),
    ...onTier(null, "bronze", ["2026-10-05", "2026-10-07"], 3),
  ];
  await storeWith(store, days, TIERS);
});
afterEach(() => rmSync(store, { recursive: true }));

const invoice = (...args: string[]) => command("invoice", "--month", "2026-10", "--store", store, ...args);
const credit = (subscription: string, amount: string, month: string, id = "t-1") =>
  command(
    "credit",
    subscription,
    amount,
    ...["--currency", "EUR", "--month", month],
    ...["--reason", "Outage", "--id", id],
    "--store",
    store,
  );

describe("api-tiers invoice", () => {
  test("prints the invoices of a month, and what is on none", async () => {
    const { output, answer } = await invoice();
    expect(output.split("\n").map((line) => line.trim().replace(/ {2,}/g, " | "))).toEqual([
      "ann (=1+1)",
      "Tier bronze, base of a month for 29 of 31 days | 29 days | EUR 28.06",
      "Total | EUR 28.06",
      "",
      "joe-black (Joe\\x1b[31m Black)",
      "Tier gold, base of a month | 31 days | EUR 100.00",
      "Tier gold, included requests | 3,000 × 0 | EUR 0.00",
      "Tier gold, requests 1 to 1000 beyond those included | 1,000 × 0.01 | EUR 10.00",
      "Tier gold, requests from 1001 on beyond those included | 2,200 × 0.005 | EUR 11.00",
      "Total | EUR 121.00",
      "",
      "Total of 2 invoices for 2026-10: EUR 149.06",
      "",
      "On no invoice:",
      "- key keynull: made 9 requests on 2026-10-05 to 2026-10-07 and belongs to no subscription, so they are on no invoice; " +
        "give it a subscription, or take it out of the plan",
    ]);
    expect(answer).toBe(0);
  });

  test("writes CSV whose rows add up, and in which a name stays a name", async () => {
    const rows: Record<string, string>[] = parse((await invoice("--format", "csv")).output, { columns: true });
    expect(rows.reduce((sum, { amount }) => sum + Number(amount), 0).toFixed(2)).toBe("149.06");
    expect(rows.map(({ customer }) => customer).slice(0, 2)).toEqual(["'=1+1", "Joe\\x1b[31m Black"]);
  });

  test("writes JSON with the days behind each line", async () => {
    const { invoices } = JSON.parse((await invoice("--format", "json", "--subscription", "joe-black")).output);
    expect(invoices).toMatchObject([{ id: "2026-10/joe-black/EUR", total: "121.00", isFinal: true }]);
    const { days } = invoices[0].lines[2];
    expect([days.length, days[30]]).toEqual([31, { day: "2026-10-31", requests: 200, charged: 200 }]);
  });

  test("answers with 2 while a month is not final, and does not close it", async () => {
    const november = await command("invoice", "--month", "2026-11", "--store", store);
    expect([november.answer, november.output]).toEqual([
      2,
      expect.stringContaining("the store holds nothing of 2026-11-01 to 2026-11-30"),
    ]);
    const { error } = await command("invoice", "--month", "2026-11", "--store", store, "--close");
    expect(error).toMatch(
      /2026-11 cannot be closed yet:\n.*\nTo close it nevertheless, add --accept not-collected; what/,
    );
    expect(readdirSync(store).sort()).toEqual(["prices", "usage"]);
  });

  test("closes a month once, and says the same of it ever after", async () => {
    const before = await invoice("--format", "json");
    expect((await invoice("--close")).output).toContain("Closed: these invoices stay as they are.");
    expect((await invoice("--close")).error).toBeUndefined();
    rmSync(join(store, "usage", "day=2026-10-31"), { recursive: true });
    expect(JSON.parse((await invoice("--format", "json")).output).invoices).toEqual(JSON.parse(before.output).invoices);
  });

  test.each<[readonly string[], RegExp]>([
    [
      ["--subscription", "joe-blak"],
      /subscription "joe-blak" has no invoice in that month; did you mean "joe-black"\?/,
    ],
    [
      ["--subscription", "ann", "--close"],
      /--close keeps the invoices of a whole month, so it takes no --subscription/,
    ],
    [["--accept", "no-logs"], /--accept says what a month is closed without, so it needs --close/],
    [["--close", "--accept", "all"], /Allowed choices are not-collected, not-final/],
    [["--month", "2026-10-01"], /a month must be written as 2026-11, got "2026-10-01"/],
    [["--format", "pdf"], /Allowed choices are table, csv, json/],
  ])("refuses %j", async (args, message) => {
    expect((await invoice(...args)).error).toMatch(message);
  });

  test("names the file that another program has changed", async () => {
    await invoice("--close");
    writeFileSync(join(store, "invoices/month=2026-10/invoices.jsonl"), '{"id":7}\n');
    expect((await invoice()).error).toMatch(
      /invoices\.jsonl:1: is not an invoice as this command writes it; the file was changed by another/,
    );
  });
});

describe("api-tiers credit", () => {
  test("gives something back once", async () => {
    expect((await credit("ann", "5", "2026-10")).output).toBe(
      "Credit t-1: EUR 5.00 for ann, on the invoice of 2026-10.",
    );
    expect((await credit("ann", "5.00", "2026-10")).output).toBe("Credit t-1 was given before, and is given once.");
    expect((await credit("ann", "6", "2026-10")).error).toMatch(/there is another credit of that id/);
    const { invoices } = JSON.parse((await invoice("--format", "json")).output);
    expect([invoices[0].total, invoices[0].lines[1].description]).toEqual(["23.06", "Credit: Outage"]);
  });

  test.each([
    ["5.001", "t-1", /an amount in EUR must be above 0, with at most 2 decimals, got "5.001"; write 10.00/],
    ["0", "t-1", /must be above 0/],
    ["EUR 5", "t-1", /must be above 0, .*, got "EUR 5"/],
    ["5", "../t", /a credit's id must be 1 to 64 letters, digits and \._-, got "\.\.\/t"/],
  ])("refuses the amount %s with the id %s", async (amount, id, message) => {
    expect((await credit("ann", amount, "2026-10", id)).error).toMatch(message);
  });

  test("changes no month that is closed", async () => {
    await invoice("--close");
    expect((await credit("ann", "5", "2026-10")).error).toMatch(/2026-10 is closed, so its invoices stay as they are/);
    expect((await credit("ann", "5", "2026-11")).error).toBeUndefined();
  });
});
