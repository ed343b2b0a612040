import { settings, Timeline, time } from "./support/timeline";

describe("starting", () => {
  test("a subscription has no key until it is verified", () => {
    const acme = new Timeline();
    expect(acme.at("2026-11-02", { name: "start", tier: "free", customer: "Acme Inc" })).toBe("changed");
    expect(acme.seen("2026-11-02")).toBe("pending on free, 0 keys");
    expect(acme.at("2026-11-03", { name: "verify" })).toBe("changed");
    expect(acme.seen("2026-11-03")).toBe("active on free, 1 key");
  });

  test("one that is not verified within a week ends", () => {
    const acme = new Timeline();
    acme.at("2026-11-02", { name: "start", tier: "free", customer: "Acme Inc" });
    expect(acme.seen("2026-11-08T23:59")).toBe("pending on free, 0 keys");
    expect(acme.seen("2026-11-09")).toBe("ended on free, 0 keys");
    expect(acme.at("2026-11-10", { name: "verify" })).toBe("ended");
  });

  test("where nothing is verified, it has its key at once", () => {
    expect(Timeline.active("2026-11-02").seen("2026-11-02")).toBe("active on free, 1 key");
  });
});

describe("moving", () => {
  test("up at once", () => {
    const acme = Timeline.active("2026-11-02");
    acme.at("2026-11-10", { name: "move", tier: "startup" });
    expect(acme.seen("2026-11-10")).toBe("active on startup, 1 key");
  });

  test("down when the calendar month is over, in UTC", () => {
    const acme = Timeline.active("2026-11-02", "business");
    acme.at("2026-11-10", { name: "move", tier: "free" });
    expect(acme.seen("2026-11-30T23:59")).toBe("active on business, 1 key");
    expect(acme.seen("2026-12-01")).toBe("active on free, 1 key");
  });

  test("down at the time that is said, such as the end of the period that was paid", () => {
    const acme = Timeline.active("2026-11-02", "business");
    acme.at("2026-11-10", { name: "move", tier: "free", on: time("2026-11-20") });
    expect(acme.seen("2026-11-19T23:59")).toBe("active on business, 1 key");
    expect(acme.seen("2026-11-20")).toBe("active on free, 1 key");
  });

  test("from a tier that is not listed any more: nowhere, since nobody knows what is up, and its plan is out of reach", () => {
    const acme = Timeline.active("2026-11-02", "business");
    acme.settings = { ...settings, tiers: ["free", "startup"] };
    for (const tier of ["free", "startup"]) {
      expect(acme.refusal("2026-11-10", { name: "move", tier })?.message).toBe(
        'the tier that the subscription is on is not one of the self-service any more; list "business" in selfService.tiers ' +
          "again, or name it as the formerId of the tier that took its place, and deploy",
      );
      expect(acme.at("2026-11-10", { name: "move", tier })).toBe("tier-withdrawn");
    }
    expect(acme.seen("2026-12-31")).toBe("active on business, 1 key");
  });

  test("from a tier that is not listed any more before it is verified: at once, since it is in no plan", () => {
    const acme = new Timeline();
    acme.at("2026-11-02", { name: "start", tier: "business", customer: "Acme Inc" });
    acme.settings = { ...settings, tiers: ["free", "startup"] };
    expect(acme.at("2026-11-03", { name: "move", tier: "free" })).toBe("changed");
    expect(acme.seen("2026-11-03")).toBe("pending on free, 0 keys");
  });

  test("to or from a tier that is closed: nobody comes to it, who is on it stays, verifies, rotates and can leave", () => {
    const closed = { ...settings, closedTiers: ["startup"] };
    const refused = 'the tier takes no new customers; there are "free", "business"';
    const zoe = new Timeline(closed);
    expect(zoe.refusal("2026-11-02", { name: "start", tier: "startup", customer: "Zoe" })?.message).toBe(refused);
    expect(zoe.at("2026-11-02", { name: "start", tier: "free", customer: "Zoe" })).toBe("changed");
    expect(zoe.at("2026-11-02", { name: "verify" })).toBe("changed");
    expect(zoe.refusal("2026-11-03", { name: "move", tier: "startup" })).toEqual({
      code: "tier-closed",
      message: refused,
    });

    const acme = new Timeline();
    acme.at("2026-11-02", { name: "start", tier: "startup", customer: "Acme Inc" });
    acme.settings = closed;
    expect(acme.at("2026-11-03", { name: "verify" })).toBe("changed");
    expect(acme.at("2026-11-04", { name: "rotate" })).toBe("changed");
    expect(acme.at("2026-11-05", { name: "move", tier: "free" })).toBe("changed");
    expect(acme.at("2026-11-06", { name: "move", tier: "startup" })).toBe("changed");
    expect(acme.events("2026-12-31").at(-1)).toBe("2026-11-07 key-retired");
    expect(acme.at("2026-12-31", { name: "move", tier: "business" })).toBe("changed");
    expect(acme.seen("2026-12-31")).toBe("active on business, 1 key");
  });

  test("to a tier when all are closed: the refusal says so", () => {
    const none = new Timeline({ ...settings, closedTiers: settings.tiers });
    expect(none.refusal("2026-11-02", { name: "start", tier: "gold", customer: "Zoe" })?.message).toBe(
      "customers cannot choose this tier by themselves; no tier takes new customers",
    );
  });

  test("a move to the tier that it has takes a later move back", () => {
    const acme = Timeline.active("2026-11-02", "business");
    acme.at("2026-11-10", { name: "move", tier: "free" });
    acme.at("2026-11-11", { name: "move", tier: "business" });
    expect(acme.seen("2026-12-31")).toBe("active on business, 1 key");
    expect(acme.events("2026-12-31").slice(-2)).toEqual(["2026-11-10 move-announced", "2026-11-11 move-canceled"]);
  });
});

