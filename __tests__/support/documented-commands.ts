import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The pages whose commands are run. */
export const PAGES_WITH_COMMANDS = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name))
    .sort(),
];

/** A block of commands, as a page shows it: fenced, and marked as `sh`. */
export interface CommandBlock {
  readonly page: string;
  readonly line: number;
  readonly text: string;
  /** Why it is not run; `undefined` where it is. */
  readonly notRun: string | undefined;
  /** Whether it needs AWS: everything that is synthesized is deployed to an emulator before. */
  readonly emulator: boolean;
  /** Whether each line starts a server, which is ended once it says where it listens. */
  readonly serves: boolean;
  /** Where it is run, from the root of the clone. */
  readonly folder: string;
}

/**
 * The blocks of a page. A comment before a block says how it is run: `<!-- sh: emulator -->`, `<!-- sh: serves -->`,
 * `<!-- sh: in examples/traffic -->`, or `<!-- sh: not run: why -->`. Without one, it is run as it stands, in a clone of this project that is synthesized.
 *
 * @throws Error for a comment that is none of these
 */
export function commandBlocks(page: string, text = readFileSync(page, "utf8")): CommandBlock[] {
  const fences = /(?:^<!-- sh: (.*?) -->\n+)?^( *)```(?:sh|bash|shell|console)\b[^\n]*\n([\s\S]*?)^\2```$/gm;
  return [...text.matchAll(fences)].map((match) => {
    const [whole, marker, , commands = ""] = match;
    const line = text.slice(0, (match.index ?? 0) + whole.indexOf("```")).split("\n").length;
    return { page, line, text: commands, ...readMarker(marker, `${page}:${line}`) };
  });
}

function readMarker(marker: string | undefined, place: string): Omit<CommandBlock, "page" | "line" | "text"> {
  const plain = { notRun: undefined, emulator: false, serves: false, folder: "." };
  if (marker === undefined) return plain;
  const [, why] = /^not run: (.+)$/.exec(marker) ?? [];
  if (why !== undefined) return { ...plain, notRun: why };
  const words = marker.split(", ");
  const [folder = plain.folder] = words.flatMap((word) => /^in (\S+)$/.exec(word)?.[1] ?? []);
  const unknown = words.filter((word) => !["emulator", "serves", `in ${folder}`].includes(word));
  if (unknown.length > 0)
    throw new Error(
      `${place}: "${unknown.join(", ")}" is unknown; write "emulator", "serves", "in <folder>", or "not run: why"`,
    );
  return { ...plain, emulator: words.includes("emulator"), serves: words.includes("serves"), folder };
}

/** Nobody is there to agree to a deploy, and there may be no network. */
export const withoutQuestions = (commands: string): string =>
  commands.replaceAll(
    /\b(cdktf (?:deploy|destroy)\b[^#&|\n]*?)( *)(?=[#&|\n]|$)/g,
    (_, command: string, blank: string) => {
      const flags = ["--auto-approve", "--skip-provider-lock"].filter((flag) => !command.includes(flag));
      return `${[command, ...flags].join(" ")}${blank}`;
    },
  );
