import { catalog as sample } from "../../catalog";
import { defineCatalog } from "../../src";
import { type Invoice, TestGateway } from "../../src/testing";

/** A customer's tier, and what else changes in three months. */
const catalogOf = (joe: { readonly tier: "bronze" | "gold"; readonly enabled?: boolean; readonly cohort?: "emea" }) =>
  defineCatalog({
    apis: {
      pets: {
        stages: { prod: { accessLog: true } },
        routes: { "GET /pets": { mock: 200 }, "POST /pets": { mock: 201 } },
      },
    },
    tiers: {
      bronze: {
        access: { pets: ["prod"] },
        price: {
          currency: "EUR",
          base: { amount: "30.00", each: "MONTH" },
          included: 300,
          requests: { pricing: "GRADUATED", bands: [{ unitPrice: "0.02" }] },
          whileSuspended: "PAUSE",
        },
      },
      gold: {
        access: { pets: ["prod"] },
        throttle: { rateLimit: 100, burstLimit: 200 },
        price: {
          currency: "EUR",
          base: { amount: "93.00", each: "MONTH" },
          included: 620,
          requests: { pricing: "GRADUATED", bands: [{ upTo: 100, unitPrice: "0.05" }, { unitPrice: "0.01" }] },
          weights: { pets: { "POST /pets": 5 } },
          counts: "2XX",
        },
      },
      free: { access: { pets: ["prod"] } },
    },
    cohorts: { emea: {} },
    subscriptions: { "joe-black": { customer: "Joe Black", ...joe }, ann: { tier: "free" } },
  });

type Catalog = ReturnType<typeof catalogOf>;

/** Lets the days until a date pass, with as many calls on each at noon. */
async function live(gateway: TestGateway, until: string, calls: number, route = "GET /pets"): Promise<void> {
  const joe = gateway.customer("joe-black").at("pets", "prod");
  const noon = { hours: 12 };
  while (gateway.clock.now < Date.parse(until)) {
    gateway.clock.advance(noon);
    await joe.burst(calls, route);
    gateway.clock.advance(noon);
  }
}

const linesOf = ({ lines, total }: Invoice) => [
  ...lines.map(({ description, amount, quantity }) => `${description}: ${quantity} = ${amount}`),
  total,
];

describe("three months of a customer", () => {
  let gateway: TestGateway;
  const deploy = (...joe: Parameters<typeof catalogOf>) => gateway.deploy(catalogOf(...joe) as Catalog as never);
  afterEach(() => gateway.close());

  test("with a move up, a suspension, a rotation, a move down and a refund are billed as calculated by hand", async () => {
    gateway = TestGateway.of(catalogOf({ tier: "bronze" }), { start: "2026-09-01T00:00:00Z" }) as TestGateway;
    await live(gateway, "2026-09-11T00:00:00Z", 15);
    deploy({ tier: "gold" });
    await live(gateway, "2026-10-01T00:00:00Z", 4, "POST /pets");
    const september = gateway.invoice("joe-black", "2026-09");

    await live(gateway, "2026-10-16T00:00:00Z", 10, "POST /pets");
    deploy({ tier: "gold", enabled: false });
    await live(gateway, "2026-10-21T00:00:00Z", 10, "POST /pets");
    deploy({ tier: "gold" });
    await live(gateway, "2026-11-01T00:00:00Z", 1);
    const october = gateway.invoice("joe-black", "2026-10");

    await live(gateway, "2026-11-06T00:00:00Z", 1);
    deploy({ tier: "gold", cohort: "emea" });
    await live(gateway, "2026-11-16T00:00:00Z", 1);
    deploy({ tier: "bronze", cohort: "emea" });
    gateway.credit({
      id: "ticket-7",
      month: "2026-11",
      subscription: "joe-black",
      currency: "EUR",
      amount: "10.00",
      reason: "outage on 12 November",
    });
    await live(gateway, "2026-12-01T00:00:00Z", 20);
    const november = gateway.invoice("joe-black", "2026-11");

    // 10 of 30 days of 30 € with 100 of 300 included, and 150 calls: 50 × 0.02.
    // 20 of 30 days of 93 € with 413 of 620 included, and 80 calls that count five each: 400.
    expect(linesOf(september)).toEqual([
      "Tier bronze, base of a month for 10 of 30 days: 10 = 10.00",
      "Tier bronze, included requests: 100 = 0.00",
      "Tier bronze, requests from 1 on beyond those included: 50 = 1.00",
      "Tier gold, base of a month for 20 of 30 days: 20 = 62.00",
      "Tier gold, included requests: 400 = 0.00",
      "73.00",
    ]);
    // A suspended customer pays gold's base; 15 days with 10 calls that count five each, none while suspended, 11 with one.
    expect(linesOf(october)).toEqual([
      "Tier gold, base of a month: 31 = 93.00",
      "Tier gold, included requests: 620 = 0.00",
      "Tier gold, requests 1 to 100 beyond those included: 100 = 5.00",
      "Tier gold, requests from 101 on beyond those included: 41 = 0.41",
      "98.41",
    ]);
    // Half of 93 € with the keys of both halves together, half of 30 € with 150 of 300 included, and 15 × 20 calls.
    expect(linesOf(november)).toEqual([
      "Tier bronze, base of a month for 15 of 30 days: 15 = 15.00",
      "Tier bronze, included requests: 150 = 0.00",
      "Tier bronze, requests from 1 on beyond those included: 150 = 3.00",
      "Tier gold, base of a month for 15 of 30 days: 15 = 46.50",
      "Tier gold, included requests: 15 = 0.00",
      "Credit: outage on 12 November: 1 = -10.00",
      "54.50",
    ]);
    expect([september, october, november].map(({ isFinal, customer }) => [isFinal, customer])).toEqual([
      [true, "Joe Black"],
      [true, "Joe Black"],
      [true, "Joe Black"],
    ]);
  });

  test("pause where the price says so, and are not final before they are over", async () => {
    gateway = TestGateway.of(catalogOf({ tier: "bronze" }), { start: "2026-09-01T00:00:00Z" }) as TestGateway;
    await live(gateway, "2026-09-11T00:00:00Z", 1);
    deploy({ tier: "bronze", enabled: false });
    await live(gateway, "2026-09-21T00:00:00Z", 1);
    expect(gateway.invoice("joe-black", "2026-09")).toMatchObject({ isFinal: false, total: "10.00" });
    const problems = gateway.invoices("2026-09").problems.filter(({ subscription }) => subscription !== "ann");
    expect(problems).toEqual([
      expect.objectContaining({ kind: "not-collected", days: expect.arrayContaining(["2026-09-30"]) }),
      expect.objectContaining({ kind: "not-final", days: ["2026-09-21"] }),
    ]);
  });

  test("are asked for in time, and of a customer who is charged something", async () => {
    gateway = TestGateway.of(catalogOf({ tier: "bronze" }), { start: "2026-09-01T00:00:00Z" }) as TestGateway;
    expect(() => gateway.invoice("ann", "2026-09")).toThrow(
      /subscription "ann" is charged nothing in 2026-09: no tier/,
    );
    gateway.clock.advance({ days: 90 });
    expect(() => gateway.invoice("joe-black", "2026-09")).toThrow(/more than 90 days have passed since 2026-09-01/);
  });
});

test("a function is called from what was deployed last, until the gateway is closed", async () => {
  const gateway = TestGateway.of(sample, { integrations: true });
  gateway.deploy(sample);
  const joe = gateway.customer("joe-black").at("meditations", "prod");
  expect((await joe.burst(1, "GET /meditations")).statuses).toEqual({ 200: 1 });
  await gateway.close();
});
