import { createHash, type Hash } from "node:crypto";
import { join } from "node:path";
import type { LineKind, NotedLines } from "../logs/line-notes";
import type { LogSource } from "../logs/log-reader";
import { readingFailure } from "../logs/reading-failure";
import { canonicalJson } from "../text/canonical-json";
import { byName } from "../text/order";
import { show } from "../text/show";
import { isWritten, markUsed } from "./cache-folder";
import { type ReadTrafficOptions, readTraffic } from "./read-traffic";
import type { Traffic } from "./traffic";
import { FILE_VERSION, isTrafficFile, type KeptPlace, type KeptTraffic, readTrafficFile } from "./traffic-file";

export interface CachedTrafficOptions extends ReadTrafficOptions {
  /** Where compact forms of logs are kept, such as `.api-tiers`; it is created when one is written. */
  readonly folder: string;
}

export interface CachedTraffic {
  readonly traffic: Traffic;
  /**
   * What was done: `read` from the cache alone; `written` after the logs were read; `replaced`, because what was there was
   * damaged; or `not written`, because the folder cannot be written to, the logs changed meanwhile, or one of them can be read only once.
   */
  readonly cache: "read" | "written" | "replaced" | "not written";
}

/**
 * The calls of access logs, from a cache if these logs were read before, by the same formats: whatever their files are called, and
 * in whatever order they come.
 *
 * @throws Error as `readTraffic` does
 */
export async function cachedTraffic({ folder, ...options }: CachedTrafficOptions): Promise<CachedTraffic> {
  const sources: LogSource[] = [];
  for await (const source of options.sources) sources.push(source);
  if (sources.some(({ isReadOnce }) => isReadOnce))
    return { traffic: await readTraffic({ ...options, sources }), cache: "not written" };
  const digests = new Map<string, string>();
  for (const source of sources) digests.set(source.name, await digestOf(source));
  const path = join(folder, "replay", nameOf(sources, digests, options));
  const kept = await readTrafficFile(path);
  if (typeof kept === "object") {
    await markUsed(path);
    return { traffic: withNames(kept, digests), cache: "read" };
  }
  const read = new Map<string, string>();
  const traffic = await readTraffic({
    ...options,
    sources: sources.map((source) => observed(source, (digest) => read.set(source.name, digest))),
  });
  const isSame = sources.every(({ name }) => read.get(name) === digests.get(name));
  if (!isSame || !(await isWritten(path, withDigests(traffic, digests)))) return { traffic, cache: "not written" };
  return { traffic, cache: kept === "damaged" ? "replaced" : "written" };
}

/**
 * The calls that a file of the cache has, given by its path in place of the logs: it is small, and a machine without the logs can
 * have it.
 *
 * @returns `undefined` for a file of something else, such as a log
 * @throws Error for a file of the cache that is damaged, or that another version wrote
 */
export async function keptTraffic(path: string): Promise<Traffic | undefined> {
  if (!(await isTrafficFile(path))) return undefined;
  const kept = await readTrafficFile(path);
  if (typeof kept === "object") return withNames(kept, new Map());
  throw new Error(
    `${show(path)} is a file of the cache of replay, and it is damaged or another version wrote it; name the logs, or make it again`,
  );
}

/** The name of the file for what logs hold, and how they are read. */
function nameOf(
  sources: readonly LogSource[],
  digests: ReadonlyMap<string, string>,
  { formats, defaults = {} }: ReadTrafficOptions,
): string {
  const { api, stage } = defaults;
  const about = {
    version: FILE_VERSION,
    sources: sources.map(({ name }) => digests.get(name) ?? "").sort(byName),
    formats: formats.map(({ text }) => text),
    defaults: { api, stage },
  };
  return createHash("sha256").update(canonicalJson(about)).digest("hex");
}

/** @throws Error that names a source which cannot be read */
async function digestOf(source: LogSource): Promise<string> {
  if (source.version !== undefined) return digestOfVersion(source.version);
  const hash = createHash("sha256");
  try {
    for await (const chunk of source.bytes()) hash.update(chunk);
  } catch (error) {
    throw readingFailure(source.name, error);
  }
  return hash.digest("hex");
}

const digestOfVersion = (version: string) => createHash("sha256").update("version ").update(version).digest("hex");

/** A log may be written to while it is read: what counts is what was read. */
function observed(source: LogSource, onEnd: (digest: string) => void): LogSource {
  const { name, version } = source;
  return {
    name,
    async *bytes() {
      const hash: Hash = createHash("sha256");
      for await (const chunk of source.bytes()) {
        if (version === undefined) hash.update(chunk);
        yield chunk;
      }
      onEnd(version === undefined ? hash.digest("hex") : digestOfVersion(version));
    },
  };
}

type Notes<Place> = Readonly<Partial<Record<LineKind, { readonly count: number; readonly places: readonly Place[] }>>>;

function withDigests(traffic: Traffic, digests: ReadonlyMap<string, string>): KeptTraffic {
  const kept = (place: string): KeptPlace => {
    const end = place.lastIndexOf(":");
    return [digests.get(place.slice(0, end)) ?? "", Number(place.slice(end + 1))];
  };
  return { ...traffic, reading: { ...traffic.reading, notes: mapPlaces(traffic.reading.notes, kept) } };
}

function withNames(traffic: KeptTraffic, digests: ReadonlyMap<string, string>): Traffic {
  const names = new Map([...digests].map(([name, digest]) => [digest, name]));
  const named = ([digest, line]: KeptPlace) => `${names.get(digest) ?? `log ${digest.slice(0, 12)}`}:${line}`;
  const notes: Notes<string> = mapPlaces(traffic.reading.notes, named);
  return { ...traffic, reading: { ...traffic.reading, notes: notes as Partial<Record<LineKind, NotedLines>> } };
}

const mapPlaces = <From, To>(notes: Notes<From>, map: (place: From) => To): Notes<To> =>
  Object.fromEntries(
    Object.entries(notes).map(([kind, { count, places }]) => [kind, { count, places: places.map(map) }]),
  );
