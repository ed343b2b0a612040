import { createProgram } from "../../src/cli/program";

async function printed(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const log = jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  try {
    await createProgram(() => {}).parseAsync(args, { from: "user" });
  } finally {
    log.mockRestore();
  }
  return lines.join("\n");
}

test("the store that follows a command of usage is that command's", async () => {
  expect(await printed("usage", "schema", "--store", "metering")).toContain("'metering/usage/");
  await expect(printed("usage", "collect", "--state", "none.json", "--store", "gs://x/y")).rejects.toThrow(
    /gs:.*is not a usage store/,
  );
});

test("Athena reads no folder", async () => {
  await expect(printed("usage", "schema", "--store", "metering", "--engine", "athena")).rejects.toThrow(
    /"metering" is a folder, and Athena reads s3:\/\/bucket\/prefix/,
  );
});
