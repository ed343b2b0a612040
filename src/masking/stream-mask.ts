import { type KnownValues, MASK } from "./known-values";

/**
 * What a terminal does not show, and what a program may put into the middle of a value: colors and other control sequences,
 * and the end of a line with the indentation of the next.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences of a terminal
const INVISIBLE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]{0,4096}(?:\u0007|\u001b\\))|\r?\n[ \t]*/g;
/** The begin of such a sequence at the end of a text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences of a terminal
const CUT = /(?:\u001b(?:\[[0-?]*[ -/]*|\][^\u0007\u001b]{0,4096}\u001b?)?|\r|\r?\n[ \t]{0,4096})$/;

/**
 * Masks known values in a byte stream, wherever its chunks are cut. A value is found too where a color or the end of a line
 * stands in it. All other bytes stay as they are.
 */
export class StreamMask {
  private raw = "";

  constructor(private readonly known: KnownValues) {}

  /** @returns what can be printed so far, as a byte string */
  push(chunk: string): string {
    this.raw += chunk;
    return this.take(false);
  }

  /** @returns what is left */
  end(): string {
    return this.take(true);
  }

  private take(isEnd: boolean): string {
    const { raw } = this;
    const cut = isEnd ? raw.length : raw.length - (CUT.exec(raw)?.[0].length ?? 0);
    const { text, positions } = visible(raw.slice(0, cut));
    let masked = "";
    let copied = 0;
    let at = 0;
    for (; at < text.length; at++) {
      if (!isEnd && this.known.mayGoOn(text, at)) break;
      const length = this.known.lengthAt(text, at);
      if (length === 0) continue;
      const first = positions[at] as number;
      const last = positions[at + length - 1] as number;
      masked += raw.slice(copied, first) + MASK + (raw.slice(first, last).match(INVISIBLE) ?? []).join("");
      copied = last + 1;
      at += length - 1;
    }
    const end = at < text.length ? (positions[at] as number) : cut;
    this.raw = raw.slice(end);
    return masked + raw.slice(copied, end);
  }
}

/** The characters that are shown, and where each stands. */
function visible(raw: string): { readonly text: string; readonly positions: Uint32Array } {
  const positions = new Uint32Array(raw.length);
  let text = "";
  let from = 0;
  const add = (to: number) => {
    for (let at = from; at < to; at++) positions[text.length + at - from] = at;
    text += raw.slice(from, to);
  };
  for (const match of raw.matchAll(INVISIBLE)) {
    add(match.index);
    from = match.index + match[0].length;
  }
  add(raw.length);
  return { text, positions };
}
