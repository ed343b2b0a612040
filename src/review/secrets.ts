import { isMap } from "../catalog/shape";

/** Terraform's own words for what it does not show. */
export const MASK = "(sensitive value)";

/** A shorter text may be a word of any sentence; it is not shown where it is sensitive, and not looked for elsewhere. */
const SHORTEST = 6;

/** Values that nobody may read, and how to take them out of a text. */
export class Secrets {
  /** By their first characters, the longest first: there may be ten thousand. */
  private readonly values = new Map<string, string[]>();

  /** Whether a text is a secret, as a whole. */
  has(text: string): boolean {
    return this.values.get(text.slice(0, SHORTEST))?.includes(text) ?? false;
  }

  add(value: unknown): void {
    if (typeof value === "string") this.addText(value);
    else if (Array.isArray(value)) for (const each of value) this.add(each);
    else if (isMap(value)) for (const each of Object.values(value)) this.add(each);
  }

  private addText(value: string): void {
    if (value.length < SHORTEST || this.has(value)) return;
    const start = value.slice(0, SHORTEST);
    const others = this.values.get(start) ?? [];
    this.values.set(
      start,
      [...others, value].sort((a, b) => b.length - a.length),
    );
  }

  /** The text with a mask in the place of each secret. */
  mask(text: string): string {
    if (this.values.size === 0) return text;
    let masked = "";
    let copied = 0;
    for (let at = 0; at + SHORTEST <= text.length; at++) {
      const found = this.values.get(text.slice(at, at + SHORTEST))?.find((value) => text.startsWith(value, at));
      if (found === undefined) continue;
      masked += text.slice(copied, at) + MASK;
      copied = at + found.length;
      at = copied - 1;
    }
    return masked + text.slice(copied);
  }

  /** The same data with each text masked, names of fields included. */
  maskAll<Data>(data: Data): Data {
    const masked = (value: unknown): unknown => {
      if (typeof value === "string") return this.mask(value);
      if (Array.isArray(value)) return value.map(masked);
      if (!isMap(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [this.mask(name), masked(each)]));
    };
    return this.values.size === 0 ? data : (masked(data) as Data);
  }
}
