import { printable } from "../../text/printable";

/** Names of a document or an API in a sentence, and how many more there are. */
export function listed(names: readonly string[], most = 20): string {
  const shown = names.slice(0, most).map((name) => printable(name));
  return shown.join(", ") + (names.length > most ? ` and ${names.length - most} more` : "");
}
