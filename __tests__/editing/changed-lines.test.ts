import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { changedLines } from "../../src/editing/changed-lines";
import { run } from "../support/run";
import { withFolder } from "../support/synthesize";

test("two changes that are far apart are two hunks, and lines between them are left out", () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
  const changed = lines.toSpliced(17, 1, "new", "newer").toSpliced(1, 1);
  expect(changedLines(`${lines.join("\n")}\n`, changed.join("\n")).join("\n")).toBe(`@@ -1,4 +1,3 @@
 line 1
-line 2
 line 3
 line 4
@@ -16,5 +15,6 @@
 line 16
 line 17
-line 18
-line 19
-line 20
+new
+newer
+line 19
+line 20
\\ No newline at end of file`);
});

test("nothing is said of texts that are the same", () => {
  expect(changedLines("a\nb\n", "a\nb\n")).toEqual([]);
});

const anyText = fc
  .tuple(fc.array(fc.constantFrom("a", "b", "c", "", "d e"), { maxLength: 12 }), fc.boolean())
  .map(([lines, ends]) => lines.join("\n") + (ends && lines.length > 0 ? "\n" : ""));

test("it is a diff that git applies", () => {
  fc.assert(
    fc.property(anyText, anyText, (before, after) => {
      // To git, a text without lines is a file that is not there.
      fc.pre(before !== after && before !== "" && after !== "");
      withFolder((folder) => {
        writeFileSync(join(folder, "text"), before);
        const patch = ["--- a/text", "+++ b/text", ...changedLines(before, after), ""].join("\n");
        const { code, stderr } = run("git", ["apply", "--unidiff-zero", "-p1"], { cwd: folder, input: patch });
        expect({ code, stderr, patch }).toMatchObject({ code: 0 });
        expect(run("cat", ["text"], { cwd: folder }).stdout).toBe(after);
      });
    }),
    { numRuns: 60 },
  );
});
