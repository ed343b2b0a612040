/** How bytes begin, and all of them, of which nothing was taken away. */
export interface Peeked {
  /** Fewer than were asked for where there are no more. */
  readonly begin: Buffer;
  readonly whole: AsyncIterable<Buffer>;
}

/** Looks at the first bytes of a source, which is read on from there. */
export async function peeked(source: AsyncIterable<Buffer>, length: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  let read = Buffer.alloc(0);
  while (read.length < length) {
    const { done, value } = await iterator.next();
    if (done) break;
    read = Buffer.concat([read, value]);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    if (read.length > 0) yield read;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { begin: read.subarray(0, length), whole: whole() };
}
