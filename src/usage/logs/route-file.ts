import { byName } from "../../text/order";
import { show } from "../../text/show";
import { isObject } from "../../vocabulary/objects";
import type { RouteDay } from "../route-day";

/** What a line holds: the day, and the id of the API in AWS, stand in the path of its file. */
export type RouteLine = Omit<RouteDay, "day" | "isNamed">;

/** What is known of the calls of an API on a day, and from which logs. */
export interface RouteFile {
  /** The logs of which the lines are made, by the digest of what they hold. */
  readonly sources: Readonly<Record<string, LogOrigin>>;
  /** Hashes of some ids of calls, by which logs are noticed that hold the same calls: the smallest of all. Sorted. */
  readonly sample: readonly number[];
  readonly lines: readonly RouteLine[];
}

export interface LogOrigin {
  /** What the log was called when it was read. */
  readonly name: string;
  /** Calls of it that are in the lines. */
  readonly calls: number;
}

/** @param api its id in AWS */
export const routeFile = (day: string, api: string): string => `routes/day=${day}/api=${api}/routes.jsonl`;

/** What the path of such a file says; `undefined` for a file of something else. */
export function partitionOfRoutes(name: string): { readonly day: string; readonly api: string } | undefined {
  const [, day, api] = /^routes\/day=(\d{4}-\d{2}-\d{2})\/api=([A-Za-z0-9]+)\/routes\.jsonl$/.exec(name) ?? [];
  return day === undefined || api === undefined ? undefined : { day, api };
}

const isText = (value: unknown) => typeof value === "string";
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;

const FIELDS: { readonly [Name in keyof RouteLine]: (value: unknown) => boolean } = {
  key: isText,
  plan: (value) => value === null || isText(value),
  api: isText,
  stage: isText,
  route: isText,
  status: isCount,
  requests: isCount,
};
const NAMES = Object.keys(FIELDS) as (keyof RouteLine)[];

/** Equal for lines that count the same calls. */
export const routeLineId = ({ requests: _, ...line }: RouteLine): string =>
  JSON.stringify([line.key, line.plan, line.api, line.stage, line.route, line.status]);

/** The text of a file: its logs, then its lines. Equal files give equal bytes. */
export function writeRouteFile({ sources, sample, lines }: RouteFile): string {
  const sorted = Object.entries(sources).sort(([a], [b]) => byName(a, b));
  const head = { sources: Object.fromEntries(sorted), sample: sample.map((hash) => hash.toString(36)).join(" ") };
  const rows = lines.map((line) => JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, line[name]]))));
  return `${[JSON.stringify(head), ...rows.sort(byName)].join("\n")}\n`;
}

/**
 * @param place what to call the file in messages
 * @throws Error for a text that is not what `writeRouteFile` gives
 */
export function readRouteFile(text: string, place: string): RouteFile {
  const [first = "", ...rows] = text.split("\n");
  if (rows.pop() !== "") throw new Error(`${place}: the last line is not complete; ${REMEDY}`);
  const head = objectOf(first, `${place}:1`);
  if (!isObject(head.sources) || typeof head.sample !== "string")
    throw new Error(`${place}:1: does not say of which logs the file is made; ${REMEDY}`);
  const lines = rows.map((row, index) => {
    const at = `${place}:${index + 2}`;
    const line = objectOf(row, at);
    for (const name of NAMES)
      if (!FIELDS[name](line[name])) throw new Error(`${at}: "${name}" cannot be ${show(line[name])}; ${REMEDY}`);
    return line as unknown as RouteLine;
  });
  const sample = head.sample === "" ? [] : head.sample.split(" ").map((hash) => Number.parseInt(hash, 36));
  return { sources: head.sources as Record<string, LogOrigin>, sample, lines };
}

function objectOf(text: string, place: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new Error(`${place}: is not an object of JSON; ${REMEDY}`);
}

const REMEDY =
  'the file was changed by another program: restore it, or delete it and read the logs of that day again with "api-tiers usage logs"';
