import fc from "fast-check";
import { readKeyFile } from "../../src/replay/key-file";

test("a file says whose the keys are, by their ids in AWS", () => {
  const { keys, apis } = readKeyFile('{ "abc123def4": "joe-black", "A1": "ann" }', "keys.json");
  expect([[...keys], [...apis]]).toEqual([
    [
      ["abc123def4", "joe-black"],
      ["A1", "ann"],
    ],
    [],
  ]);
});

/** Texts that AWS takes as the value of a key. */
const values = fc.stringMatching(/^[A-Za-z0-9_-]{20,128}$/);

test("a key's value is refused, wherever it stands as a name, and never shown", () => {
  fc.assert(
    fc.property(values, fc.constantFrom<unknown>("ann", "", 5, null, ["ann"]), (value, subscription) => {
      const message = messageOf(JSON.stringify({ abc123def4: "ann", [value]: subscription }));
      expect(message).toMatch(/entry \d: its name has \d+ characters/);
      expect(message).not.toContain(value);
    }),
  );
});

test("a text that is not such a file is not shown: it may be a list of values", () => {
  fc.assert(
    fc.property(values, (value) => {
      for (const text of [value, `{"${value}": ann}`, `["${value}"]`, `"${value}"`, `{"abc1": ["${value}"]}`])
        expect(messageOf(text)).not.toContain(value);
    }),
  );
});

test("all that is wrong with a file is said at once, and how to write it", () => {
  expect(messageOf('{ "a-b": "ann", "abc1": "", "abc2": 5, "abc3": "joe", "": "eve" }').split("\n")).toEqual([
    expect.stringMatching(/^"keys\.json": entry 1: its name has 3 characters, /),
    '"keys.json": entry 2: must be the id of a subscription',
    '"keys.json": entry 3: must be the id of a subscription',
    expect.stringMatching(/^"keys\.json": entry 5: its name has 0 characters, /),
    'write it as { "<id of the key in AWS>": "<id of the subscription>" }',
  ]);
});

function messageOf(text: string): string {
  try {
    readKeyFile(text, "keys.json");
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the file was read");
}
