import { type FileHandle, open, stat } from "node:fs/promises";
import type { LineKind } from "../logs/line-notes";
import { isObject } from "../vocabulary/objects";
import type { CallKind, Traffic, TrafficDay } from "./traffic";

/** Where a noted line is: the digest of its source, and its number there. */
export type KeptPlace = readonly [digest: string, line: number];

/** What notes of a file say: files may be called otherwise when it is read. */
export type KeptNotes = Readonly<
  Partial<Record<LineKind, { readonly count: number; readonly places: readonly KeptPlace[] }>>
>;

/** Traffic as a file keeps it. */
export interface KeptTraffic extends Pick<Traffic, "kinds" | "days"> {
  readonly reading: Omit<Traffic["reading"], "notes"> & { readonly notes: KeptNotes };
}

/** Of the file's form, and of what the calls of logs are: a change of either makes other files. */
export const FILE_VERSION = 4;

const MAGIC = 0x31725461;
const NUMBERS = { magic: 0, header: 1, headerSum: 2, callsSum: 3 } as const;
const PREFIX = Object.keys(NUMBERS).length;
const BYTES = Uint32Array.BYTES_PER_ELEMENT;

interface Header extends Pick<KeptTraffic, "kinds" | "reading"> {
  readonly version: number;
  readonly days: readonly { readonly day: number; readonly calls: number }[];
}

/** Writes traffic: four numbers, a header of JSON, and then the times and the kinds of each day as they are in memory. */
export async function writeTraffic(file: FileHandle, { kinds, days, reading }: KeptTraffic): Promise<void> {
  const counts = days.map(({ day, times }) => ({ day, calls: times.length }));
  const header = Buffer.from(JSON.stringify({ version: FILE_VERSION, kinds, reading, days: counts } satisfies Header));
  const padded = Buffer.concat([header], Math.ceil(header.length / BYTES) * BYTES);
  padded.fill(" ", header.length);
  const numbers = new Uint32Array(PREFIX);
  numbers[NUMBERS.magic] = MAGIC;
  numbers[NUMBERS.header] = padded.length;
  numbers[NUMBERS.headerSum] = sumOf(padded, 0);
  numbers[NUMBERS.callsSum] = sumOfCalls(days);
  await writeAll(file, numbers);
  await writeAll(file, padded);
  for (const { times, kinds: each } of days) {
    await writeAll(file, times);
    await writeAll(file, each);
  }
}

/** Whether a file begins as those that `writeTraffic` writes. */
export async function isTrafficFile(path: string): Promise<boolean> {
  // What is read from a pipe is gone.
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  const file = isFile ? await open(path).catch(() => undefined) : undefined;
  if (!file) return false;
  try {
    const first = new Uint32Array(1);
    const { bytesRead } = await file.read(new Uint8Array(first.buffer), 0, BYTES, 0).catch(() => ({ bytesRead: 0 }));
    return bytesRead === BYTES && first[0] === MAGIC;
  } finally {
    await file.close();
  }
}

/**
 * Reads what `writeTraffic` wrote.
 *
 * @returns `undefined` for a file that does not exist, and "damaged" for one that is not whole, or of another version
 */
export async function readTrafficFile(path: string): Promise<KeptTraffic | "damaged" | undefined> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : "damaged";
  }
  try {
    return (await readWhole(file)) ?? "damaged";
  } catch {
    return "damaged";
  } finally {
    await file.close();
  }
}

async function readWhole(file: FileHandle): Promise<KeptTraffic | undefined> {
  const { size } = await file.stat();
  const numbers = await readNumbers(file, PREFIX, 0);
  const length = numbers[NUMBERS.header] as number;
  let at = PREFIX * BYTES;
  if (numbers[NUMBERS.magic] !== MAGIC || at + length > size) return undefined;
  const text = Buffer.from((await readNumbers(file, length / BYTES, at)).buffer);
  if (sumOf(text, 0) !== numbers[NUMBERS.headerSum]) return undefined;
  const header: unknown = JSON.parse(text.toString());
  if (!isObject(header) || header.version !== FILE_VERSION) return undefined;
  const { kinds, days: counts, reading } = header as unknown as Header;
  at += length;
  if (at + counts.reduce((sum, { calls }) => sum + calls, 0) * 2 * BYTES !== size) return undefined;
  const days: TrafficDay[] = [];
  for (const { day, calls } of counts) {
    const times = await readNumbers(file, calls, at);
    days.push({ day, times, kinds: await readNumbers(file, calls, at + calls * BYTES) });
    at += 2 * calls * BYTES;
  }
  return sumOfCalls(days) === numbers[NUMBERS.callsSum] ? { kinds: kinds.map(wholeKind), days, reading } : undefined;
}

/** JSON leaves out what a kind does not have. */
const wholeKind = ({ key, hasKeyValue, api, stage, method, path, status, errorType }: CallKind): CallKind => ({
  key,
  ...(hasKeyValue && { hasKeyValue }),
  api,
  stage,
  method,
  path,
  status,
  errorType,
});

async function writeAll(file: FileHandle, { buffer, byteOffset, byteLength }: ArrayBufferView): Promise<void> {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

/** @throws Error for a file that ends before */
async function readNumbers(file: FileHandle, count: number, from: number): Promise<Uint32Array> {
  const numbers = new Uint32Array(count);
  const bytes = new Uint8Array(numbers.buffer);
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, from + at);
    if (bytesRead === 0) throw new Error("the file is not complete");
    at += bytesRead;
  }
  return numbers;
}

const sumOfCalls = (days: readonly TrafficDay[]): number =>
  days.reduce((sum, { times, kinds }) => sumOf(kinds, sumOf(times, sum)), 0);

/** A number that is another one, most likely, if one of the numbers is. */
function sumOf(numbers: Uint32Array | Uint8Array, before: number): number {
  let sum = before;
  for (let index = 0; index < numbers.length; index++)
    sum = Math.imul(sum ^ (numbers[index] as number), 0x01000193) ^ (sum >>> 15);
  return sum >>> 0;
}
