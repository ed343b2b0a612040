import { setImmediate as nextTurn } from "node:timers/promises";
import { LinePrinter } from "../../src/cli/line-printer";

test("lines of one turn are written together, in their order", async () => {
  const written: string[] = [];
  const { print } = new LinePrinter((text) => written.push(text));
  print("a");
  print("b");
  expect(written).toEqual([]);
  await nextTurn();
  print("c");
  await nextTurn();
  expect(written).toEqual(["a\nb\n", "c\n"]);
});

test("what has come is written at the end of the program, once", async () => {
  const written: string[] = [];
  const { print, flush } = new LinePrinter((text) => written.push(text));
  print("last");
  flush();
  await nextTurn();
  flush();
  expect(written).toEqual(["last\n"]);
});
