import { BodySchemas } from "../../src/gateway/body-schemas";

const checkOf = (schema: object) => {
  const check = new BodySchemas({ models: new Map() }).check(JSON.stringify(schema));
  if (typeof check !== "function") throw new Error(check.problem);
  return check;
};

test("a body whose items are compared each with each is given up in time", () => {
  const items = Array.from({ length: 200_000 }, (_, index) => ({ index }));
  expect(() => checkOf({ type: "array", uniqueItems: true })(JSON.stringify(items))).toThrow(
    "the body's schema takes more than 3 seconds to check",
  );
}, 15_000);

test("a body with very many mistakes has some of them named", () => {
  const problem = checkOf({ type: "array", items: { type: "string" } })(JSON.stringify(Array(50_000).fill(1)));
  expect(problem?.length).toBeLessThan(10_000);
});
