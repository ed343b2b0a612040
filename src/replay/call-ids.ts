/** 32 bits of an id's bytes, of which not all are 0; 0 stands for a call without an id. */
export function hashOfId(bytes: Uint8Array, from: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - from);
  for (let at = from; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0 || 1;
}
