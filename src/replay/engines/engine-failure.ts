import { hideKeys } from "../../text/like-a-key";
import { printable } from "../../text/printable";

/** An error of a client in one line, without what could be a key. */
export function saidBy(error: unknown): string {
  const { name, message, code } = error as NodeJS.ErrnoException;
  const kind = name === undefined || /^(Error|AggregateError|ClickHouseError)$/.test(name) ? undefined : name;
  const said = [kind, message || code || String(error)].filter(Boolean).join(": ");
  return printable(hideKeys(said.replace(/\s+/g, " ").trim()), 500).replace(/\.$/, "");
}
