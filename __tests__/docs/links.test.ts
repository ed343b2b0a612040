import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** The pages that a person reads. */
const PAGES = [
  ...readdirSync(".").filter((name) => name.endsWith(".md")),
  ...["docs", "handlers", "bench", "examples"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
      .map((name) => join(folder, name)),
  ),
].filter((page) => statSync(page).isFile());

/** Without blocks of code, in which brackets are not links. */
const prose = (page: string): string => readFileSync(page, "utf8").replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, "");

/** Anchors as GitHub makes them of the headings of a page. */
function anchors(page: string): string[] {
  const seen = new Map<string, number>();
  return [...prose(page).matchAll(/^#+ +(.+)$/gm)].map(([, heading = ""]) => {
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = text.replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(/\s/g, "-");
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

/** What is wrong with the relative links of a page. */
function brokenLinks(page: string): string[] {
  const links = [...prose(page).matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)|^\[[^\]]+\]: +(\S+)$/gm)];
  return links
    .map(([, inline, reference]) => inline ?? reference ?? "")
    .filter((link) => !/^[a-z][a-z0-9+.-]*:/i.test(link))
    .flatMap((link) => {
      const [path = "", anchor] = decodeURI(link).split("#");
      const file = path === "" ? page : join(dirname(page), path);
      if (!existsSync(file)) return [`${page}: ${link}: ${file} does not exist`];
      if (anchor === undefined || !file.endsWith(".md") || anchors(file).includes(anchor)) return [];
      return [`${page}: ${link}: ${file} has no heading "${anchor}"`];
    });
}

test("the README is among the pages", () => {
  expect(PAGES).toContain("README.md");
});

test.each(PAGES)("every relative link of %s leads to a file and to a heading of it", (page) => {
  expect(brokenLinks(page)).toEqual([]);
});
