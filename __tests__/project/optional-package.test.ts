import { loadOptional, MissingPackage, requireOptional } from "../../src/project/optional-package";

const notFound = (what: string) =>
  Object.assign(new Error(`Cannot find module '${what}'\nRequire stack:\n- /x.js`), { code: "MODULE_NOT_FOUND" });

test("a package that is not installed is an error with the command that installs it", async () => {
  const error = new MissingPackage('adopt needs @acme/one, which is not installed; run "npm install @acme/one"');
  const fail = () => {
    throw notFound("@acme/one");
  };
  expect(() => requireOptional("@acme/one", "adopt", fail)).toThrow(error);
  await expect(loadOptional("@acme/one", "adopt", async () => fail())).rejects.toThrow(error);
});

test.each<[string, Error]>([
  ["lacks a package of its own", notFound("@acme/two")],
  ["throws while it loads", new Error("broken")],
])("a package that %s is not called missing", async (_, error) => {
  await expect(loadOptional("@acme/one", "adopt", () => Promise.reject(error))).rejects.toBe(error);
});

test("a package that is there is given as it is", async () => {
  expect(requireOptional("a", "adopt", () => 1)).toBe(1);
  expect(await loadOptional("a", "adopt", async () => 2)).toBe(2);
});
