import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logSources } from "../../src/logs/log-sources";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "log-sources-"));
  mkdirSync(join(folder, "logs"));
  writeFileSync(join(folder, "logs", "a.log"), "a");
  writeFileSync(join(folder, "logs", "b.log"), "b");
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

/** What is found, by names without the folder. */
async function found(...names: string[]) {
  const sources: { name: string; isReadOnce: boolean }[] = [];
  for await (const { name, isReadOnce = false } of logSources(names.map(at)))
    sources.push({ name: name.slice(folder.length + 1), isReadOnce });
  return sources;
}
const namesOf = async (...names: string[]) => (await found(...names)).map(({ name }) => name);

test("a symbolic link to its own folder leads nowhere", async () => {
  symlinkSync(".", at("logs/loop"));
  symlinkSync("..", at("logs/up"));
  expect(await namesOf("logs")).toEqual(["logs/a.log", "logs/b.log"]);
});

test("a file that is reached in several ways comes once, by its first name", async () => {
  symlinkSync("a.log", at("logs/z.log"));
  expect(await namesOf("logs/b.log", "logs", "logs/a.log", "logs")).toEqual(["logs/b.log", "logs/a.log"]);
});

test("links that lead to each other are an error", async () => {
  symlinkSync("y.log", at("logs/x.log"));
  symlinkSync("x.log", at("logs/y.log"));
  await expect(namesOf("logs")).rejects.toThrow(/cannot be read \(ELOOP\); name files/);
});

test("a pipe is read once, and a file as often as is needed", async () => {
  execFileSync("mkfifo", [at("pipe")]);
  expect(await found("pipe", "logs/a.log")).toEqual([
    { name: "pipe", isReadOnce: true },
    { name: "logs/a.log", isReadOnce: false },
  ]);
});