describe("suspension and payment are apart", () => {
  test("a failed payment leaves a week, and a second failure does not prolong it", () => {
    const acme = Timeline.active("2026-11-02");
    acme.at("2026-11-10", { name: "payment-failed" });
    acme.at("2026-11-13", { name: "payment-failed" });
    expect(acme.seen("2026-11-16T23:59")).toBe("active on free, 1 key");
    expect(acme.seen("2026-11-17")).toBe("unpaid on free, 1 key");
    acme.at("2026-11-20", { name: "payment-recovered" });
    expect(acme.seen("2026-11-20")).toBe("active on free, 1 key");
  });

  test("a payment does not lift a suspension", () => {
    const acme = Timeline.active("2026-11-02");
    acme.at("2026-11-10", { name: "suspend" });
    acme.at("2026-11-10", { name: "payment-failed" });
    acme.at("2026-11-12", { name: "payment-recovered" });
    expect(acme.seen("2026-11-12")).toBe("suspended on free, 1 key");
    acme.at("2026-11-13", { name: "resume" });
    expect(acme.seen("2026-11-13")).toBe("active on free, 1 key");
  });

  test.each([
    ["as they occurred", ["payment-failed", "payment-recovered"]],
    ["the other way round", ["payment-recovered", "payment-failed"]],
    ["twice", ["payment-recovered", "payment-failed", "payment-recovered", "payment-failed"]],
  ] as const)("reports that arrive %s come to the same", (_, arriving) => {
    const acme = Timeline.active("2026-11-02");
    const occurred = { "payment-failed": time("2026-11-10"), "payment-recovered": time("2026-11-11") };
    for (const name of arriving) acme.at("2026-11-12", { name, occurredAt: occurred[name] });
    expect(acme.seen("2026-12-12")).toBe("active on free, 1 key");
  });
});

describe("rotating", () => {
  test("both keys work until the grace is over", () => {
    const acme = Timeline.active("2026-11-02");
    acme.at("2026-11-10", { name: "rotate" });
    expect(acme.seen("2026-11-12T23:59")).toBe("active on free, 2 keys");
    expect(acme.seen("2026-11-13")).toBe("active on free, 1 key");
  });

  test("a leaked key does not work beside its successor", () => {
    const acme = Timeline.active("2026-11-02");
    acme.at("2026-11-10", { name: "rotate", leaked: true });
    expect(acme.seen("2026-11-10")).toBe("active on free, 1 key");
  });

  test("a second rotation waits for the first, unless the key has leaked: then all others stop", () => {
    const acme = Timeline.active("2026-11-02");
    acme.at("2026-11-10", { name: "rotate" });
    expect(acme.at("2026-11-11", { name: "rotate" })).toBe("rotating");
    expect(acme.at("2026-11-11", { name: "rotate", leaked: true })).toBe("changed");
    expect(acme.seen("2026-11-11")).toBe("active on free, 1 key");
  });
});

describe("ending", () => {
  test("at once, and nothing is possible afterwards", () => {
    const acme = Timeline.active("2026-11-02");
    acme.at("2026-11-10", { name: "end" });
    expect(acme.seen("2026-11-10")).toBe("ended on free, 0 keys");
    expect(acme.at("2026-11-11", { name: "resume" })).toBe("ended");
    expect(acme.at("2026-11-11", { name: "start", tier: "free", customer: "Acme Inc" })).toBe("subscription-exists");
  });

  test("at a time, before a move that is due then", () => {
    const acme = Timeline.active("2026-11-02", "business");
    acme.at("2026-11-10", { name: "end", on: time("2026-12-01") });
    acme.at("2026-11-11", { name: "move", tier: "free" });
    expect(acme.seen("2026-11-30T23:59")).toBe("active on business, 1 key");
    expect(acme.seen("2026-12-01")).toBe("ended on business, 0 keys");
  });
});

test("events say what happened, at the time at which it did", () => {
  const acme = Timeline.active("2026-11-02", "business");
  acme.at("2026-11-10", { name: "move", tier: "free" });
  acme.at("2026-11-12", { name: "suspend" });
  acme.at("2026-11-13", { name: "resume" });
  acme.at("2026-12-03", { name: "end" });
  expect(acme.events("2026-12-03")).toEqual([
    "2026-11-02 started",
    "2026-11-02 activated",
    "2026-11-10 move-announced",
    "2026-11-12 suspended",
    "2026-11-13 resumed",
    "2026-12-01 moved",
    "2026-12-03 ended",
  ]);
});

test("a refusal says what to do", () => {
  const nothing = new Timeline();
  expect(nothing.refusal("2026-11-02", { name: "verify" })?.message).toBe(
    "there is no such subscription; start it first",
  );
  expect(nothing.refusal("2026-11-02", { name: "start", tier: "gold", customer: "Acme" })?.message).toBe(
    `customers cannot choose this tier by themselves; there are ${settings.tiers.map((tier) => `"${tier}"`).join(", ")}`,
  );
});
