import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { billingEvents } from "../../src/cli/billing";
import { command } from "./support/command";
import { StripeServer } from "./support/stripe-server";
import { onTier, storeWith } from "./support/usage-days";

const TIERS = {
  bronze: { currency: "EUR", base: { amount: 30, each: "MONTH" } },
  gold: { currency: "EUR", requests: { pricing: "VOLUME", bands: [{ unitPrice: 1 }] } },
} as const;

let folder: string;
let store: string;
const at = (now: string) => ["--now", now];
const november = "2026-11-05T12:00:00Z";
const writeCustomers = (customers: unknown) => {
  const file = join(folder, "customers.json");
  writeFileSync(file, JSON.stringify(customers));
  return ["--customers", file];
};
const invoice = (...args: string[]) => command("invoice", "--month", "2026-11", "--store", store, ...args);
const jsonLines = (output: string) => output.split("\n").map((line) => JSON.parse(line));

/** Two days of three subscriptions, two of which are one customer's, and one that never called. */
const days = (joe = 10) => [
  ...onTier("joe-black", "gold", ["2026-11-01", "2026-11-02"], joe),
  ...onTier("joe-black-eu", "gold", ["2026-11-02", "2026-11-02"], 5),
  ...onTier("ann", "bronze", ["2026-11-01", "2026-11-01"], 7),
  ...onTier("silent", "bronze", ["2026-11-01", "2026-11-02"], 0),
];
const CUSTOMERS = { "joe-black": "cus_joe", "joe-black-eu": "cus_joe", ann: "cus_ann" };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "billing-"));
  store = join(folder, "usage");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What AWS corrects later. */
async function correct(joe: number): Promise<void> {
  rmSync(join(store, "usage"), { recursive: true });
  await storeWith(store, days(joe), TIERS);
}

