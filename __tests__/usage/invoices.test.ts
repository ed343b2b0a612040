import fc from "fast-check";
import type { Invoice, InvoiceLine } from "../../src/usage/invoice/invoice";
import { invoicesOf } from "../../src/usage/invoice/invoices";
import { distinctDays } from "../../src/usage/invoice/statement";
import { UNKNOWN_PRICE } from "../../src/usage/price-records";
import type { RouteDay } from "../../src/usage/route-day";
import type { PriceInput } from "../../src/vocabulary/price";
import { onTier, pricesOf } from "./support/usage-days";

const requests = {
  pricing: "GRADUATED",
  bands: [{ upTo: 1_000, unitPrice: "0.01" }, { upTo: 5_000, unitPrice: "0.005" }, { unitPrice: "0.001" }],
} as const;
const TIERS = {
  bronze: { currency: "EUR", base: { amount: "30.00", each: "MONTH" } },
  gold: { currency: "EUR", base: { amount: "100.00", each: "MONTH" }, included: 3_000, requests },
} satisfies Record<string, PriceInput>;

const november = ["2026-11-01", "2026-11-30"] as const;
const inNovember = (prices: Record<string, PriceInput>, usage: Parameters<typeof invoicesOf>[1]["usage"], more = {}) =>
  invoicesOf("2026-11", { usage, prices: pricesOf({ ...TIERS, ...prices }), ...more });
const shown = ({ invoices }: { readonly invoices: readonly Invoice[] }) =>
  invoices.map(({ subscription, total, lines }) => [subscription, total, ...lines.map(shownLine)]);
const shownLine = ({ description, quantity, unitPrice, amount }: InvoiceLine) =>
  `${description}: ${quantity}${unitPrice === null ? "" : ` × ${unitPrice}`} = ${amount}`;

