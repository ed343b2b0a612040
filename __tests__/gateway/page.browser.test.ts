import axe from "axe-core";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { Served } from "../support/served";

jest.setTimeout(60_000);

const SHOP = petShop({
  apis: {
    pets: {
      stages: { prod: {} },
      routes: {
        "GET /pets": { mock: 200 },
        "POST /pets/{id}": { mock: 201 },
        "GET /health": { mock: 200, apiKeyRequired: false },
      },
    },
  },
  tiers: {
    bronze: {
      access: { pets: ["prod"] },
      throttle: { rateLimit: 10, burstLimit: 20 },
      quota: { limit: 1_000, period: "DAY" },
      methodThrottle: { pets: { "POST /pets/{id}": { rateLimit: 1, burstLimit: 2 } } },
    },
    gold: { access: { pets: ["prod"] } },
  },
  subscriptions: {
    "joe-black": { tier: "bronze", customer: "<img src=x onerror=alert(1)>" },
    initech: { tier: "gold", enabled: false },
  },
});

describeWith(["chromium"], "the page of the local gateway, in a browser", () => {
  let browser: Browser;
  let served: Served;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    served = await Served.start(SHOP);
    page = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
    problems.length = 0;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(served.url("/_tiers"))) problems.push(`asked for ${request.url()}`);
    });
    await page.goto(served.url("/_tiers/"));
    await shows(page.locator("#connection"), /^Live$/);
  });
  afterEach(async () => {
    await page.close();
    await served.stop();
    expect(problems).toEqual([]);
  });

  /** Waits until an element has a text; says what it had instead. */
  async function shows(element: Locator, pattern: RegExp): Promise<void> {
    await element
      .filter({ hasText: pattern })
      .first()
      .waitFor({ timeout: 5_000 })
      .catch(async () => expect((await element.allInnerTexts()).join("\n")).toMatch(pattern));
  }
  const customer = (name: string) => page.locator("#customers tbody", { hasText: name });
  const burstButton = (route: string, as: RegExp) =>
    page.getByRole("button", { name: new RegExp(`Send ${route} on pets/prod, a burst as ${as.source}`) });
  const cells = async (name: string) => {
    const texts = await customer(name).locator("tr").first().locator("th, td").allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, " ").trim());
  };

  test("a burst empties the bucket, its 429 are counted, and with time the bucket fills again", async () => {
    expect(await cells("joe-black")).toEqual([
      "joe-black (<img src=x onerror=alert(1)>)",
      "bronze",
      "20 of 20 10/s, burst 20",
      "1,000 of 1,000 1,000 a day",
      ...["0", "0", "0", "0", "Routes"],
    ]);

    await burstButton("GET /pets", /joe-black/).click();
    await shows(page.locator("#result"), /20 × 200, 10 × 429/);
    await shows(customer("joe-black"), /0 of 20 · none left/);
    expect(await cells("joe-black")).toEqual([
      expect.any(String),
      "bronze",
      "0 of 20 · none left 10/s, burst 20",
      "980 of 1,000 1,000 a day",
      ...["20", "10", "0", "0", "Routes"],
    ]);
    expect(await page.locator("#requests tbody tr").first().locator("td").allInnerTexts()).toEqual([
      "12:00:00.000",
      "GET /pets/prod/pets",
      "joe-black, bronze",
      "429 throttled",
      "throttled by the limit of the plan",
    ]);
    await shows(page.locator("#usage tbody tr", { hasText: "joe-black" }), /20$/);

    served.now += 500;
    await shows(customer("joe-black"), /5 of 20/);
    served.now += 10_000;
    await shows(customer("joe-black"), /20 of 20/);
  });

  test("the bucket of a method's throttle is shown once it is used", async () => {
    await burstButton("POST /pets/\\{id\\}", /joe-black/).click();
    await shows(customer("joe-black"), /0 of 2 · none left\s*pets\/prod\/POST \/pets\/\{id\}/);
    await shows(page.locator("#requests tbody tr").first(), /POST \/pets\/prod\/pets\/1/);
  });

  test("requests without a key, refused ones and disabled customers", async () => {
    await burstButton("GET /health", /Anyone/).click();
    await shows(page.locator("#result"), /30 × 200/);
    await burstButton("GET /pets", /initech/).click();
    await shows(page.locator("#result"), /30 × 403/);
    await shows(page.locator("#requests tbody tr").first(), /403 refused.*the key of initech is disabled/s);
    expect(await cells("initech")).toEqual(
      expect.arrayContaining(["initech disabled", "gold", "no limit", "no limit"]),
    );
  });

  test("by keyboard alone: every control is reached, and Enter and Space use it", async () => {
    const reached: string[] = [];
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() => {
        const { document } = globalThis as unknown as { document: { activeElement: Record<string, string> | null } };
        const focused = document.activeElement as unknown as {
          id: string;
          ariaLabel: string | null;
          textContent: string;
        } | null;
        return focused?.id || focused?.ariaLabel || focused?.textContent?.trim() || "";
      });
      reached.push(name);
      if (name.startsWith("Send GET /pets on pets/prod, a burst as joe-black")) {
        await page.keyboard.press("Enter");
        break;
      }
    }
    await shows(page.locator("#result"), /20 × 200, 10 × 429/);
    expect(reached).toEqual(expect.arrayContaining(["Skip to customers", "pause", "filter", "count", "authorization"]));
    await page.locator("#pause").focus();
    await page.keyboard.press("Space");
    expect(await page.locator("#pause").getAttribute("aria-pressed")).toBe("true");
  });

  test("paused, nothing moves; then it catches up", async () => {
    await page.locator("#pause").click();
    await burstButton("GET /pets", /joe-black/).click();
    await shows(page.locator("#result"), /10 × 429/);
    expect((await cells("joe-black"))[2]).toBe("20 of 20 10/s, burst 20");
    await page.locator("#pause").click();
    await shows(customer("joe-black"), /0 of 20/);
  });

  test("customers are found by name or tier", async () => {
    await page.locator("#filter").fill("gold");
    await page.locator("#customers tbody", { hasText: "joe-black" }).waitFor({ state: "detached" });
    expect((await cells("initech"))[0]).toBe("initech disabled");
  });

  test("no value of a key is in the page, nor in what it is sent", async () => {
    const bodies: string[] = [];
    page.on("response", async (answer) => {
      if (!answer.url().includes("/events")) bodies.push(await answer.text());
    });
    await burstButton("GET /pets", /joe-black/).click();
    await shows(customer("joe-black"), /0 of 20/);
    const events = await fetch(served.url("/_tiers/events"));
    const reader = events.body?.getReader();
    const first = Buffer.from((await reader?.read())?.value ?? []).toString();
    await reader?.cancel();
    for (const text of [await page.content(), first, ...bodies]) expect(text).not.toContain(served.key("joe-black"));
    expect(first).toContain("joe-black");
  });

  test.each(["light", "dark"] as const)("axe finds nothing, in %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await burstButton("POST /pets/\\{id\\}", /joe-black/).click();
    await burstButton("GET /pets", /joe-black/).click();
    await burstButton("GET /pets", /initech/).click();
    await shows(page.locator("#result"), /30 × 403/);
    await shows(customer("without a valid key"), /30/);
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
      const found = await axe.run();
      return found.violations.map(({ id, nodes }) => [
        id,
        nodes.map(({ html, failureSummary }) => [html, failureSummary]),
      ]);
    });
    expect(violations).toEqual([]);
    expect(
      await page.evaluate(() => {
        const { document } = globalThis as unknown as { document: { getAnimations(): unknown[] } };
        return document.getAnimations().length;
      }),
    ).toBe(0);
    if (process.env.PAGE_PICTURES)
      await page.screenshot({ path: `${process.env.PAGE_PICTURES}/${colorScheme}.png`, fullPage: true });
  });
});
