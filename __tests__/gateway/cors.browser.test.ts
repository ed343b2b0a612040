import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import { Integrations } from "../../src/gateway/integrations";
import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { Served } from "../support/served";

jest.setTimeout(60_000);

/** What a page gets of a request: the status and the body, or that the browser shows it nothing. */
type Shown = readonly [status: number, body: unknown] | "blocked";

const FORBIDDEN: Shown = [403, { message: "Forbidden" }];

describeWith(["chromium"], "CORS for several origins, in a browser", () => {
  let browser: Browser;
  const sites: Server[] = [];
  let backend: Server;
  const originOf = (server: Server) => `http://localhost:${(server.address() as AddressInfo).port}`;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
    for (let site = 0; site < 3; site++)
      sites.push(await listening(createServer((_, answer) => answer.end("<p>A page"))));
    // A backend chooses the origin itself, as the guide says.
    backend = await listening(
      createServer(({ headers: { origin = "" } }, answer) => {
        const allowed = sites.slice(0, 2).map(originOf).includes(origin);
        answer.writeHead(200, {
          "Content-Type": "application/json",
          Vary: "Origin",
          ...(allowed && { "Access-Control-Allow-Origin": origin }),
        });
        answer.end('{"from":"backend"}');
      }),
    );
  });
  afterAll(async () => {
    await browser.close();
    for (const server of [...sites, backend]) server.close();
  });

  async function listening(server: Server): Promise<Server> {
    server.listen(0, "localhost");
    await once(server, "listening");
    return server;
  }

  /** What pages of the two allowed origins and of a third one get, each of its own served gateway. */
  async function shown(cors: object, ask: (page: Page, served: Served) => Promise<Shown>): Promise<Shown[]> {
    const closed = await listening(createServer());
    const silent = originOf(closed);
    closed.close();
    const backends = { "https://backend.example.com": originOf(backend), "https://silent.example.com": silent };
    const routes = {
      "GET /pets": { mock: { status: 200, body: { from: "mock", price: "$5 #1" } } },
      "GET /toys": { http: "https://backend.example.com/toys" },
      "GET /broken": { http: "https://silent.example.com/" },
      "GET /health": { mock: 200, apiKeyRequired: false },
    };
    const allowOrigin = sites.slice(0, 2).map(originOf);
    const written = petShop({
      apis: { pets: { cors: { allowOrigin, ...cors }, stages: { prod: {} }, routes } },
      subscriptions: { acme: { tier: "gold" } },
    });
    const all: Shown[] = [];
    for (const site of sites) {
      const served = await Served.start(written, new Integrations({ backends }));
      const page = await browser.newPage();
      try {
        await page.goto(originOf(site));
        all.push(await ask(page, served));
      } finally {
        await page.close();
        await served.stop();
      }
    }
    return all;
  }

  /** Asks as a script of the page does. */
  const fetched = (page: Page, served: Served, path: string, init: object = {}): Promise<Shown> =>
    page.evaluate(
      async ([url, options]) => {
        try {
          const answer = await fetch(url as string, options as RequestInit);
          const body = await answer.text();
          return [answer.status, body === "" ? "" : JSON.parse(body)] as const;
        } catch {
          return "blocked";
        }
      },
      [served.url(`/pets/prod${path}`), init] as const,
    );
  const withKey = (served: Served, more: object = {}) => ({ headers: { "x-api-key": served.key("acme") }, ...more });

  const pets: Shown = [200, { from: "mock", price: "$5 #1" }];
  const unreachable: Shown = [504, { message: "Network error communicating with endpoint" }];

  test.each<[string, (page: Page, served: Served) => Promise<Shown>, [Shown, Shown, Shown]]>([
    [
      "a mock, which the preflight lets through",
      (page, served) => fetched(page, served, "/pets", withKey(served)),
      [pets, pets, "blocked"],
    ],
    [
      "a mock without a key, which is asked without a preflight",
      (page, served) => fetched(page, served, "/health"),
      [[200, ""], [200, ""], "blocked"],
    ],
    [
      "a backend that chooses the origin itself",
      (page, served) => fetched(page, served, "/toys", withKey(served)),
      [[200, { from: "backend" }], [200, { from: "backend" }], "blocked"],
    ],
    // API Gateway cannot choose here: what it answers without a key, anybody may know.
    [
      "no key, of which every page may read",
      (page, served) => fetched(page, served, "/pets"),
      [FORBIDDEN, FORBIDDEN, FORBIDDEN],
    ],
    [
      "a burst",
      async (page, served) => {
        for (let sent = 0; sent < 20; sent++) await fetched(page, served, "/pets", withKey(served));
        return fetched(page, served, "/pets", withKey(served));
      },
      [[429, { message: "Too Many Requests" }], [429, { message: "Too Many Requests" }], "blocked"],
    ],
    [
      "a backend that is not there",
      (page, served) => fetched(page, served, "/broken", withKey(served)),
      [unreachable, unreachable, "blocked"],
    ],
  ])("%s", async (_, ask, expected) => {
    expect(await shown({}, ask)).toEqual(expected);
  });

  test("with cookies, answers are for the origin that asks, and API Gateway's own for the first alone", async () => {
    const cookies = { credentials: "include" };
    const cors = { allowCredentials: true };
    expect(await shown(cors, (page, served) => fetched(page, served, "/pets", withKey(served, cookies)))).toEqual([
      pets,
      pets,
      "blocked",
    ]);
    expect(await shown(cors, (page, served) => fetched(page, served, "/pets", cookies))).toEqual([
      FORBIDDEN,
      "blocked",
      "blocked",
    ]);
  });
});
