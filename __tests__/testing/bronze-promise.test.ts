// What a team writes about its own catalog. `../../src/testing` is `cdktf-api-tiers/testing` elsewhere.
import { catalog } from "../../catalog";
import { TestGateway } from "../../src/testing";

describe("what a bronze customer was promised", () => {
  let gateway: TestGateway;
  beforeEach(() => {
    gateway = TestGateway.of(catalog, { start: "2026-11-22T12:00:00Z" });
  });
  afterEach(() => gateway.close());

  test("20 requests in an instant, and the 21st is refused", async () => {
    const joe = gateway.customer("joe-black").at("meditations", "prod");

    const { statuses, last } = await joe.burst(21, "GET /meditations");

    expect(statuses).toEqual({ 200: 20, 429: 1 });
    expect(last.json()).toEqual({ message: "Too Many Requests" });
  });

  test("half a second after a burst, five more pass", async () => {
    const joe = gateway.customer("joe-black").at("meditations", "prod");
    await joe.burst(20, "GET /meditations");

    gateway.clock.advance({ seconds: 0.5 });

    expect((await joe.burst(6, "GET /meditations")).statuses).toEqual({ 200: 5, 429: 1 });
  });

  test("1,000 requests a day; the 1,001st gets Limit Exceeded, and the next UTC day starts again", async () => {
    const joe = gateway.customer("joe-black").at("meditations", "prod");
    for (let sent = 0; sent < 1_000; sent += 20) {
      expect((await joe.burst(20, "GET /meditations")).statuses).toEqual({ 200: 20 });
      gateway.clock.advance({ seconds: 2 });
    }

    const refused = await joe.send("GET /meditations");
    expect([refused.status, refused.json()]).toEqual([429, { message: "Limit Exceeded" }]);
    expect(gateway.usage("bronze", "2026-11-22", "2026-11-22").values["joe-black"]).toEqual([[1_000, 0]]);

    gateway.clock.set("2026-11-22T23:59:59.999Z");
    expect((await joe.send("GET /meditations")).status).toBe(429);
    gateway.clock.advance({ milliseconds: 1 });
    expect((await joe.send("GET /meditations")).status).toBe(200);
  });

  test("prod is open to bronze, test is not", async () => {
    const joe = gateway.customer("joe-black");

    expect((await joe.at("meditations", "prod").send("GET /meditations")).status).toBe(200);
    expect((await joe.at("meditations", "test").send("GET /meditations")).status).toBe(403);
  });
});
