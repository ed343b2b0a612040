import { KnownValues } from "./known-values";
import { RevealingLines } from "./revealing-lines";
import { StreamMask } from "./stream-mask";

/** A longer line is read in parts, so that memory stays bounded. */
const LONGEST_LINE = 1 << 20;
/** A part ends where no key can stand across it. */
const BETWEEN_WORDS = /[^A-Za-z0-9"\\][^A-Za-z0-9]*$/;

export interface TextMaskOptions {
  /** Values of a plan or a state; see `secretValues`. */
  readonly values?: Iterable<string>;
  /**
   * Whether `values` are all that the text may hold. Otherwise whatever may be one is masked too: outputs, and what looks like
   * a key.
   */
  readonly vouched: boolean;
}

/** Masks secret values in Terraform output, chunk by chunk. Bytes that are not secret stay as they are. */
export class TextMask {
  private readonly stream: StreamMask;
  private readonly lines: RevealingLines;
  private line = "";

  constructor({ values = [], vouched }: TextMaskOptions) {
    const known = new KnownValues(values);
    this.stream = new StreamMask(known);
    this.lines = new RevealingLines(known, !vouched);
  }

  /** @returns what can be printed so far */
  push(chunk: Uint8Array): Buffer {
    const text = this.line + Buffer.from(chunk).toString("latin1");
    const end = text.lastIndexOf("\n") + 1;
    const lines = text.slice(0, end).match(/[^\n]*\n/g) ?? [];
    this.line = text.slice(end);
    const whole = lines.map((line) => this.lines.read(line)).join("");
    return Buffer.from(this.stream.push(whole + this.longLine()), "latin1");
  }

  /** @returns what is left */
  end(): Buffer {
    const last = this.line === "" ? "" : this.lines.read(this.line);
    this.line = "";
    return Buffer.from(this.stream.push(last) + this.stream.end(), "latin1");
  }

  private longLine(): string {
    if (this.line.length < LONGEST_LINE) return "";
    const end = this.line.length - (BETWEEN_WORDS.exec(this.line.slice(-4_096))?.[0].length ?? 0);
    const part = this.line.slice(0, end);
    this.line = this.line.slice(end);
    return this.lines.read(part);
  }
}

/** A whole text, masked. */
export function maskText(text: string, options: TextMaskOptions): string {
  const mask = new TextMask(options);
  return Buffer.concat([mask.push(Buffer.from(text)), mask.end()]).toString();
}