describe("the invoice of a month", () => {
  test("has the base of a tier in full, whether the customer called or not", () => {
    expect(shown(inNovember({}, onTier("joe", "bronze", november)))).toEqual([
      ["joe", "30.00", "Tier bronze, base of a month: 30 = 30.00"],
    ]);
  });

  test("has the base and the included requests of a tier once, however many keys its customer has", () => {
    const usage = [
      ...onTier("joe", "gold", november, 200),
      ...onTier("joe", "gold", ["2026-11-11", "2026-11-30"], 150, { key: "key-of-ci" }),
    ];
    expect(shown(inNovember({}, usage))).toEqual(shown(inNovember({}, onTier("joe", "gold", november, 300))));
  });

  test("has a line for each band of requests beyond those included", () => {
    expect(shown(inNovember({}, onTier("joe", "gold", november, 300)))).toEqual([
      [
        "joe",
        "131.00", // 9,000 calls: 3,000 included, 1,000 × 0.01 = 10, 4,000 × 0.005 = 20, 1,000 × 0.001 = 1
        "Tier gold, base of a month: 30 = 100.00",
        "Tier gold, included requests: 3000 × 0 = 0.00",
        "Tier gold, requests 1 to 1000 beyond those included: 1000 × 0.01 = 10.00",
        "Tier gold, requests 1001 to 5000 beyond those included: 4000 × 0.005 = 20.00",
        "Tier gold, requests from 5001 on beyond those included: 1000 × 0.001 = 1.00",
      ],
    ]);
  });

  test.each<[number, string]>([
    [100, "100.00"],
    [101, "100.30"],
    [133, "109.90"],
    [134, "105.10"],
    [266, "124.90"],
    [267, "105.01"],
  ])("charges all requests by volume at the price of the last one's band: %s a day cost %s", (used, total) => {
    const volume = { ...TIERS.gold, requests: { ...requests, pricing: "VOLUME" } } as const;
    const [invoice] = inNovember({ gold: volume }, onTier("joe", "gold", november, used)).invoices;
    expect(invoice?.total).toBe(total);
  });

  test("prorates base, included requests and bands by the days on each tier", () => {
    const usage = [
      ...onTier("joe", "bronze", ["2026-11-01", "2026-11-10"], 7),
      ...onTier("joe", "gold", ["2026-11-11", "2026-11-30"], 150),
    ];
    expect(shown(inNovember({}, usage))).toEqual([
      [
        "joe",
        "85.01", // 10/30 of 30, 20/30 of 100, and 3,000 calls of which 2,000 are included: 667 × 0.01, 333 × 0.005
        "Tier bronze, base of a month for 10 of 30 days: 10 = 10.00",
        "Tier gold, base of a month for 20 of 30 days: 20 = 66.67",
        "Tier gold, included requests: 2000 × 0 = 0.00",
        "Tier gold, requests 1 to 667 beyond those included: 667 × 0.01 = 6.67",
        "Tier gold, requests 668 to 3333 beyond those included: 333 × 0.005 = 1.67",
      ],
    ]);
  });

  test("charges the day of a move for the tier on which the customer was seen last, and the calls on both", () => {
    const usage = [
      ...onTier("joe", "gold", ["2026-11-01", "2026-11-10"], 300, { membershipRead: "2026-11-10T00:40:00.000Z" }),
      ...onTier("joe", "bronze", ["2026-11-10", "2026-11-30"], 7, { membershipRead: "2026-11-10T18:00:00.000Z" }),
    ];
    const { invoices, problems } = inNovember({}, usage);
    expect([shown({ invoices })[0]?.slice(2, 5), problems]).toEqual([
      [
        "Tier bronze, base of a month for 21 of 30 days: 21 = 21.00",
        "Tier gold, base of a month for 9 of 30 days: 9 = 30.00",
        "Tier gold, included requests: 900 × 0 = 0.00",
      ],
      [],
    ]);
  });

  test("is final where the day of a move was assumed under one tier and seen under the other", () => {
    const usage = [
      ...onTier("joe", "bronze", ["2026-11-01", "2026-11-10"]),
      ...onTier("joe", "gold", ["2026-11-10", "2026-11-10"], 7, { membership: "assumed" }),
      ...onTier("joe", "gold", ["2026-11-11", "2026-11-30"], 7),
    ];
    const { invoices, problems } = inNovember({}, usage);
    expect([invoices[0]?.lines.map(({ quantity }) => quantity), invoices[0]?.isFinal, problems]).toEqual([
      [10, 20, 147],
      true,
      [],
    ]);
  });

  test("charges two tiers of one key on the same days", () => {
    const usage = [...onTier("joe", "bronze", november), ...onTier("joe", "gold", november)];
    expect(inNovember({}, usage).invoices[0]?.total).toBe("130.00");
  });

  test("charges the whole month of each tier where the price says so", () => {
    const whole = (price: PriceInput): PriceInput => ({ ...price, onChange: { charge: "WHOLE_MONTH" } });
    const usage = [
      ...onTier("joe", "bronze", ["2026-11-01", "2026-11-10"]),
      ...onTier("joe", "gold", ["2026-11-11", "2026-11-30"], 150),
    ];
    const { invoices } = inNovember({ bronze: whole(TIERS.bronze), gold: whole(TIERS.gold) }, usage);
    expect(invoices.map(({ total }) => total)).toEqual(["130.00"]);
  });

  test("charges a suspended customer's base, or pauses it", () => {
    const usage = [
      ...onTier("joe", "bronze", ["2026-11-01", "2026-11-20"]),
      ...onTier("joe", "bronze", ["2026-11-21", "2026-11-30"], 0, { enabled: false }),
    ];
    const paused = { bronze: { ...TIERS.bronze, whileSuspended: "PAUSE" } } as const;
    expect(inNovember({}, usage).invoices[0]?.total).toBe("30.00");
    expect(inNovember(paused, usage).invoices[0]?.total).toBe("20.00");
  });

  test("charges two keys of a subscription one base, and the calls of both", () => {
    const usage = [
      ...onTier("joe", "gold", november, 100),
      ...onTier("joe", "gold", ["2026-11-15", "2026-11-30"], 100, { key: "newkey" }),
    ];
    expect(shown(inNovember({}, usage))[0]?.slice(2, 5)).toEqual([
      "Tier gold, base of a month: 30 = 100.00",
      "Tier gold, included requests: 3000 × 0 = 0.00",
      "Tier gold, requests 1 to 1000 beyond those included: 1000 × 0.01 = 10.00",
    ]);
  });

  test("has lines for both prices where the price changed within the month", () => {
    const usage = [
      ...onTier("joe", "bronze", ["2026-11-01", "2026-11-15"]),
      ...onTier("joe", "bronze", ["2026-11-16", "2026-11-30"], 0, { price: "price-of-dear" }),
    ];
    const dear = { currency: "EUR", base: { amount: "60.00", each: "MONTH" } } as const;
    expect(shown(inNovember({ dear }, usage))).toEqual([
      [
        "joe",
        "45.00",
        "Tier bronze, base of a month for 15 of 30 days: 15 = 15.00",
        "Tier bronze, base of a month for 15 of 30 days: 15 = 30.00",
      ],
    ]);
  });

  test("charges a year's base by the day, so that its months add up to it", () => {
    const prices = pricesOf({ bronze: { currency: "EUR", base: { amount: "99.99", each: "YEAR" } } });
    const totals = Array.from({ length: 12 }, (_, index) => {
      const month = `2028-${String(index + 1).padStart(2, "0")}`;
      const usage = onTier("joe", "bronze", [
        `${month}-01`,
        `${month}-${new Date(Date.UTC(2028, index + 1, 0)).getUTCDate()}`,
      ]);
      return Number(invoicesOf(month, { usage, prices }).invoices[0]?.total);
    });
    expect(totals.slice(0, 3)).toEqual([8.47, 7.92, 8.47]);
    expect(totals.reduce((sum, each) => sum + each).toFixed(2)).toBe("99.99");
  });

  test.each([
    ["JPY", "1000.5", "1001"],
    ["KWD", "10.0005", "10.001"],
    ["EUR", "0.005", "0.01"],
  ])("is rounded half up to the smallest unit of %s: %s is %s", (currency, amount, total) => {
    const prices = pricesOf({ bronze: { currency, base: { amount, each: "MONTH" } } });
    expect(invoicesOf("2026-11", { usage: onTier("joe", "bronze", november), prices }).invoices[0]?.total).toBe(total);
  });

  test("has an invoice for each currency, and each customer of it", () => {
    const usd = { currency: "USD", base: { amount: 10, each: "MONTH" } } as const;
    const usage = [
      ...onTier("joe", "usd", ["2026-11-01", "2026-11-15"], 0, { customer: "Joe Black" }),
      ...onTier("joe", "bronze", ["2026-11-16", "2026-11-30"], 0, { customer: "Joe Black Ltd" }),
      ...onTier("ann", "bronze", november),
    ];
    const { invoices } = inNovember({ usd }, usage);
    expect(invoices.map(({ id, customer, total }) => [id, customer, total])).toEqual([
      ["2026-11/ann/EUR", null, "30.00"],
      ["2026-11/joe/EUR", "Joe Black Ltd", "15.00"],
      ["2026-11/joe/USD", "Joe Black Ltd", "5.00"],
    ]);
  });

  test("has credits below 0, each once", () => {
    const credit = {
      month: "2026-11",
      subscription: "joe",
      currency: "EUR",
      amount: "12.5",
      reason: "outage",
      id: "c-1",
    };
    const credits = [credit, credit, { ...credit, id: "c-2", month: "2026-12" }];
    expect(shown(inNovember({}, onTier("joe", "bronze", november), { credits }))).toEqual([
      ["joe", "17.50", "Tier bronze, base of a month: 30 = 30.00", "Credit: outage: 1 = -12.50"],
    ]);
  });

  test.each(["2026-13", "2026-1", "November", "2026-11-01"])("refuses the month %s", (month) => {
    expect(() => invoicesOf(month, { usage: [], prices: new Map() })).toThrow(/must be written as 2026-11, got/);
  });
});

