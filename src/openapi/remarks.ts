import { BrokenReference, type DocumentNode } from "../document/document";
import { error, type Finding, type Severity } from "../text/finding";

/** Places that a message names one by one; beyond that it says how many there are. */
const MOST_PLACES = 20;

/** What there is to say of a document, with places. The same thing at many places is said once, with all of them. */
export class Remarks {
  private readonly groups = new Map<
    string,
    { readonly severity: Severity; readonly message: string; readonly nodes: DocumentNode[] }
  >();
  private readonly places = new Set<string>();

  error(node: DocumentNode, message: string): void {
    this.add("error", node, message);
  }

  warning(node: DocumentNode, message: string): void {
    this.add("warning", node, message);
  }

  notice(node: DocumentNode, message: string): void {
    this.add("notice", node, message);
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
    return [...this.groups.values()].map(({ severity, message, nodes: [first, ...others] }) => {
      const place = first?.place ?? "";
      if (severity === "error" || others.length === 0) return { ...error(place, message), severity };
      const shown = others.slice(0, MOST_PLACES).map(({ line }) => line);
      const more = others.length > MOST_PLACES ? ` and ${others.length - MOST_PLACES} more` : "";
      return { severity, place, message: `${message} (also at ${shown.join(", ")}${more})` };
    });
  }

  private add(severity: Severity, node: DocumentNode, message: string): void {
    // A parameter that many operations refer to stands at one place.
    const said = `${severity}|${message}|${node.id}`;
    if (this.places.has(said)) return;
    this.places.add(said);
    const group = severity === "error" ? said : `${severity}|${message}`;
    const known = this.groups.get(group);
    if (known) known.nodes.push(node);
    else this.groups.set(group, { severity, message, nodes: [node] });
  }
}
