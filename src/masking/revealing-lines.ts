import { keysIn } from "../text/like-a-key";
import { type KnownValues, MASK } from "./known-values";
import { KEY_RESOURCES } from "./secret-values";

/** The first line of a resource, as Terraform shows it, with or without a change before it. */
const HEADER = /\b(?:resource|data|ephemeral) "([a-z0-9_]+)"/;
/** An attribute called `value` of a resource, and what it was and becomes. */
const VALUE = /\bvalue(?:_wo)?\s*=\s*(.*)$/;
const QUOTED = /"((?:[^"\\]|\\.)*)"/g;
/** `"value": "…"`, in JSON and in JSON that stands in a string, as debug logs have it. */
const JSON_VALUE = /\\*"value(?:_wo)?\\*"\s*:\s*\\*"((?:[^"\\]|\\[^"])+)\\*"/gi;
/** An output, at the begin of a line or after the name of the stack that cdktf prints. */
const OUTPUT = /^(?:[\w.-]+ {2})?[A-Za-z_][\w-]*\s*=\s/;
const OUTPUTS = /(?:^|\s)(?:Changes to )?Outputs:\s*$/;
/** What Terraform prints after outputs. */
const AFTER_OUTPUTS = /(?:^|\s{2})(?:Plan:|Apply complete!|You can apply|Note:|Terraform |[─╷│])/;
const HEREDOC = /<<[-~]?([A-Za-z_]\w*)\s*(?:#.*)?(?:->.*)?$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colors of a terminal
const COLOR = /\u001b\[[0-?]*[ -/]*[@-~]/g;

/**
 * Reads Terraform output line by line for what it reveals itself: values of key resources are added to the known ones.
 * With `suspicious`, it also masks in place what it cannot know to be harmless: all outputs, all of a heredoc in one, and
 * whatever looks like a key.
 */
export class RevealingLines {
  private inKeyResource = false;
  private inOutputs = false;
  private heredoc: string | undefined;

  constructor(
    private readonly known: KnownValues,
    private readonly suspicious: boolean,
  ) {}

  /** @returns the line, as a byte string like the argument */
  read(line: string): string {
    const plain = line.replace(COLOR, "");
    this.learn(plain);
    return this.suspicious ? this.masked(line, plain) : line;
  }

  private learn(plain: string): void {
    const [, type] = HEADER.exec(plain) ?? [];
    if (type !== undefined) this.inKeyResource = KEY_RESOURCES.test(type);
    const [, values = ""] = (this.inKeyResource && VALUE.exec(plain)) || [];
    for (const [, value = ""] of values.matchAll(QUOTED)) this.known.add(unbytes(value));
    for (const [, value = ""] of plain.matchAll(JSON_VALUE))
      if (/^[A-Za-z0-9]{20,}$/.test(value)) this.known.add(value);
  }

  private masked(line: string, plain: string): string {
    const trimmed = plain.trim();
    if (this.heredoc !== undefined) {
      if (trimmed !== this.heredoc) return trimmed === "" ? line : replaced(line, trimmed);
      this.heredoc = undefined;
      return line;
    }
    if (OUTPUTS.test(plain) || OUTPUT.test(plain)) this.inOutputs = true;
    else if (AFTER_OUTPUTS.test(plain)) this.inOutputs = false;
    if (this.inOutputs) {
      this.heredoc = HEREDOC.exec(plain)?.[1];
      const equals = plain.search(/=/);
      const value = equals < 0 ? trimmed : plain.slice(equals + 1);
      for (const [whole, text = ""] of value.matchAll(QUOTED)) if (text !== "") this.hide(whole.slice(1, -1));
    }
    for (const found of keysIn(plain)) this.hide(found);
    for (const [, value = ""] of plain.matchAll(JSON_VALUE)) this.hide(value);
    return line;
  }

  private hide(raw: string): void {
    this.known.add(unbytes(raw));
  }
}

/** A line that is not shown at all, with its indentation. */
const replaced = (line: string, trimmed: string): string =>
  line.includes(trimmed) ? line.replace(trimmed, () => MASK) : `${MASK}${/\r?\n$/.exec(line)?.[0] ?? ""}`;

const unbytes = (raw: string): string => Buffer.from(raw, "latin1").toString("utf8");
