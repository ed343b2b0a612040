import { defineCatalog } from "../../src";
import { identitiesInAccount } from "../../src/replay/account-identities";
import { synthesizedModel } from "../../src/testing/synthesized-model";

const { model, clean } = synthesizedModel(
  defineCatalog({
    apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } },
    tiers: { gold: { access: { pets: "*" } } },
    subscriptions: {
      ann: { tier: "gold" },
      joe: { tier: "gold", keyName: "joe-2025" },
      max: { tier: "gold", keyName: "shared" },
      mia: { tier: "gold", keyName: "shared" },
    },
  }),
  undefined,
);
afterAll(clean);

const nameOfKey = (id: string) => model.keys.find(({ subscription }) => subscription === id)?.name ?? "";

test("an account says whose keys are by their names, where one alone has the name in the account and in the catalog", () => {
  const keys = [
    { id: "k1", name: nameOfKey("ann") },
    { id: "k2", name: "joe-2025" },
    { id: "k3", name: "shared" },
    { id: "k4", name: "somebody-else" },
    { id: "k5" },
  ];
  const apis = [
    { id: "a1", name: model.apis[0]?.name },
    { id: "a2", name: "another" },
  ];
  const identities = identitiesInAccount({ keys, apis }, model);
  expect([...identities.keys]).toEqual([
    ["k1", "ann"],
    ["k2", "joe"],
  ]);
  expect([...identities.apis]).toEqual([["a1", "pets"]]);
});

test("two keys of one name in the account are nobody's", () => {
  const keys = ["k1", "k2"].map((id) => ({ id, name: "joe-2025" }));
  expect([...identitiesInAccount({ keys, apis: [] }, model).keys]).toEqual([]);
});
