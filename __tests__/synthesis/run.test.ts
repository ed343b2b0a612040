import { run } from "../../src";
import { CatalogError } from "../../src/vocabulary/catalog-error";

/** What a program prints on standard error, and the exit code that it leaves. */
async function failing(program: () => void | Promise<void>, env: NodeJS.ProcessEnv = {}) {
  const printed: string[] = [];
  const print = jest.spyOn(console, "error").mockImplementation((text) => printed.push(String(text)));
  const { exitCode } = process;
  const debug = process.env.API_TIERS_DEBUG;
  Object.assign(process.env, env);
  try {
    await run(program);
    return { code: process.exitCode, text: printed.join("\n") };
  } finally {
    print.mockRestore();
    process.exitCode = exitCode;
    if (debug === undefined) delete process.env.API_TIERS_DEBUG;
  }
}
const throws = (error: unknown) => () => {
  throw error;
};
const missing = (message: string, requireStack: string[]) =>
  Object.assign(new Error(message), { code: "MODULE_NOT_FOUND", requireStack, stack: "" });

test.each<[string, unknown, string]>([
  [
    "a catalog with problems",
    new CatalogError([{ severity: "error", place: 'tier "a"', message: "is wrong" }]),
    'The catalog has 1 problem:\n  - tier "a": is wrong',
  ],
  [
    "a package that is not installed",
    missing("Cannot find module 'left-pad/lib'", [`${process.cwd()}/catalog.ts`]),
    'catalog.ts: the package "left-pad" is not installed; run "npm install left-pad"',
  ],
  [
    "a package with a scope that is not installed",
    missing("Cannot find module '@cdktf/provider-aws/lib/x'", [`${process.cwd()}/main.ts`]),
    'main.ts: the package "@cdktf/provider-aws" is not installed; run "npm install @cdktf/provider-aws"',
  ],
  [
    "something that is not an Error",
    "stop",
    'the program threw stop, which is not an Error; throw new Error("…") instead',
  ],
])("a program that throws %s ends with exit code 1 and says what to do", async (_, error, text) => {
  expect(await failing(throws(error))).toEqual({ code: 1, text });
});

test("the program's own error is reported with its place, and with its stack trace if API_TIERS_DEBUG is 1", async () => {
  const program = async () => {
    throw new Error("the team file is empty");
  };
  const { text } = await failing(program);
  expect(text).toMatch(
    /^__tests__\/synthesis\/run\.test\.ts:\d+: the team file is empty; fix it there, or set API_TIERS_DEBUG=1/,
  );
  expect(text).not.toContain("\n");
  expect((await failing(program, { API_TIERS_DEBUG: "1" })).text).toMatch(/\n {4}at .*run\.test\.ts/);
});

test("a program that ends well leaves the exit code as it is", async () => {
  expect(await failing(() => {})).toEqual({ code: undefined, text: "" });
});
