import { error } from "../text/finding";
import { type FileEntry, SubscriptionFile, subscriptionAt } from "./file-entry";

// Loaded with the first file of its kind: a catalog without data files does not need it.
const yaml = () => require("yaml") as typeof import("yaml");

/** Reads a map from ids to subscriptions. */
export function readYaml(text: string, file: string): SubscriptionFile {
  const { isNode, isScalar, isMap: isYamlMap, LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const lineAt = (node: unknown, otherwise: number) =>
    isNode(node) && node.range ? lines.linePos(node.range[0]).line : otherwise;
  const findings = document.errors.map((problem) =>
    error(
      `${file}:${problem.linePos?.[0].line ?? 1}`,
      problem.code === "DUPLICATE_KEY"
        ? "repeats a name of this map; each subscription and each field stands once, so drop one"
        : `is not well formed: ${(problem.message.split("\n")[0] as string).replace(/ at line \d+.*$/, "")}; fix it there`,
    ),
  );
  // The text of a file that cannot be parsed is not trusted in part either.
  if (document.errors.some((problem) => problem.code !== "DUPLICATE_KEY"))
    return new SubscriptionFile(file, [], findings);
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return new SubscriptionFile(file, [], findings);
  if (!isYamlMap(root)) {
    findings.push(error(`${file}:1`, "must be an object from subscription ids to subscriptions"));
    return new SubscriptionFile(file, [], findings);
  }
  const entries: FileEntry[] = [];
  const seen = new Set<string>();
  for (const { key, value } of root.items) {
    // `007` is an id, not the number 7.
    const id = isScalar(key) ? String(key.source ?? key.value) : String(key);
    // The parser has reported a second entry of the same name.
    if (id === "$schema" || seen.has(id)) continue;
    seen.add(id);
    const entryLine = lineAt(key, 1);
    let written: unknown = value;
    try {
      if (isNode(value)) written = value.toJS(document);
    } catch {
      findings.push(
        error(`${file}:${entryLine}`, "refers to an anchor (*name) that is not there, or to too many; write it out"),
      );
      continue;
    }
    entries.push({
      id,
      written,
      place: (path) => {
        const field = isYamlMap(value) && path.length > 0 ? value.getIn(path, true) : undefined;
        return subscriptionAt(file, lineAt(field, entryLine), id);
      },
    });
  }
  return new SubscriptionFile(file, entries, findings);
}

/** JSON is YAML, whose parser knows lines and finds repeated names; but what is not JSON must not pass for it. */
export function readJson(text: string, file: string): SubscriptionFile {
  try {
    JSON.parse(text);
  } catch (cause) {
    // Node's message quotes what stands there, which may be a key.
    const position = /position (\d+)/.exec((cause as SyntaxError).message)?.[1];
    const line = position ? text.slice(0, Number(position)).split("\n").length : text.split("\n").length;
    return new SubscriptionFile(
      file,
      [],
      [
        error(
          `${file}:${line}`,
          "is not well formed JSON: a comma, quote or bracket is missing or too many; fix it there",
        ),
      ],
    );
  }
  return readYaml(text, file);
}
