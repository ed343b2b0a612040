import { parseTree } from "jsonc-parser";
import { holdsKeyValues } from "../vocabulary/access-log-format";
import { isObject } from "../vocabulary/objects";
import { AMBIGUOUS, LineTemplate, type LineValues } from "./line-template";
import { ABSENT, LOG_VARIABLE, SAYS_BY_ABSENCE, shapeOf } from "./log-variables";

/** A string of a line of JSON, as its format writes it. */
interface Leaf {
  readonly path: readonly string[];
  readonly template: LineTemplate;
}

/** A field of a line of JSON. */
export interface LogField {
  readonly name: string;
  /** More than one for a text that is made of several. */
  readonly variables: readonly string[];
}

/** A variable that is not a string of its own: `{"status": $context.status}`. */
const BARE_VARIABLE = /(?<=[:,[]\s*)\$context\.[\w.]*\w/g;

/** What a string of JSON may hold, as it is written. */
const STRING_CONTENT = '(?:[^"\\\\]|\\\\.)*';
const BARE_CONTENT = `(?:"${STRING_CONTENT}"|[^",}\\]\\s]*)`;

/** The format of an access log, which reads the lines that API Gateway wrote by it. */
export class LogFormat {
  private readonly template: LineTemplate;
  /** `undefined` for a format whose lines are not objects of JSON. */
  private readonly leaves: readonly Leaf[] | undefined;
  private readonly strict: RegExp | undefined;

  /** @throws Error for a format whose lines hold the values of keys */
  constructor(readonly text: string) {
    if (holdsKeyValues(text))
      throw new Error(
        "the format of the access log has $context.identity.apiKey, which is the secret value of the caller's key: such a log is not " +
          "read; write $context.identity.apiKeyId in the format, and treat the logs that are there as secrets",
      );
    const line = text.replace(/[\r\n]+$/, "");
    this.template = new LineTemplate(line);
    this.leaves = leavesOf(line);
    this.strict = this.leaves && strictPattern(line);
  }

  /** Without `$context.`: `identity.apiKeyId`. */
  get variables(): ReadonlySet<string> {
    return new Set(this.template.names);
  }

  /** What stands between two lines that are not separated: their end and their beginning; empty where that tells nothing. */
  get boundary(): { readonly end: string; readonly start: string } | undefined {
    const { first, last } = this.template.ends;
    return first === "" || last === "" ? undefined : { end: last, start: first };
  }

  /** What names the values of a line of JSON; none where its lines are something else. */
  get fields(): readonly LogField[] {
    return (this.leaves ?? []).flatMap(({ path: [name, ...rest], template }) =>
      name === undefined || rest.length > 0 ? [] : [{ name, variables: template.names }],
    );
  }

  /**
   * The values of a line.
   *
   * @returns `undefined` for a line of something else
   */
  read(line: string): LineValues | undefined | typeof AMBIGUOUS {
    return this.readExactly(line) ?? this.readLoosely(line);
  }

  /** Whether there are lines that `readExactly` reads. */
  get isExact(): boolean {
    return this.strict !== undefined;
  }

  /** The values of a line of JSON that is as API Gateway writes it, with one variable in each string. */
  readExactly(line: string): LineValues | undefined | typeof AMBIGUOUS {
    const strict = this.strict?.exec(line);
    return strict ? this.escaped(line, strict.slice(1)) : undefined;
  }

  /** The values of a line that `readExactly` does not read. */
  readLoosely(line: string): LineValues | undefined | typeof AMBIGUOUS {
    // A program that moves logs may write their JSON again.
    const asJson = this.leaves && line.trimStart().startsWith("{") ? readLeaves(line, this.leaves) : undefined;
    if (asJson) return asJson;
    // Values may hold quotes, if nobody escaped them.
    const values = this.template.read(line);
    return values === undefined || values === AMBIGUOUS ? values : this.named(values);
  }

  /** A backslash that nobody wrote as an escape could hide where a value ends. */
  private escaped(line: string, written: readonly string[]): LineValues | typeof AMBIGUOUS {
    const values = this.named(written.map(unescaped));
    if (!line.includes("\\")) return values;
    const read = this.template.read(line);
    return Array.isArray(read) && read.every((value, index) => value === written[index]) ? values : AMBIGUOUS;
  }

  private named(values: readonly string[]): LineValues {
    return present(this.template.names.map((name, index) => [name, values[index] ?? ABSENT]));
  }
}

/** Of a variable that a format has twice, the first value. */
function present(entries: readonly (readonly [string, string])[]): LineValues {
  const values = new Map<string, string>();
  for (const [name, value] of entries) {
    const isKept = value !== "" && (value !== ABSENT || SAYS_BY_ABSENCE.has(name));
    if (isKept && (values.get(name) ?? ABSENT) === ABSENT) values.set(name, value);
  }
  return values;
}

function leavesOf(format: string): Leaf[] | undefined {
  let line: unknown;
  try {
    line = JSON.parse(format.replace(BARE_VARIABLE, (variable) => JSON.stringify(variable)));
  } catch {
    return undefined;
  }
  if (!isObject(line)) return undefined;
  const leaves: Leaf[] = [];
  const visit = (value: unknown, path: readonly string[]) => {
    if (typeof value === "string") {
      if (value.search(LOG_VARIABLE) !== -1) leaves.push({ path, template: new LineTemplate(value) });
    } else if (typeof value === "object" && value !== null) {
      for (const [name, each] of Object.entries(value)) visit(each, [...path, name]);
    }
  };
  visit(line, []);
  return leaves;
}

/** Matches a line as API Gateway writes it, if each string holds one variable; then there is one way to read it. */
function strictPattern(format: string): RegExp | undefined {
  const parts = format.split(LOG_VARIABLE);
  let pattern = "";
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      pattern += part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
      continue;
    }
    const before = parts[index - 1] ?? "";
    const after = parts[index + 1] ?? "";
    const isString = before.endsWith('"') && after.startsWith('"');
    if (!isString && !(/[:,[]\s*$/.test(before) && /^\s*[,}\]]/.test(after))) return undefined;
    pattern += `(${shapeOf(part) ?? (isString ? STRING_CONTENT : BARE_CONTENT)})`;
  }
  return new RegExp(`^${pattern}$`);
}

