import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoreFiles } from "../../src/usage/store/store-files";
import type { UsageLine } from "../../src/usage/store/usage-lines";

/** A folder that is deleted after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "usage-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A line of a customer who is on bronze and calls three times. */
export function usageLine(fields: Partial<UsageLine> = {}): UsageLine {
  return {
    key: "key1",
    subscription: "joe-black",
    customer: "Joe Black",
    tier: "bronze",
    enabled: true,
    price: null,
    membership: "observed",
    membershipRead: "2026-11-03T12:00:00.000Z",
    used: 3,
    remaining: 997,
    reported: true,
    read: "2026-11-03T12:00:00.000Z",
    final: false,
    finalSince: null,
    correctedFrom: null,
    ...fields,
  };
}

/** Texts of all files, by name. */
export async function contentsOf(files: StoreFiles): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for await (const name of files.list("")) contents[name] = (await files.read(name))?.text ?? "";
  return contents;
}