describe("events of usage", () => {
  test("for Lago have the subscription's id, and the same ids whenever they are printed", async () => {
    await storeWith(store, days(), TIERS);
    const { output, answer } = await invoice("--events", "lago", ...at(november));
    const events = jsonLines(output).map(({ event }) => event);
    expect(events.map((each) => [each.external_subscription_id, each.timestamp, each.properties.requests])).toEqual([
      ["ann", Date.UTC(2026, 10, 1, 12) / 1_000, 7],
      ["joe-black", Date.UTC(2026, 10, 1, 12) / 1_000, 10],
      ["joe-black", Date.UTC(2026, 10, 2, 12) / 1_000, 10],
      ["joe-black-eu", Date.UTC(2026, 10, 2, 12) / 1_000, 5],
    ]);
    expect(new Set(events.map((each) => each.transaction_id)).size).toBe(4);
    expect(answer).toBe(0);
    expect((await invoice("--events", "lago", ...at("2026-11-20T00:00:00Z"))).output).toBe(output);
  });

  test("for OpenMeter are CloudEvents, and a late correction is a new one with the difference", async () => {
    await storeWith(store, days(), TIERS);
    const first = jsonLines((await invoice("--events", "openmeter", ...at(november))).output);
    expect(first[1]).toEqual({
      specversion: "1.0",
      id: expect.stringMatching(/^[0-9a-f]{40}$/),
      source: "cdktf-api-tiers",
      type: "api_requests",
      subject: "joe-black",
      time: "2026-11-01T12:00:00.000Z",
      data: { requests: 10, tier: "gold", day: "2026-11-01" },
    });
    await correct(4);
    const all = jsonLines((await invoice("--events", "openmeter", ...at("2026-11-07T00:00:00Z"))).output);
    expect(
      first.every((event) => all.some(({ id, data }) => id === event.id && data.requests === event.data.requests)),
    ).toBe(true);
    const added = all.filter(({ id }) => !first.some((event) => event.id === id));
    expect(added.map(({ subject, data }) => [subject, data.day, data.requests])).toEqual([
      ["joe-black", "2026-11-01", -6],
      ["joe-black", "2026-11-02", -6],
    ]);
  });

  test("take back what AWS corrects to nothing", async () => {
    await storeWith(store, days(), TIERS);
    await invoice("--events", "lago", ...at(november));
    await correct(0);
    const events = jsonLines((await invoice("--events", "lago", ...at("2026-11-07T00:00:00Z"))).output);
    const requests = events.flatMap(({ event }) =>
      event.external_subscription_id === "joe-black" ? [event.properties.requests] : [],
    );
    expect(requests).toEqual([10, -10, 10, -10]);
  });

  test("are made of days that are final alone", async () => {
    const open = onTier("ann", "bronze", ["2026-11-03", "2026-11-03"], 1, { final: false });
    await storeWith(store, [...days(), ...open], TIERS);
    const { output, answer } = await invoice("--events", "lago", ...at(november));
    expect([jsonLines(output).length, answer]).toEqual([4, 2]);
  });

  describe("for AWS Marketplace", () => {
    const license = (account: string) => ({
      customerAWSAccountId: account,
      licenseArn: `arn:aws:license-manager::1:l-${account}`,
    });
    const read = "2026-11-03T01:10:00.000Z";
    const provisional = onTier("joe-black", "gold", ["2026-11-02", "2026-11-02"], 9, { final: false, read });

    test("are records of the last 24 hours, before AWS's figures are final", async () => {
      await storeWith(store, [...days().filter(({ day }) => day === "2026-11-01"), ...provisional], TIERS);
      const customers = writeCustomers({ "joe-black": license("123456789012"), ann: { customerIdentifier: "c-1" } });
      const { output, answer } = await invoice(
        "--events",
        "aws-marketplace",
        "--product-code",
        "p-1",
        ...customers,
        ...at("2026-11-03T01:20:00Z"),
      );
      expect(jsonLines(output)).toEqual([
        {
          UsageRecords: [
            {
              Timestamp: "2026-11-02T23:00:00Z",
              CustomerAWSAccountId: "123456789012",
              LicenseArn: "arn:aws:license-manager::1:l-123456789012",
              Dimension: "api_requests",
              Quantity: 9,
            },
          ],
        },
      ]);
      expect(answer).toBe(2); // The first of November is too late.
    });

    test("say what becomes known later in a record of its own hour", async () => {
      await storeWith(store, provisional, TIERS);
      const customers = writeCustomers({ "joe-black": license("123456789012") });
      const events = (now: string) => invoice("--events", "aws-marketplace", ...customers, ...at(now));
      await events("2026-11-03T01:20:00Z");
      rmSync(join(store, "usage"), { recursive: true });
      await storeWith(store, onTier("joe-black", "gold", ["2026-11-02", "2026-11-02"], 12), TIERS);
      const [request] = jsonLines((await events("2026-11-03T06:40:00Z")).output);
      expect(
        request.UsageRecords.map(({ Timestamp, Quantity }: Record<string, unknown>) => [Timestamp, Quantity]),
      ).toEqual([
        ["2026-11-02T23:00:00Z", 9],
        ["2026-11-03T06:00:00Z", 3],
      ]);
    });

    test("stand in requests of at most 25", async () => {
      const many = Array.from({ length: 30 }, (_, index) => `s${index}`);
      await storeWith(
        store,
        many.flatMap((id) => onTier(id, "gold", ["2026-11-02", "2026-11-02"], 1, { key: `key${id}` })),
        TIERS,
      );
      const customers = writeCustomers(
        Object.fromEntries(many.map((id, index) => [id, { customerIdentifier: `c-${index}` }])),
      );
      const call = ["--events", "aws-marketplace", ...customers, ...at("2026-11-03T01:20:00Z")];
      const requests = jsonLines((await invoice(...call, "--product-code", "p-1")).output);
      expect(requests.map(({ ProductCode, UsageRecords }) => [ProductCode, UsageRecords.length])).toEqual([
        ["p-1", 25],
        ["p-1", 5],
      ]);
      expect((await invoice(...call)).error).toMatch(
        /are metered with the product's code; give it with --product-code/,
      );
    });

    test("name a customer by one identity, never by both", async () => {
      await storeWith(store, provisional, TIERS);
      const both = writeCustomers({ "joe-black": { ...license("123456789012"), customerIdentifier: "c-1" } });
      expect((await invoice("--events", "aws-marketplace", ...both)).error).toMatch(
        /"joe-black" must be as in \{ "joe-black": \{ "customerAWSAccountId"/,
      );
    });
  });

  test.each<[string, unknown, RegExp]>([
    ["no file", undefined, /stripe knows customers by ids of its own; write a file such as/],
    [
      "a file that names not all",
      { ann: "cus_ann" },
      /does not say who "joe-black", "joe-black-eu" are in stripe, and they have usage/,
    ],
    ["a list", ["cus_ann"], /must be an object by subscription, got \["cus_ann"\]/],
    ["a number", { ...CUSTOMERS, ann: 7 }, /"ann" must be as in .*, got 7/],
  ])("refuse %s of customers", async (_, customers, message) => {
    await storeWith(store, days(), TIERS);
    const args = customers === undefined ? [] : writeCustomers(customers);
    expect((await invoice("--events", "stripe", ...args)).error).toMatch(message);
  });
});

describe("--send stripe", () => {
  let now = Date.parse(november);
  let stripe: StripeServer;
  const start = async (options: Omit<ConstructorParameters<typeof StripeServer>[0], "now"> = {}) => {
    stripe = new StripeServer({ now: () => now, ...options });
    process.env.STRIPE_API_BASE = await stripe.listen();
    process.env.STRIPE_API_KEY = "sk_test_example";
    await storeWith(store, days(), TIERS);
  };
  const send = (...args: string[]) =>
    invoice("--send", "stripe", ...writeCustomers(CUSTOMERS), "--now", new Date(now).toISOString(), ...args);
  beforeEach(() => {
    now = Date.parse(november);
  });
  afterEach(() => {
    stripe?.close();
    delete process.env.STRIPE_API_BASE;
    delete process.env.STRIPE_API_KEY;
  });

  test("bills each customer and day once, however often it is sent", async () => {
    await start();
    expect((await send()).output).toBe("Stripe accepted 3 events for 2026-11; 0 were accepted before.");
    expect(Object.fromEntries(stripe.values)).toEqual({
      "cus_ann 2026-11-01": 7,
      "cus_joe 2026-11-01": 10,
      "cus_joe 2026-11-02": 15,
    });
    now += 30 * 3_600_000;
    expect((await send()).output).toBe("Stripe accepted 0 events for 2026-11; 3 were accepted before.");
    expect(stripe.requests).toBe(3);
  });

  test("sends a corrected figure in place of the former one", async () => {
    await start();
    await send();
    await correct(4);
    now += 30 * 3_600_000;
    expect((await send()).output).toBe("Stripe accepted 2 events for 2026-11; 3 were accepted before.");
    expect(Object.fromEntries(stripe.values)).toEqual({
      "cus_ann 2026-11-01": 7,
      "cus_joe 2026-11-01": 4,
      "cus_joe 2026-11-02": 9,
    });
  });

  test("goes on where it was ended, and takes a repetition that Stripe knows for accepted", async () => {
    await start();
    await command(
      "invoice",
      "--month",
      "2026-11",
      "--store",
      store,
      "--events",
      "stripe",
      ...writeCustomers(CUSTOMERS),
      ...at(november),
    );
    const [first] = jsonLines((await invoice("--events", "stripe", ...writeCustomers(CUSTOMERS))).output);
    // Another run sent this one, and was killed before it noted it.
    stripe.identifiers.set(first.identifier, now);
    stripe.values.set("cus_ann 2026-11-01", 7);
    expect((await send()).output).toBe("Stripe accepted 3 events for 2026-11; 0 were accepted before.");
    expect([...stripe.values.values()].reduce((sum, each) => sum + each)).toBe(32);
  });

  test("sends an event again whose answer was lost, with the same identifier", async () => {
    await start();
    stripe.cut.add(1).add(2);
    expect((await send()).output).toMatch(/^Stripe accepted 3 events/);
    expect(stripe.identifiers.size).toBe(3);
  });

  test("waits where Stripe says that it is too fast", async () => {
    await start({ refuseEvery: 2 });
    expect((await send()).output).toMatch(/^Stripe accepted 3 events/);
  });

  test("does not send what Stripe would no longer know again, but says so", async () => {
    await start();
    const { journal, events } = await billingEvents("stripe", {
      month: "2026-11",
      store,
      customers: writeCustomers(CUSTOMERS)[1] as string,
      now: november,
    });
    const [first] = events;
    if (!first) throw new Error("there are events");
    // Sent, and killed before it was noted whether Stripe took it.
    await journal.note(first.day, new Set([first.id]), { sent: new Date(now).toISOString() });
    now += 25 * 3_600_000;
    const { output, answer } = await send();
    expect(output).toMatch(
      /^Stripe accepted 2 events .*\n- not sent: 2026-11-01 cus_ann, 7 requests: it was sent on 2026-11-05T12:00:00.000Z and/,
    );
    expect([answer, stripe.requests]).toEqual([2, 2]);
  });

  test("tells what is too old, and which customers Stripe does not know", async () => {
    await start();
    now = Date.parse("2026-12-07T11:00:00Z");
    const { output, answer } = await send();
    expect(output).toContain("Stripe accepted 1 events for 2026-11");
    expect(output).toMatch(/- not sent: 2026-11-01 cus_joe, 10 requests: Stripe takes events of the last 35 days/);
    expect(answer).toBe(2);
  });

  test.each<[object, RegExp]>([
    [{ event_name: "another" }, /Stripe has no active meter whose event_name is "api_requests"/],
    [
      { event_time_window: null },
      /Stripe's meter "api_requests" takes single events, so a corrected figure would be billed twice/,
    ],
    [{ default_aggregation: { formula: "count" } }, /takes no sums/],
  ])("refuses a meter with %j, and sends nothing", async (meter, message) => {
    await start({ meter });
    expect((await send()).error).toMatch(message);
    expect(stripe.requests).toBe(0);
  });

  test("needs the key in the environment", async () => {
    await start();
    delete process.env.STRIPE_API_KEY;
    expect((await send()).error).toMatch(/set it as STRIPE_API_KEY, never as an argument/);
  });
});
