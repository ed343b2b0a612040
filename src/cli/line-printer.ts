/**
 * Prints lines, those of one turn of the event loop together: to write one takes longer than anything else that is done for
 * a request.
 */
export class LinePrinter {
  private lines: string[] = [];

  /** @param write takes whole lines */
  constructor(private readonly write: (text: string) => void) {}

  readonly print = (line: string): void => {
    if (this.lines.length === 0) setImmediate(this.flush);
    this.lines.push(line);
  };

  /** Writes what has come so far at once. */
  readonly flush = (): void => {
    if (this.lines.length === 0) return;
    const text = `${this.lines.join("\n")}\n`;
    this.lines = [];
    this.write(text);
  };
}

/** The printer of a program, which loses nothing when that ends. */
export function standardOutput(): LinePrinter {
  const printer = new LinePrinter((text) => process.stdout.write(text));
  process.once("exit", printer.flush);
  return printer;
}
