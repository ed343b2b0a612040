import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds in a page: its rules, each with the first elements that it holds against. */
export async function violations(page: Page): Promise<unknown> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const found = await axe.run();
    return found.violations.map(({ id, nodes }) => [
      id,
      nodes.slice(0, 5).map(({ html, failureSummary }) => [html, failureSummary]),
    ]);
  });
}
