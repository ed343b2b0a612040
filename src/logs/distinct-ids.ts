const SMALLEST = 1024;

/** Ids that have come, of which 8 bytes are kept: of ten million, two are taken for one in a run of two hundred thousand. */
export class DistinctIds {
  private slots = new Uint32Array(2 * SMALLEST);
  private count = 0;

  /** @returns whether it has not come before */
  add(id: string): boolean {
    const [high, low] = hashOf(id);
    const isNew = this.insert(high, low);
    if (isNew && ++this.count * 2 > this.slots.length / 2) this.grow();
    return isNew;
  }

  private insert(high: number, low: number): boolean {
    const mask = this.slots.length / 2 - 1;
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const there = this.slots[2 * at] ?? 0;
      if (there === 0 && this.slots[2 * at + 1] === 0) {
        this.slots[2 * at] = high;
        this.slots[2 * at + 1] = low;
        return true;
      }
      if (there === high && this.slots[2 * at + 1] === low) return false;
    }
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += 2) {
      const [high = 0, low = 0] = before.subarray(at, at + 2);
      if (high !== 0 || low !== 0) this.insert(high, low);
    }
  }
}

/** 64 bits of a text, of which not all are 0. */
export function hashOf(text: string): readonly [high: number, low: number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return [a >>> 0 || 1, b >>> 0];
}
