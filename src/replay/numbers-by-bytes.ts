import type { FoundValues } from "../logs/quick-format";

/** Stands between values: no value that is found has it. */
const QUOTE = 0x22;
const SMALLEST = 1024;
const FREE = -1;

/** Numbers by the bytes of several values of a line, of which no text is made. */
export class NumbersByBytes {
  /** Indices of entries, at the place that their hash says or at the next one that is free. */
  private slots = new Int32Array(SMALLEST).fill(FREE);
  private readonly hashes: number[] = [];
  private readonly numbers: number[] = [];
  /** Where the bytes of an entry begin. */
  private readonly begins: number[] = [];
  private bytes = Buffer.alloc(64 * SMALLEST);
  private used = 0;

  /** @param values how many of those that are found count, from the first one on */
  constructor(private readonly values: number) {}

  /** @returns `undefined` for values that have no number so far */
  get(bytes: Uint8Array, found: FoundValues): number | undefined {
    const { slots, hashes } = this;
    const hash = this.hashOf(bytes, found);
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot] as number;
      if (entry === FREE) return undefined;
      if (hashes[entry] === hash && this.isEqual(entry, bytes, found)) return this.numbers[entry];
    }
  }

  /** Gives a number to values that have none. */
  set(bytes: Uint8Array, found: FoundValues, number: number): void {
    this.begins.push(this.used);
    this.hashes.push(this.hashOf(bytes, found));
    this.keep(bytes, found);
    this.insert(this.numbers.push(number) - 1);
    if (this.numbers.length * 2 <= this.slots.length) return;
    this.slots = new Int32Array(this.slots.length * 2).fill(FREE);
    for (let entry = 0; entry < this.numbers.length; entry++) this.insert(entry);
  }

  private insert(entry: number): void {
    const mask = this.slots.length - 1;
    let slot = (this.hashes[entry] as number) & mask;
    while (this.slots[slot] !== FREE) slot = (slot + 1) & mask;
    this.slots[slot] = entry;
  }

  private hashOf(bytes: Uint8Array, { from, end }: FoundValues): number {
    let hash = 0;
    for (let value = 0; value < this.values; value++) {
      const last = end[value] as number;
      for (let at = from[value] as number; at < last; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
      hash = Math.imul(hash ^ QUOTE, 0x01000193);
    }
    return (hash ^ (hash >>> 15)) | 0;
  }

  private isEqual(entry: number, bytes: Uint8Array, { from, end }: FoundValues): boolean {
    const kept = this.bytes;
    let there = this.begins[entry] as number;
    for (let value = 0; value < this.values; value++) {
      const last = end[value] as number;
      for (let at = from[value] as number; at < last; at++) if (kept[there++] !== bytes[at]) return false;
      if (kept[there++] !== QUOTE) return false;
    }
    return true;
  }

  private keep(bytes: Uint8Array, { from, end }: FoundValues): void {
    for (let value = 0; value < this.values; value++) {
      const first = from[value] as number;
      const last = end[value] as number;
      while (this.used + last - first + 1 > this.bytes.length)
        this.bytes = Buffer.concat([this.bytes], 2 * this.bytes.length);
      this.bytes.set(bytes.subarray(first, last), this.used);
      this.used += last - first;
      this.bytes[this.used++] = QUOTE;
    }
  }
}
