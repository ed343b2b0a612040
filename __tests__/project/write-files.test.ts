import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFiles } from "../../src/project/write-files";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "write-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const textOf = (name: string) => readFileSync(at(name), "utf8");

test("new files, folders and replaced files are written, and nothing is left beside them", () => {
  writeFileSync(at("b"), "old");
  writeFiles(
    new Map([
      [at("sub/a"), "1"],
      [at("b"), "2"],
    ]),
  );
  expect([textOf("sub/a"), textOf("b")]).toEqual(["1", "2"]);
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(["b", "sub", "sub/a"]);
});

test.each<[string, () => void]>([
  ["is a folder", () => mkdirSync(at("b"))],
  // Even root cannot create a folder below a file.
  ["is below a file", () => writeFileSync(at("b"), "")],
])("none is written if one %s", (_, prepare) => {
  writeFileSync(at("a"), "old");
  prepare();
  const second = statSync(at("b")).isFile() ? at("b/c") : at("b");
  const files = new Map([
    [at("a"), "new"],
    [second, "2"],
  ]);
  expect(() => writeFiles(files)).toThrow(/is not a file|ENOTDIR|EEXIST/);
  expect(textOf("a")).toBe("old");
  expect(readdirSync(folder).sort()).toEqual(["a", "b"]);
});

test("without overwrite, each file that already exists is named and none is written", () => {
  writeFileSync(at("a"), "mine");
  writeFileSync(at("c"), "mine");
  const files = new Map(["a", "b", "c"].map((name) => [at(name), "generated"]));
  expect(() => writeFiles(files, { overwrite: false })).toThrow(
    `${at("a")}: already exists; move it away, or name another file\n${at("c")}: already exists; move it away, or name another file`,
  );
  expect(readdirSync(folder).sort()).toEqual(["a", "c"]);
  writeFiles(new Map([[at("b"), "generated"]]), { overwrite: false });
  expect(readdirSync(folder).sort()).toEqual(["a", "b", "c"]);
});

test("a replaced file keeps its mode, and a symbolic link its target", () => {
  writeFileSync(at("shared.ts"), "old");
  chmodSync(at("shared.ts"), 0o600);
  symlinkSync("shared.ts", at("catalog.ts"));
  writeFiles(new Map([[at("catalog.ts"), "new"]]));
  expect(textOf("shared.ts")).toBe("new");
  expect(statSync(at("shared.ts")).mode & 0o777).toBe(0o600);
  expect(lstatSync(at("catalog.ts")).isSymbolicLink()).toBe(true);
});
