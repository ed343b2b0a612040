import { apiOfFixture, fixtures } from "../openapi/support/aws-documents";
import { petShop } from "../support/catalogs";
import { largeDocument } from "../support/large-openapi";
import { apiFromDocument, apiOf, documents } from "../support/openapi-documents";
import { describeWith } from "../support/requirements";
import { allValid, validateStacks } from "../support/validate-stacks";

describeWith(["terraform"], "the real provider finds nothing wrong with the routes of OpenAPI documents", () => {
  jest.setTimeout(180_000);

  test("in the style of well-known ones", () => {
    const names = Object.keys(documents);
    const ids = names.map((name) => name.replace(/[/.].*/, ""));
    const apis = Object.fromEntries(names.map((name, index) => [ids[index], { stages: { prod: {} }, ...apiOf(name) }]));
    const tiers = {
      gold: { access: Object.fromEntries(ids.map((id) => [id, "*"])), throttle: { rateLimit: 1, burstLimit: 2 } },
    };
    const results = validateStacks(ids, { apis, tiers });
    expect(results).toEqual(allValid(results));
  });

  test("in the style of public ones with the words of AWS", () => {
    const ids = Object.keys(fixtures).map((_, index) => `api-${index}`);
    const apis = Object.fromEntries(Object.keys(fixtures).map((name, index) => [ids[index], apiOfFixture(name)]));
    const tiers = {
      gold: { access: Object.fromEntries(ids.map((id) => [id, "*"])), throttle: { rateLimit: 1, burstLimit: 2 } },
    };
    const results = validateStacks(ids, { apis, tiers });
    expect(results).toEqual(allValid(results));
  });

  test("as large as the great public ones", () => {
    const api = apiFromDocument(largeDocument({ resources: 50, schemas: 100 }));
    const results = validateStacks(["pets"], petShop({ apis: { pets: { stages: { prod: {} }, ...api } } }));
    expect(results).toEqual(allValid(results));
  });
});
