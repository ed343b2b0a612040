import { petShop, problemsOf } from "../support/catalogs";

const apiWith = (handlers: readonly string[], fields: object = {}) => ({
  stages: { prod: {} },
  routes: Object.fromEntries(handlers.map((handler) => [`GET /${handler}`, { handler }])),
  ...fields,
});

describe("the functions of two APIs", () => {
  test("cannot have one name", () => {
    const apis = { a: apiWith(["b-c", "d"]), "a-b": apiWith(["c", "d"]) };
    expect(problemsOf(petShop({ apis, tiers: {} }))).toEqual([
      'api "a-b": handler "c" gets the function name "a-b-c", as does handler "b-c" of api "a", and AWS takes a name ' +
        "once in each account and Region; rename one of the handlers or APIs",
    ]);
  });

  test.each([
    ["that authorizes", apiWith(["d"], { authorizer: { handler: "c" } })],
    ["that only a stage still uses", apiWith(["d"], { retiredHandlers: ["c"] })],
    ["of an API that is retired, and goes after the others were deployed", apiWith(["c"], { retired: true })],
  ])("cannot have the name of a handler %s", (_, other) => {
    expect(problemsOf(petShop({ apis: { a: apiWith(["b-c"]), "a-b": other }, tiers: {} }))).toEqual([
      expect.stringMatching(/^api "a-b": handler "c" gets the function name "a-b-c", as does handler "b-c" of api "a"/),
    ]);
  });

  test("have names of their own where the handler is the same", () => {
    expect(problemsOf(petShop({ apis: { a: apiWith(["c"]), b: apiWith(["c"]) }, tiers: {} }))).toEqual([]);
  });
});
