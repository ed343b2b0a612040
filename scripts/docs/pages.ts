import { catalogPage } from "./catalog-page";
import { commandsPage } from "./commands-page";
import { rulesPage } from "./rules-page";

/** The pages that are written from the sources, by file. */
export const PAGES: ReadonlyMap<string, () => string> = new Map([
  ["docs/reference/catalog.md", catalogPage],
  ["docs/reference/commands.md", commandsPage],
  ["docs/reference/review-rules.md", rulesPage],
]);
