import { bytes, formsOf, SHORTEST } from "./encodings";

/** Terraform's own words for what it does not show. */
export const MASK = "(sensitive value)";

/** Whether a value is too short to be looked for: it is a part of many words. */
export const isTooShort = (value: string): boolean => value !== "" && value.length < SHORTEST;

/** Values that must not be printed, and where they stand in a text. */
export class KnownValues {
  private readonly forms = new Set<string>();
  /** Lengths of forms by their first characters: there may be ten thousand forms, and all may begin alike. */
  private readonly lengths = new Map<string, Set<number>>();
  /** Beginnings of forms, by which the end of a text may be the begin of a value. */
  private readonly beginnings = new Set<string>();
  /** Characters of the longest form. */
  private longest = 0;
  private readonly added = new Set<string>();
  /** Values whose forms nobody has looked for yet. */
  private unformed: string[] = [];

  constructor(values: Iterable<string> = []) {
    for (const value of values) this.add(value);
  }

  /** How many values there are. */
  get size(): number {
    return this.added.size;
  }

  /** Adds a value in all its forms; a value of fewer than 6 characters is ignored. */
  add(value: string): void {
    if (value.length < SHORTEST || this.added.has(value)) return;
    this.added.add(value);
    this.unformed.push(value);
  }

  /** Whether there is anything to look for; makes the forms that are not made yet. */
  private hasForms(): boolean {
    if (this.unformed.length > 0) {
      for (const value of this.unformed) for (const form of formsOf(value)) this.addForm(form);
      this.unformed = [];
    }
    return this.forms.size > 0;
  }

  private addForm(form: string): void {
    this.forms.add(form);
    const start = form.slice(0, SHORTEST);
    const lengths = this.lengths.get(start);
    if (lengths) lengths.add(form.length);
    else {
      this.lengths.set(start, new Set([form.length]));
      for (let length = 1; length < SHORTEST; length++) this.beginnings.add(form.slice(0, length));
    }
    this.longest = Math.max(this.longest, form.length);
  }

  /** Length of the longest form at a position of a byte string; 0 for none. */
  lengthAt(text: string, position: number): number {
    if (!this.hasForms()) return 0;
    let longest = 0;
    for (const length of this.lengths.get(text.slice(position, position + SHORTEST)) ?? [])
      if (length > longest && this.forms.has(text.slice(position, position + length))) longest = length;
    return longest;
  }

  /** Whether a form may begin at a position and go on after the end of the text. */
  mayGoOn(text: string, position: number): boolean {
    if (!this.hasForms() || text.length - position >= this.longest) return false;
    const rest = text.slice(position, position + SHORTEST);
    if (rest.length < SHORTEST) return this.beginnings.has(rest);
    return [...(this.lengths.get(rest) ?? [])].some((length) => length > text.length - position);
  }

  /** Whether one of the values stands in a text, in any form. */
  isIn(text: string): boolean {
    if (text.length < SHORTEST || !this.hasForms()) return false;
    const raw = bytes(text);
    for (let at = 0; at + SHORTEST <= raw.length; at++) if (this.lengthAt(raw, at) > 0) return true;
    return false;
  }

  /** The text with a mask in the place of each value. */
  mask(text: string): string {
    if (!this.hasForms()) return text;
    const raw = bytes(text);
    let masked = "";
    let copied = 0;
    for (let at = 0; at + SHORTEST <= raw.length; at++) {
      const length = this.lengthAt(raw, at);
      if (length === 0) continue;
      masked += raw.slice(copied, at) + MASK;
      copied = at + length;
      at = copied - 1;
    }
    return copied === 0 ? text : Buffer.from(masked + raw.slice(copied), "latin1").toString("utf8");
  }
}
