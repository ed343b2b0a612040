import { Progress } from "../../src/cli/progress";

/** What is written where nobody watches. */
function written(tell: (progress: Progress) => void): string[] {
  const lines: string[] = [];
  const write = jest.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  const { isTTY } = process.stderr;
  process.stderr.isTTY = false;
  try {
    tell(new Progress());
  } finally {
    write.mockRestore();
    process.stderr.isTTY = isTTY;
  }
  return lines;
}

test("where nobody watches there is a line for each thousand, and at the end that is known", () => {
  const upTo = (last: number, total: number | undefined) => (progress: Progress) => {
    for (let done = 1; done <= last; done++) progress.tell("logs", done, total);
  };
  expect(written(upTo(2_500, undefined))).toEqual(["reading logs: 1,000\n", "reading logs: 2,000\n"]);
  expect(written(upTo(1_200, 1_200))).toEqual(["reading logs: 1,000 of 1,200\n", "reading logs: 1,200 of 1,200\n"]);
});