/** What a string of JSON says; a value without escapes is left as it is. */
function unescaped(written: string): string {
  if (!written.includes("\\") && !written.startsWith('"')) return written;
  try {
    return String(JSON.parse(written.startsWith('"') ? written : `"${written}"`));
  } catch {
    // `\x` of a writer that escapes in its own way.
    return written;
  }
}

function readLeaves(line: string, leaves: readonly Leaf[]): LineValues | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const entries: (readonly [string, string])[] = [];
  for (const { path, template } of leaves) {
    const field = valueAt(value, path);
    const read = template.read(textOf(field));
    if (read === undefined || read === AMBIGUOUS) return undefined;
    // A field that is missing says nothing, not even that there is nothing.
    if (field === undefined) continue;
    entries.push(...template.names.map((name, index) => [name, read[index] ?? ABSENT] as const));
  }
  const values = present(entries);
  // A value with a quote that nobody escaped could write a field of its own a second time.
  return values.size === 0 || hasDoubledKey(line) ? undefined : values;
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce(
    (at, name) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, name) ? at[name as keyof typeof at] : undefined,
    value,
  );

const textOf = (value: unknown): string => (value === undefined || value === null ? ABSENT : String(value));

function hasDoubledKey(line: string): boolean {
  type Node = NonNullable<ReturnType<typeof parseTree>>;
  const isDoubled = ({ type, children = [] }: Node): boolean => {
    const keys = type === "object" ? children.map(({ children: [key] = [] }) => key?.value) : [];
    return new Set(keys).size < keys.length || children.some(isDoubled);
  };
  const root = parseTree(line);
  return root === undefined || isDoubled(root);
}