describe("prices that need access logs", () => {
  const route = (fields: Partial<RouteDay>): RouteDay => ({
    day: "2026-11-03",
    key: "keyjoe",
    plan: "planapi",
    api: "pets",
    isNamed: true,
    stage: "prod",
    route: "GET /pets",
    status: 200,
    requests: 10,
    ...fields,
  });
  const api = (fields: Partial<PriceInput>): PriceInput => ({
    currency: "EUR",
    requests: { pricing: "GRADUATED", bands: [{ unitPrice: 1 }] },
    ...fields,
  });
  const usage = onTier("joe", "api", november, (day) => (day === "2026-11-03" ? 30 : 0));
  const routes = [
    route({}),
    route({ route: "POST /pets", status: 201 }),
    route({ route: "POST /pets", status: 429, requests: 5 }),
    route({ status: 404, requests: 5 }),
    route({ plan: "another", requests: 1_000 }),
    route({ day: "2026-11-04", key: "another", requests: 1_000 }),
  ];

  test.each<[string, Partial<PriceInput>, string]>([
    ["all by GetUsage", {}, "30.00"],
    ["successes alone", { counts: "2XX" }, "20.00"],
    ["all that no limit refused", { counts: "ALL_BUT_429" }, "25.00"],
    ["a route five times", { weights: { pets: { "POST /pets": 5 } } }, "90.00"],
    ["a route not at all, and successes alone", { counts: "2XX", weights: { pets: { "GET /pets": 0 } } }, "10.00"],
  ])("charge %s", (_, fields, total) => {
    const { invoices, problems } = invoicesOf("2026-11", { usage, routes, prices: pricesOf({ api: api(fields) }) });
    expect([invoices[0]?.total, problems]).toEqual([total, []]);
  });

  test("are not guessed where the logs of a day are missing", () => {
    const { invoices, problems } = invoicesOf("2026-11", { usage, prices: pricesOf({ api: api({ counts: "2XX" }) }) });
    expect(invoices).toEqual([]);
    expect(problems).toEqual([
      { kind: "no-logs", subscription: "joe", key: null, month: "2026-11", days: ["2026-11-03"], requests: 30 },
    ]);
  });
});

