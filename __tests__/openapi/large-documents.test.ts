import { defineUnchecked, petShop } from "../support/catalogs";
import { largeDocument } from "../support/large-openapi";
import { apiFromDocument, remarksOn } from "../support/openapi-documents";
import { problemsOfOpenApi } from "../support/openapi-validator";

const large = largeDocument({ resources: 200, schemas: 400 });
const api = apiFromDocument(large);

test("a document as large as the great public ones becomes a catalog", () => {
  expect(problemsOfOpenApi([large])).toEqual([[]]);
  expect(Object.keys(api.routes)).toHaveLength(200 * 6);
  const catalog = defineUnchecked(petShop({ apis: { pets: { stages: { prod: {} }, ...api } } }));
  const [pets] = catalog.apis;
  const routes = pets?.kind === "own" ? pets.routes : [];
  expect(routes.filter(({ apiKeyRequired }) => !apiKeyRequired)).toHaveLength(20 * 6);
  expect(routes.filter(({ request }) => request?.body)).toHaveLength(200 * 3);
});

test("what it says at hundreds of places is said once, with places", () => {
  const remarks = remarksOn(api);
  expect(remarks.length).toBeLessThan(10);
  expect(remarks).toContainEqual(
    expect.stringMatching(/x-www-form-urlencoded are passed on unchecked.* and 591 more places\)$/),
  );
  expect(remarks.filter((each) => each.includes("refers to itself"))).toEqual([]);
  expect(JSON.stringify(api.models)).toContain("#/models/");
});
