import { SharedTexts } from "../../text/shared-texts";
import { show } from "../../text/show";
import type { UsageDay } from "../usage-day";
import { FolderFiles } from "./folder-files";
import { S3Files } from "./s3-files";
import { isStoreName, type StoredText, type StoreFiles } from "./store-files";
import { partitionOf, readUsageLines, type UsageLine, writeUsageLines } from "./usage-lines";
import { withoutOvertaken } from "./without-overtaken";

export interface DayRange {
  /** The first day: `2026-11-01`. */
  readonly from: string;
  /** The last day; it is in the range. */
  readonly to: string;
}

/** The lines of a usage plan on a day. A plan that was read and had no member has no lines, and a partition all the same. */
export interface UsagePartition {
  readonly day: string;
  readonly plan: string;
  readonly lines: readonly UsageLine[];
}

/**
 * What was used, and what else is kept with it: the invoices, credits and prices. Several programs may use it at once, on
 * several machines.
 */
export class UsageStore {
  /** @param address as the user wrote it, for messages */
  constructor(
    readonly address: string,
    private readonly files: StoreFiles,
  ) {}

  /**
   * The lines of some days, by day, then plan, then key. What was assumed of a day is left out where the day's reading says
   * otherwise.
   */
  async *days(range: DayRange): AsyncGenerator<UsageDay> {
    for await (const partitions of this.partitionsByDay(range))
      yield* withoutOvertaken(
        // In place: the lines are nobody else's, and there may be a million of them.
        partitions.flatMap(({ day, plan, lines }) => lines.map((line): UsageDay => Object.assign(line, { day, plan }))),
      );
  }

  /** The partitions of some days, those of a day together, as they stand there. A day without any is left out. */
  async *partitionsByDay({ from, to }: DayRange): AsyncGenerator<UsagePartition[]> {
    const names = this.files.list("usage/day=", { from: `usage/day=${from}/`, below: `usage/day=${to}0` });
    const texts = new SharedTexts();
    let ofDay: Promise<UsagePartition>[] = [];
    let current: string | undefined;
    for await (const name of names) {
      const partition = partitionOf(name);
      if (partition === undefined) continue;
      if (partition.day !== current && ofDay.length > 0) {
        yield await Promise.all(ofDay);
        ofDay = [];
      }
      current = partition.day;
      if (ofDay.length >= AT_ONCE) await ofDay[ofDay.length - AT_ONCE];
      ofDay.push(this.readLines(name, texts).then((lines) => ({ ...partition, lines })));
    }
    if (ofDay.length > 0) yield await Promise.all(ofDay);
  }

  /**
   * A document, such as `invoices/2026-11/joe-black.json`.
   *
   * @returns `undefined` where there is none
   */
  read(name: string): Promise<StoredText | undefined> {
    return this.files.read(checked(name));
  }

  /**
   * Writes a document in place of the version that was read: whole, or not at all.
   *
   * @param expected version that is replaced; `undefined` where there must be none yet
   * @returns whether it was written; if not, somebody else has written since it was read
   */
  write(name: string, text: string, expected: string | undefined): Promise<boolean> {
    return this.files.write(checked(name), text, expected);
  }

  /**
   * Changes a document by a function of what is there, which is called again where somebody else was first.
   *
   * @param change what to write; the same text or `undefined` for nothing
   * @returns whether anything was written
   */
  async update(name: string, change: (text: string | undefined) => string | undefined): Promise<boolean> {
    for (;;) {
      const stored = await this.read(name);
      const text = change(stored?.text);
      if (text === undefined || text === stored?.text) return false;
      if (await this.write(name, text, stored?.version)) return true;
    }
  }

  /** Names of documents, in order. */
  list(prefix: string): AsyncIterable<string> {
    return this.files.list(prefix);
  }

  /** The lines of a plan on a day, by the name of their file; none where there is no file. */
  async readLines(name: string, texts?: SharedTexts): Promise<UsageLine[]> {
    return readUsageLines((await this.files.read(name))?.text ?? "", this.placeOf(name), texts);
  }

  /** Changes the lines of a plan on a day, as `update` does. */
  updateLines(name: string, change: (lines: UsageLine[] | undefined) => Iterable<UsageLine>): Promise<boolean> {
    return this.update(name, (text) =>
      writeUsageLines(change(text === undefined ? undefined : readUsageLines(text, this.placeOf(name)))),
    );
  }

  /** What to call a file in messages. */
  placeOf(name: string): string {
    return `${this.address.replace(/\/+$/, "")}/${name}`;
  }
}

/** Files that are read at once. */
const AT_ONCE = 16;

function checked(name: string): string {
  if (!isStoreName(name))
    throw new Error(
      `${show(name)} cannot be the name of a file in a usage store; use letters, digits and ".=_-" in its parts`,
    );
  return name;
}

/**
 * Opens a store. It need not exist: a folder is created with its first file.
 *
 * @param address a folder, or `s3://bucket/prefix`
 * @throws Error for an address that is neither
 */
export async function openUsageStore(address: string): Promise<UsageStore> {
  const [, scheme] = /^([a-z][a-z0-9+.-]+):\/\//i.exec(address) ?? [];
  if (scheme === undefined && address !== "") return new UsageStore(address, new FolderFiles(address));
  const [, bucket, prefix = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(address) ?? [];
  if (bucket === undefined)
    throw new Error(`--store ${show(address)} is not a usage store; name a folder, or s3://bucket/prefix`);
  const folder = prefix.replace(/\/+$/, "");
  return new UsageStore(address, await S3Files.connect({ bucket, prefix: folder && `${folder}/` }, address));
}
