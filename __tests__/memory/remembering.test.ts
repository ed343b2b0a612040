import { remembering } from "../../src/memory/remembering";

test("a result is found once, also one that is undefined", () => {
  const asked: string[] = [];
  const length = remembering((text) => {
    asked.push(text);
    return text === "" ? undefined : text.length;
  });
  expect([length("abc"), length(""), length("abc"), length("")]).toEqual([3, undefined, 3, undefined]);
  expect(asked).toEqual(["abc", ""]);
});

test("beyond the capacity all are forgotten", () => {
  let asked = 0;
  const find = remembering(() => ++asked, 2);
  expect([find("a"), find("b"), find("a"), find("c"), find("a"), find("c")]).toEqual([1, 2, 1, 3, 4, 3]);
});

test("an error is not remembered", () => {
  let asked = 0;
  const find = remembering(() => {
    if (++asked === 1) throw new Error("not yet");
    return asked;
  });
  expect(() => find("a")).toThrow("not yet");
  expect(find("a")).toBe(2);
});