test("prices that weigh routes are not guessed where the logs do not say which API of the catalog was called", () => {
  const usage = onTier("joe", "api", november, (day) => (day === "2026-11-03" ? 30 : 0));
  const line = { day: "2026-11-03", key: "keyjoe", plan: "planapi", stage: "prod", route: "GET /pets", status: 200 };
  const routes = [{ ...line, api: "a1b2c3d4e5", isNamed: false, requests: 30 }];
  const api = (fields: Partial<PriceInput>): PriceInput => ({
    currency: "EUR",
    requests: { pricing: "GRADUATED", bands: [{ unitPrice: 1 }] },
    ...fields,
  });
  const made = (fields: Partial<PriceInput>) => {
    const { invoices, problems } = invoicesOf("2026-11", { usage, routes, prices: pricesOf({ api: api(fields) }) });
    return [invoices.map(({ isFinal }) => isFinal), problems.map(({ kind, days }) => [kind, days])];
  };
  expect(made({ weights: { pets: { "GET /pets": 5 } } })).toEqual([[false], [["unnamed-api", ["2026-11-03"]]]]);
  expect(made({ counts: "2XX" })).toEqual([[true], []]);
});

test("a price that another version wrote is not taken for none", () => {
  const usage = onTier("joe", "gold", november, 1, { price: UNKNOWN_PRICE });
  const { problems } = inNovember({}, usage);
  expect(problems.map(({ kind, requests }) => [kind, requests])).toEqual([["unknown-price", 30]]);
});

