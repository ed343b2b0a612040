import { defineUnchecked, petShop, problemsOf } from "../support/catalogs";

const selfService = (written: unknown, parts: Record<string, unknown> = {}) =>
  petShop({ selfService: written, ...parts });

test("customers choose among tiers of the catalog, each named once", () => {
  expect(problemsOf(selfService({ tiers: ["gold", "glod", "gold"] }))).toEqual([
    'selfService: tiers: unknown tier "glod"; did you mean "gold"?',
    'selfService: tiers: names "gold" twice; name it once',
  ]);
});

test("a closed tier may stay for the customers who are on it", () => {
  const tier = { access: { pets: ["prod"] } };
  const tiers = { gold: tier, old: { ...tier, closed: true } };
  const { findings } = defineUnchecked(selfService({ tiers: ["old", "gold"] }, { tiers }));
  expect(findings.filter(({ place }) => place === "selfService")).toEqual([]);
});

test.each([
  ["no tiers", {}, /^selfService: tiers must be a list of tiers, the lowest first/],
  ["an empty list", { tiers: [] }, /^selfService: tiers must be a list of tiers, the lowest first/],
  [
    "a grace that is not a number",
    { tiers: ["gold"], rotationGraceHours: "72h" },
    /rotationGraceHours must be a whole number from 0 to 2,160 hours/,
  ],
  ["a name that AWS refuses", { tiers: ["gold"], name: "a b" }, /name must be 3 to 50 letters/],
  [
    "a store that does not exist",
    { tiers: ["gold"], handOver: "mail" },
    /handOver must be "answer", "ssm" or "secretsmanager"/,
  ],
  ["a field that does not exist", { tiers: ["gold"], grace: 3 }, /unknown field "grace"|grace/],
])("%s is refused", (_, written, problem) => {
  expect(problemsOf(selfService(written))).toEqual([expect.stringMatching(problem)]);
});

test("an API cannot have the name of its stack", () => {
  const apis = { "self-service": { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } };
  const tiers = { gold: { access: { "self-service": ["prod"] } } };
  expect(problemsOf(selfService({ tiers: ["gold"] }, { apis, tiers }))).toEqual([
    'api "self-service": would stand in the stack "self-service", as does selfService; rename one of them',
  ]);
});

test("what is left out has a default", () => {
  expect(defineUnchecked(selfService({ tiers: ["gold"] })).selfService).toEqual({
    tiers: ["gold"],
    name: "api-tiers-self-service",
    verification: true,
    verifyWithinDays: 7,
    rotationGraceHours: 72,
    paymentGraceDays: 7,
    keepRetiredKeysDays: 30,
    handOver: "answer",
    eventBus: "default",
    retired: false,
  });
  expect(defineUnchecked(petShop()).selfService).toBeUndefined();
});
