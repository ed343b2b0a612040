import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { EditProblem } from "./field-change";

/** The texts of files, as edits leave them. Nothing is written. */
export class Texts {
  static onDisk(): Texts {
    return new Texts(new Map(), new Map());
  }

  /** Texts that need not be on disk, by file. */
  static given(texts: ReadonlyMap<string, string>): Texts {
    return new Texts(new Map(), new Map([...texts].map(([file, text]) => [resolve(file), text])));
  }

  private constructor(
    private readonly changed: ReadonlyMap<string, string>,
    private readonly known: Map<string, string>,
  ) {}

  /**
   * With the byte order mark, if there is one.
   *
   * @throws EditProblem for a file that cannot be read, or whose bytes would not come out again
   */
  of(file: string): string {
    const path = resolve(file);
    const text = this.changed.get(path) ?? this.known.get(path) ?? read(path, file);
    this.known.set(path, this.known.get(path) ?? text);
    return text;
  }

  with(file: string, text: string): Texts {
    this.of(file);
    return new Texts(new Map([...this.changed, [resolve(file), text]]), this.known);
  }

  /** Files whose text is another one than on disk, by their absolute paths. */
  changes(): ReadonlyMap<string, { readonly before: string; readonly after: string }> {
    const all = [...this.changed].map(
      ([path, after]) => [path, { before: this.known.get(path) ?? "", after }] as const,
    );
    return new Map(all.filter(([, { before, after }]) => before !== after));
  }
}

function read(path: string, file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new EditProblem(`${file}: ${code === "ENOENT" ? "does not exist" : `cannot be read (${code})`}`);
  }
  if (!isUtf8(bytes)) throw new EditProblem(`${file}: is not UTF-8, so it is not edited; save it as UTF-8`);
  return bytes.toString("utf8");
}
