import { TestGateway } from "../../src/testing";
import { defineUnchecked, petShop } from "../support/catalogs";
import { circle, owner, pet, ref } from "../support/models";

const routes = Object.fromEntries(
  Object.entries({
    "POST /pets": ref("Pet"),
    "POST /pets/batch": { type: "array", items: ref("Pet") },
    "POST /people": ref("Person"),
    "POST /streets": { type: "object", additionalProperties: ref("House") },
    "POST /trees": ref("Tree"),
  }).map(([key, body]) => [key, { mock: 200, apiKeyRequired: false, request: { body } }]),
);
const models = { Pet: pet, Owner: owner, ...circle, Tree: { type: "object", additionalProperties: ref("Tree") } };

const gateway = TestGateway.of(defineUnchecked(petShop({ apis: { pets: { stages: { prod: {} }, models, routes } } })));
afterAll(() => gateway.close());

const JOE = { name: "Joe" };

test.each<[string, number, unknown]>([
  ["POST /pets", 200, {}],
  ["POST /pets", 200, { owner: JOE }],
  ["POST /pets", 400, { owner: {} }],
  ["POST /pets/batch", 200, [{ owner: JOE }]],
  ["POST /pets/batch", 400, [{ owner: JOE }, { owner: { name: 1 } }]],
  // AWS was recorded to answer these three so.
  ["POST /people", 200, { ...JOE, house: { any: "thing", contains: [{ name: "Mary" }] } }],
  ["POST /people", 400, { random: "blabla" }],
  ["POST /people", 400, { ...JOE, house: { contains: [{ random: "blabla" }] } }],
  ["POST /people", 400, { ...JOE, house: { contains: [{ ...JOE, house: { contains: [1] } }] } }],
  ["POST /streets", 200, { 1: { contains: [JOE] } }],
  ["POST /streets", 400, { 1: { contains: [{}] } }],
  ["POST /trees", 200, { a: { b: { c: {} } } }],
  ["POST /trees", 400, { a: { b: { c: 1 } } }],
])("%s is answered with %i to %j", async (route, status, body) => {
  const answer = await gateway.anyone.at("pets", "prod").send(route, {
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(status);
  if (status === 400) expect(answer.json()).toEqual({ message: "Invalid request body" });
});

test("a body that is nested deeper than a schema can follow is an error of the gateway, which goes on", async () => {
  const depth = 100_000;
  const body = `${'{"a":'.repeat(depth)}{}${"}".repeat(depth)}`;
  const caller = gateway.anyone.at("pets", "prod");
  const deep = await caller.send("POST /trees", { headers: { "Content-Type": "application/json" }, body });
  expect(deep.status).toBe(500);
  expect((await caller.send("POST /trees", { body: "{}" })).status).toBe(200);
});
