import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** A browser for the tests of a block, of which each fails where a page complains, or asks for anything but its own file. */
export class PagesInBrowser {
  private browser: Browser | undefined;
  private folder = "";
  private readonly problems: string[] = [];

  constructor() {
    beforeAll(async () => {
      this.browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
      this.folder = mkdtempSync(join(tmpdir(), "page-"));
    });
    afterAll(async () => {
      await this.browser?.close();
      rmSync(this.folder, { recursive: true });
    });
    beforeEach(() => void this.takeProblems());
    afterEach(() => expect(this.problems).toEqual([]));
  }

  /** What was complained about so far, for a test that wants it. */
  takeProblems(): string[] {
    return this.problems.splice(0);
  }

  async open(html: string, options: BrowserContextOptions): Promise<Page> {
    const { browser, problems } = this;
    if (!browser) throw new Error("the browser is there once the tests run");
    const file = join(this.folder, "page.html");
    writeFileSync(file, html);
    const page = await browser.newPage({ viewport: { width: 1_280, height: 900 }, ...options });
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("dialog", (dialog) => problems.push(dialog.message()));
    page.on("request", (request) => {
      if (request.url() !== pathToFileURL(file).href) problems.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    return page;
  }
}

/** The cells of each row of a table, by the id of its heading. */
export async function rowsIn(page: Page, id: string): Promise<string[][]> {
  const found = await page.locator(`[aria-labelledby=${id}] tbody tr`).all();
  return Promise.all(
    found.map(async (row) => (await row.locator("th, td").allInnerTexts()).map((text) => text.trim())),
  );
}
