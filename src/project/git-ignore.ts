import type { MergedText } from "./package-json";

/** What is made from the project, or holds keys in clear text: states and plans. */
const IGNORED = ["node_modules/", "cdktf.out/", ".terraform/", "*.tfstate", "*.tfstate.*", "*.tfplan", "plans/"];

/**
 * The `.gitignore` of a project: lines are added at its end where they are missing.
 *
 * @param before the file as it stands; `undefined` where there is none
 */
export function mergeGitIgnore(before: string | undefined): MergedText {
  const lines = (before ?? "").split(/\r?\n/).map((line) => line.trim());
  const isThere = (pattern: string) => {
    const name = pattern.replace(/\/$/, "");
    return [name, `${name}/`, `/${name}`, `/${name}/`].some((each) => lines.includes(each));
  };
  const added = IGNORED.filter((pattern) => !isThere(pattern));
  if (added.length === 0) return { text: before ?? "", added, kept: [] };
  const start = before === undefined || before === "" || before.endsWith("\n") ? (before ?? "") : `${before}\n`;
  return { text: `${start}${added.join("\n")}\n`, added, kept: [] };
}