describe("an invoice is not final", () => {
  const whole = onTier("joe", "bronze", november);
  test.each<[string, Parameters<typeof invoicesOf>[1]["usage"], string, readonly string[]]>([
    ["while days of the month are not collected", whole.slice(0, 28), "not-collected", ["2026-11-29", "2026-11-30"]],
    [
      "while AWS may change a day",
      [...whole.slice(1), ...onTier("joe", "bronze", ["2026-11-01", "2026-11-01"], 0, { final: false })],
      "not-final",
      ["2026-11-01"],
    ],
    [
      "where nobody saw on which tier it was",
      [...whole.slice(1), ...onTier("joe", "bronze", ["2026-11-01", "2026-11-01"], 0, { membership: "assumed" })],
      "assumed-tier",
      ["2026-11-01"],
    ],
    [
      "where its price is unknown",
      [...whole, ...onTier("joe", "free", ["2026-11-30", "2026-11-30"])],
      "unknown-price",
      ["2026-11-30"],
    ],
  ])("%s", (_, usage, kind, days) => {
    const { invoices, problems } = inNovember({}, usage);
    expect(problems.map((each) => [each.kind, each.days])).toEqual([[kind, days]]);
    expect(invoices.map(({ isFinal }) => isFinal)).toEqual([false]);
  });

  test("where the use of a plan is lost for good, though others were collected", () => {
    const { invoices, problems } = inNovember({}, whole, { lost: new Set(["2026-11-04", "2026-10-31"]) });
    expect(problems.map(({ kind, days }) => [kind, days])).toEqual([["not-collected", ["2026-11-04"]]]);
    expect(invoices[0]?.isFinal).toBe(false);
  });

  test("but is, where somebody else's key called, or a tier is free", () => {
    const usage = [
      ...whole,
      ...onTier(null, "bronze", ["2026-11-02", "2026-11-03"], 4),
      ...onTier("ann", "free", november, 1, { price: null }),
    ];
    const { invoices, problems } = inNovember({}, usage);
    expect(invoices.map(({ subscription, isFinal }) => [subscription, isFinal])).toEqual([["joe", true]]);
    expect(problems.map(({ kind, key, subscription, requests }) => [kind, key, subscription, requests])).toEqual([
      ["no-subscription", "keynull", null, 8],
      ["no-price", null, "ann", 30],
    ]);
  });
});

describe("a closed month", () => {
  const usage = (used: number) => onTier("joe", "gold", ["2026-10-01", "2026-10-31"], used);
  const october = invoicesOf("2026-10", { usage: usage(100), prices: pricesOf(TIERS) }).invoices;
  const now = onTier("joe", "bronze", november);

  test("keeps its invoice, whatever becomes known", () => {
    expect(october.map(({ total }) => total)).toEqual(["101.00"]); // 3,100 calls
    const again = invoicesOf("2026-10", { usage: usage(500), prices: pricesOf(TIERS), closed: october });
    expect(again.invoices).toEqual(october);
  });

  test("is corrected on the next invoice, which says the days", () => {
    const later = [...usage(100).slice(1), ...onTier("joe", "gold", ["2026-10-01", "2026-10-01"], 250)];
    const { invoices } = inNovember({}, [...later, ...now], { closed: october });
    expect(shown({ invoices })).toEqual([
      [
        "joe",
        "31.50",
        "Tier bronze, base of a month: 30 = 30.00",
        "Correction of 2026-10: 102.50 instead of 101.00: 1 = 1.50",
      ],
    ]);
    expect(invoices[0]?.lines[1]?.days).toEqual([{ day: "2026-10-01", requests: 250, charged: 250 }]);
  });

  test("is corrected once, and again by what becomes known after that", () => {
    const corrected = inNovember({}, [...usage(200), ...now], { closed: october }).invoices;
    const december = (used: number) => {
      const closed = [...october, ...corrected];
      const of = [...usage(used), ...now, ...onTier("joe", "bronze", ["2026-12-01", "2026-12-31"])];
      return shown(invoicesOf("2026-12", { usage: of, prices: pricesOf(TIERS), closed }))[0]?.slice(3);
    };
    expect(december(200)).toEqual([]);
    expect(december(100)).toEqual(["Correction of 2026-10: 101.00 instead of 121.00: 1 = -20.00"]);
  });

  test("is not corrected by what cannot be read", () => {
    const { invoices, problems } = inNovember({}, [...usage(200).map((each) => ({ ...each, price: "gone" })), ...now], {
      closed: october,
    });
    expect(invoices.map(({ total }) => total)).toEqual(["30.00"]);
    expect(problems.map(({ kind, month }) => [kind, month])).toEqual([["unknown-price", "2026-10"]]);
    expect(inNovember({}, now, { closed: october }).invoices.map(({ total }) => total)).toEqual(["30.00"]);
  });

  test("charges a customer of whom nobody knew, and credits one that has gone", () => {
    const later = [...usage(100), ...onTier("ann", "bronze", ["2026-10-01", "2026-10-31"])];
    expect(shown(inNovember({}, [...later, ...now], { closed: october }))[0]).toEqual([
      "ann",
      "30.00",
      "Correction of 2026-10: 30.00 instead of 0.00: 1 = 30.00",
    ]);
  });

  test("gives back what a correction charged, where it turns out to be nothing", () => {
    const ann = onTier("ann", "bronze", ["2026-10-01", "2026-10-31"]);
    const corrected = inNovember({}, [...usage(100), ...ann, ...now], { closed: october }).invoices;
    const made = invoicesOf("2026-12", {
      usage: [...usage(100), ...now],
      prices: pricesOf(TIERS),
      closed: [...october, ...corrected],
    });
    expect(shown(made)[0]).toEqual(["ann", "-30.00", "Correction of 2026-10: 0.00 instead of 30.00: 1 = -30.00"]);
  });
});

