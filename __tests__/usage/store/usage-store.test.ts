import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { FolderFiles } from "../../../src/usage/store/folder-files";
import { isStoreName } from "../../../src/usage/store/store-files";
import { usageFile } from "../../../src/usage/store/usage-lines";
import { openUsageStore } from "../../../src/usage/store/usage-store";
import type { UsageDay } from "../../../src/usage/usage-day";
import { contentsOf, temporaryFolder, usageLine } from "../support";

const folder = temporaryFolder();
let number = 0;
const newFolder = () => join(folder, String(++number));

async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("files of a folder", () => {
  it("has no file before the first is written", async () => {
    const files = new FolderFiles(newFolder());
    expect(await files.read("a.json")).toBeUndefined();
    expect(await collected(files.list(""))).toEqual([]);
  });

  it("is written only in place of the version that the writer has seen", async () => {
    const files = new FolderFiles(newFolder());
    expect(await files.write("a/b.json", "1", undefined)).toBe(true);
    expect(await files.write("a/b.json", "2", undefined)).toBe(false);
    const seen = await files.read("a/b.json");
    expect(await files.write("a/b.json", "3", seen?.version)).toBe(true);
    expect(await files.write("a/b.json", "4", seen?.version)).toBe(false);
    expect(await files.read("a/b.json")).toMatchObject({ text: "3" });
  });

  it("lets one of many writers win, and leaves nothing beside the file", async () => {
    const files = new FolderFiles(newFolder());
    const written = await Promise.all(Array.from({ length: 20 }, (_, each) => files.write("a", `${each}`, undefined)));
    expect(written.filter(Boolean)).toHaveLength(1);
    expect(await contentsOf(files)).toEqual({ a: String(written.indexOf(true)) });
  });

  it("takes over the lock of a program that is gone", async () => {
    const at = newFolder();
    mkdirSync(at);
    // No process has this id: it is above what any system gives.
    writeFileSync(join(at, "a.lock"), JSON.stringify({ pid: 2 ** 30, host: hostname(), token: "gone" }));
    const files = new FolderFiles(at);
    const written = await Promise.all(Array.from({ length: 10 }, (_, each) => files.write("a", `${each}`, undefined)));
    expect(written.filter(Boolean)).toHaveLength(1);
  });

  it("waits for a program that holds the lock", async () => {
    const at = newFolder();
    mkdirSync(at);
    writeFileSync(join(at, "a.lock"), JSON.stringify({ pid: process.pid, host: hostname(), token: "other" }));
    const files = new FolderFiles(at);
    let done = false;
    const writing = files.write("a", "1", undefined).then((written) => {
      done = true;
      return written;
    });
    await new Promise((resume) => setTimeout(resume, 60));
    expect(done).toBe(false);
    rmSync(join(at, "a.lock"));
    expect(await writing).toBe(true);
  });

  it("lists names in order, from one and below another", async () => {
    const files = new FolderFiles(newFolder());
    const names = ["usage/day=2026-10-31/a", "usage/day=2026-11-01/a", "usage/day=2026-11-02/a", "z"];
    for (const name of [...names].reverse()) await files.write(name, "", undefined);
    expect(await collected(files.list(""))).toEqual(names);
    const range = { from: "usage/day=2026-11-01/", below: "usage/day=2026-11-010" };
    expect(await collected(files.list("usage/day=", range))).toEqual([names[1]]);
  });
});

describe("a usage store", () => {
  it("gives the lines of days in order, with what their paths say", async () => {
    const store = await openUsageStore(newFolder());
    for (const [day, plan, key] of [
      ["2026-11-02", "plan2", "key1"],
      ["2026-11-01", "plan1", "key2"],
      ["2026-11-01", "plan1", "key1"],
      ["2026-11-03", "plan1", "key1"],
    ] as const)
      await store.updateLines(usageFile(day, plan), (lines = []) => [...lines, usageLine({ key })]);
    const days = await collected(store.days({ from: "2026-11-01", to: "2026-11-02" }));
    expect(days.map(({ day, plan, key }) => [day, plan, key])).toEqual([
      ["2026-11-01", "plan1", "key1"],
      ["2026-11-01", "plan1", "key2"],
      ["2026-11-02", "plan2", "key1"],
    ]);
    expect(days[0]).toEqual({ day: "2026-11-01", plan: "plan1", ...usageLine() } satisfies UsageDay);
  });

  it("leaves out what was assumed of a key that was observed under another plan and used nothing", async () => {
    const store = await openUsageStore(newFolder());
    const lines = {
      plan1: [
        usageLine({ membership: "assumed", used: 0 }),
        usageLine({ key: "key2", membership: "assumed", used: 1 }),
      ],
      plan2: [usageLine(), usageLine({ key: "key2" })],
    };
    for (const [plan, each] of Object.entries(lines))
      await store.updateLines(usageFile("2026-11-01", plan), () => each);
    const days = await collected(store.days({ from: "2026-11-01", to: "2026-11-01" }));
    expect(days.map(({ plan, key }) => [plan, key])).toEqual([
      ["plan1", "key2"],
      ["plan2", "key1"],
      ["plan2", "key2"],
    ]);
  });

  it("keeps documents, of which changes at once lose nothing", async () => {
    const store = await openUsageStore(newFolder());
    const numbers = Array.from({ length: 12 }, (_, each) => each);
    await Promise.all(numbers.map((each) => store.update("credits/a.json", (text = "") => `${text}${each};`)));
    const { text = "" } = (await store.read("credits/a.json")) ?? {};
    expect(
      text
        .split(";")
        .slice(0, -1)
        .map(Number)
        .sort((a, b) => a - b),
    ).toEqual(numbers);
    expect(await store.update("credits/a.json", (same) => same)).toBe(false);
  });

  it.each([
    ["{}", /usage\.jsonl:1: "key" cannot be nothing in a line of the usage store; the file was changed/],
    ["{", /usage\.jsonl:1: is not valid JSON; the file was changed/],
    ["[]", /usage\.jsonl:1: is not an object/],
    [JSON.stringify({ ...usageLine(), used: -1 }), /"used" cannot be -1/],
  ])("says where a line is damaged: %s", async (line, message) => {
    const at = newFolder();
    const store = await openUsageStore(at);
    await store.write(usageFile("2026-11-01", "plan1"), `${line}\n`, undefined);
    await expect(collected(store.days({ from: "2026-11-01", to: "2026-11-01" }))).rejects.toThrow(message);
  });

  it.each(["gs://bucket/usage", "s3://", "s3://B", ""])("refuses the address %j", async (address) => {
    await expect(openUsageStore(address)).rejects.toThrow(/is not a usage store; name a folder, or s3:\/\/bucket/);
  });

  it.each(["../a", "a/../b", "/a", "a//b", "a b", ".a", ""])("refuses the name %j of a document", async (name) => {
    expect(isStoreName(name)).toBe(false);
    const store = await openUsageStore(newFolder());
    expect(() => store.read(name)).toThrow(/cannot be the name of a file in a usage store/);
  });
});
