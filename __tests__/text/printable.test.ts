import { printable } from "../../src/text/printable";

test.each([
  ["plain text and other alphabets", "Jürgen 🚀 GET /pets", "Jürgen 🚀 GET /pets"],
  ["the escape that moves a cursor", "a\u001b[2Jb", "a\\x1b[2Jb"],
  ["the end of a line", "a\r\nb", "a\\x0d\\x0ab"],
  ["characters that turn the direction of text", "a\u202eb\u2066c", "a\\u202eb\\u2066c"],
  ["a line separator", "a\u2028b", "a\\u2028b"],
])("%s", (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test("a long text is cut at the given length", () => {
  expect(printable("x".repeat(500), 10)).toBe(`${"x".repeat(9)}…`);
});
