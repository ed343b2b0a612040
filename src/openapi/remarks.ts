import { BrokenReference, type DocumentNode } from "../document/document";
import { enumerate, error, type Finding, type Severity } from "../text/finding";
import type { Remedy } from "./remedy";

/** Places that a message names one by one; beyond that it says how many there are. */
const MOST_PLACES = 8;

/** What goes with a remark. */
export interface RemarkOptions {
  /** What it is about, such as `GET /pets`: remarks that say the same of several are one. */
  readonly subject?: string | undefined;
  /** What of the options settles it. */
  readonly remedy?: Remedy | undefined;
}

/** The remark for a person, or how it follows from all that it is about. */
type Message = string | ((subjects: readonly string[]) => string);

interface Group {
  readonly severity: Severity;
  readonly message: Message;
  readonly nodes: DocumentNode[];
  readonly subjects: string[];
  /** Whether options settle it at each of its places. */
  isSettled: boolean;
}

/** What there is to say of a document, with places. The same thing at many places is said once, with all of them. */
export class Remarks {
  private readonly groups = new Map<string, Group>();
  private readonly places = new Set<string>();
  private readonly settling: Remedy[] = [];
  /** How often an error was said, the same one again counted too: what reads a place twice must see it twice. */
  errorCount = 0;

  error(node: DocumentNode, message: Message, options: RemarkOptions & { readonly kind?: string } = {}): void {
    this.add("error", node, message, options);
  }

  warning(node: DocumentNode, message: Message, options: RemarkOptions & { readonly kind?: string } = {}): void {
    this.add("warning", node, message, options);
  }

  notice(node: DocumentNode, message: Message, options: RemarkOptions & { readonly kind?: string } = {}): void {
    this.add("notice", node, message, options);
  }

  /** Reads what may refer to something that is not there; `undefined` where it does, which is an error of the document. */
  reading<Value>(read: () => Value): Value | undefined {
    try {
      return read();
    } catch (cause) {
      if (!(cause instanceof BrokenReference)) throw cause;
      this.error(cause.at, cause.message);
      return undefined;
    }
  }

  get findings(): readonly Finding[] {
    return this.described([...this.groups.values()]);
  }

  /** Errors that no option settles: the document is to be changed. */
  get unsettled(): readonly Finding[] {
    return this.described([...this.groups.values()].filter((each) => each.severity === "error" && !each.isSettled));
  }

  private described(groups: readonly Group[]): readonly Finding[] {
    return groups.map(({ severity, message, nodes: [first, ...others], subjects }) => {
      const text = typeof message === "string" ? aboutAll(message, subjects) : message(subjects);
      const shown = others.slice(0, MOST_PLACES).map(({ line }) => lineBeside(first?.line, line));
      const more = others.length > MOST_PLACES ? ` and ${others.length - MOST_PLACES} more places` : "";
      const also = others.length > 0 ? ` (also at ${shown.join(", ")}${more})` : "";
      return { ...error(first?.place ?? "", `${text}${also}`), severity };
    });
  }

  /** What settles errors and choices, as far as the document says what to write. */
  get remedies(): readonly Remedy[] {
    return this.settling;
  }

  private add(
    severity: Severity,
    node: DocumentNode,
    message: Message,
    { subject, remedy, kind }: RemarkOptions & { readonly kind?: string },
  ): void {
    const group = `${severity}|${kind ?? String(message)}`;
    // A parameter that many operations refer to stands at one place.
    const said = `${group}|${node.id}|${subject ?? ""}`;
    if (severity === "error") this.errorCount++;
    if (this.places.has(said)) return;
    this.places.add(said);
    if (remedy) this.settling.push(remedy);
    const known = this.groups.get(group) ?? { severity, message, nodes: [], subjects: [], isSettled: true };
    this.groups.set(group, known);
    known.nodes.push(node);
    known.isSettled &&= remedy !== undefined;
    if (subject !== undefined) known.subjects.push(subject);
  }
}

const aboutAll = (message: string, subjects: readonly string[]): string => {
  const all = [...new Set(subjects)];
  return all.length === 0 ? message : `${message}: ${enumerate(all)}`;
};

/** A line of the same file is known by its number: `:17`. */
function lineBeside(first: string | undefined, line: string): string {
  const [, file = "", number = ""] = /^(.*):(\d+)$/.exec(line) ?? [];
  return first?.startsWith(`${file}:`) ? `:${number}` : line;
}
