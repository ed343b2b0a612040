import { isObject } from "../vocabulary/objects";

/** Terraform's own words for what it does not show. */
export const MASK = "(sensitive value)";

/** A shorter text may be a word of any sentence; it is not shown where it is sensitive, and not looked for elsewhere. */
const SHORTEST = 6;

/** Values that nobody may read, and how to take them out of a text. */
export class Secrets {
  /** By their first characters, then by their length: there may be ten thousand, and all may begin alike. */
  private readonly values = new Map<string, Map<number, Set<string>>>();

  add(value: unknown): void {
    if (typeof value === "string") this.addText(value);
    else if (Array.isArray(value)) for (const each of value) this.add(each);
    else if (isObject(value)) for (const each of Object.values(value)) this.add(each);
  }

  private addText(value: string): void {
    if (value.length < SHORTEST) return;
    const start = value.slice(0, SHORTEST);
    const lengths = this.values.get(start) ?? new Map<number, Set<string>>();
    const alike = lengths.get(value.length) ?? new Set<string>();
    this.values.set(start, lengths.set(value.length, alike.add(value)));
  }

  /** The text with a mask in the place of each secret. */
  mask(text: string): string {
    if (this.values.size === 0) return text;
    let masked = "";
    let copied = 0;
    for (let at = 0; at + SHORTEST <= text.length; at++) {
      const length = this.lengthOfSecret(text, at);
      if (length === 0) continue;
      masked += text.slice(copied, at) + MASK;
      copied = at + length;
      at = copied - 1;
    }
    return masked + text.slice(copied);
  }

  /** How long the longest secret is that stands at a place of a text; 0 for none. */
  private lengthOfSecret(text: string, at: number): number {
    let longest = 0;
    for (const [length, values] of this.values.get(text.slice(at, at + SHORTEST)) ?? [])
      if (length > longest && values.has(text.slice(at, at + length))) longest = length;
    return longest;
  }

  /** The same data with each text masked, names of fields included. */
  maskAll<Data>(data: Data): Data {
    const masked = (value: unknown): unknown => {
      if (typeof value === "string") return this.mask(value);
      if (Array.isArray(value)) return value.map(masked);
      if (!isObject(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [this.mask(name), masked(each)]));
    };
    return this.values.size === 0 ? data : (masked(data) as Data);
  }
}
