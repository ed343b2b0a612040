import type { TestCaller } from "../../src/testing";
import { TestGateway } from "../../src/testing";
import { defineUnchecked, withRoutes } from "../support/catalogs";

const ROUTES = [
  "GET /",
  "GET /pets",
  "POST /pets",
  "GET /pets/{id}",
  "GET /pets/mine",
  "ANY /pets/{id}/toys",
  "DELETE /pets/{id}/toys",
  "GET /files/{path+}",
  "GET /files/public/{path+}",
  "ANY /any",
];

/** Each route says which one it is. */
const gateway = TestGateway.of(
  defineUnchecked(
    withRoutes(
      Object.fromEntries(ROUTES.map((route) => [route, { mock: { body: { route } }, apiKeyRequired: false }])),
    ),
  ),
);
afterAll(() => gateway.close());
const caller = (): TestCaller => gateway.anyone.at("pets", "prod");

test.each([
  ["GET /", "GET /"],
  ["GET /pets", "GET /pets"],
  ["GET /pets/", "GET /pets"],
  ["GET /pets?page=2", "GET /pets"],
  ["GET //pets", "GET /pets"],
  ["POST /pets", "POST /pets"],
  ["GET /pets/7", "GET /pets/{id}"],
  ["GET /pets/a%2Fb", "GET /pets/{id}"],
  ["GET /pets/mine", "GET /pets/mine"],
  ["GET /pets/%6Dine", "GET /pets/mine"],
  ["GET /pets/7/toys", "ANY /pets/{id}/toys"],
  ["PATCH /pets/mine/toys", "ANY /pets/{id}/toys"],
  ["DELETE /pets/7/toys", "DELETE /pets/{id}/toys"],
  ["GET /files/a", "GET /files/{path+}"],
  ["GET /files/a/b/c.txt", "GET /files/{path+}"],
  ["GET /files/public/a", "GET /files/public/{path+}"],
  ["OPTIONS /any", "ANY /any"],
])("%s is answered by %s", async (request, route) => {
  const answer = await caller().send(request);
  expect([answer.status, answer.json()]).toEqual([200, { route }]);
});

test.each([
  "DELETE /pets",
  "GET /PETS",
  "GET /pets//toys",
  "GET /pets/7/8",
  "GET /files",
  "GET /files/",
  "POST /files/a",
  "GET /any/more",
  "GET /%",
])("%s does not exist as a route", async (request) => {
  const answer = await caller().send(request);
  expect([answer.status, answer.json()]).toEqual([403, { message: "Missing Authentication Token" }]);
});