describe("the same invoices come", () => {
  const used = fc.array(fc.nat(400), { minLength: 30, maxLength: 30 });
  const tier = fc.constantFrom("bronze", "gold");
  const history = fc.record({
    id: fc.constantFrom("ann", "joe", "max"),
    uses: used,
    tier,
    next: tier,
    moved: fc.nat(29),
  });

  test("from any order, repetition and splitting of what was collected, and their lines add up to the totals", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(history, { selector: ({ id }) => id, maxLength: 3 }),
        fc.infiniteStream(fc.nat(1_000)),
        (histories, stream) => {
          const usage = histories.flatMap(({ id, uses, tier, next, moved }) =>
            onTier(id, tier, november, (day) => uses[Number(day.slice(8)) - 1] ?? 0).map((each, index) =>
              index < moved ? each : { ...each, tier: next, plan: `plan${next}`, price: `price-of-${next}` },
            ),
          );
          // An earlier reading of each day, which counted less, and the same reading twice.
          const pages = usage.flatMap((each) => [
            each,
            each,
            { ...each, used: Math.floor(each.used / 2), read: `${each.day}T12:00:00.000Z`, final: false },
          ]);
          const order = new Map(pages.map((each, index) => [each, stream.next().value * pages.length + index]));
          const shuffled = [...pages].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
          const made = inNovember({}, usage);
          expect(inNovember({}, shuffled)).toEqual(made);
          for (const { lines, total } of made.invoices)
            expect(lines.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0)).toBe(
              Math.round(Number(total) * 100),
            );
        },
      ),
    );
  });
});

test.each([
  [
    "the one that was read last",
    { read: "2026-11-02T00:00:00.000Z", used: 5 },
    { read: "2026-11-03T00:00:00.000Z", used: 4 },
  ],
  ["of two that were read at once the one with more", { used: 4 }, { used: 5 }],
])("of the figures for one day, %s counts, whatever order they come in", (_, one, other) => {
  const [day] = onTier("joe", "gold", ["2026-11-01", "2026-11-01"], 1);
  const both = [one, other].map((each) => ({ ...day, ...each })) as (typeof day & object)[];
  for (const order of [both, [...both].reverse()]) expect(distinctDays(order)).toEqual([both[1]]);
});
