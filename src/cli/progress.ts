/** Where nobody watches, a line for so many. */
const STEP = 1_000;

/** How far the reading is, on standard error: one line that moves in a terminal, otherwise one now and then, and at the end that is known. */
export class Progress {
  private shown = "";

  tell(what: string, done: number, total: number | undefined): void {
    const line = `reading ${what}: ${done.toLocaleString("en")}${total === undefined ? "" : ` of ${total.toLocaleString("en")}`}`;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${line}`);
    else if (done === total || done % STEP === 0) process.stderr.write(`${line}\n`);
    this.shown = line;
  }

  end(): void {
    if (process.stderr.isTTY && this.shown !== "") process.stderr.write("\r\x1b[2K");
    this.shown = "";
  }
}
