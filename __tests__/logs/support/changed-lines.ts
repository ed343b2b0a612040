import fc from "fast-check";

/** What may come into a line, or take the place of a byte of it. */
const pieces = fc.oneof(
  fc.constantFrom(
    '"',
    "\\",
    '\\"',
    "\\u0041",
    "\n",
    "\r",
    " ",
    "-",
    "}{",
    "é",
    "\u2028",
    "\ufeff",
    '"}{"requestId":"',
    "\0",
    "0",
    "A",
  ),
  fc.integer({ min: 0, max: 255 }).map((byte) => Buffer.from([byte])),
);

interface Change {
  readonly at: number;
  readonly removed: number;
  readonly piece: string | Buffer;
}

const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({
    at: fc.nat(600),
    removed: fc.constantFrom(0, 0, 1, 1, 5, 1000),
    piece: fc.oneof(fc.constant(""), pieces),
  }),
  { maxLength: 2 },
);

/** Lines of which bytes are changed, added or missing, or none. */
export const changedLines = (lines: fc.Arbitrary<string>): fc.Arbitrary<Buffer> =>
  fc.tuple(lines, fc.oneof(fc.constant([]), changes)).map(([line, all]) =>
    all.reduce<Buffer>((bytes, { at, removed, piece }) => {
      const from = at % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, from), Buffer.from(piece), bytes.subarray(from + removed)]);
    }, Buffer.from(line)),
  );
