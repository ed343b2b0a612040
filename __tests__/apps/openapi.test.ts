import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../../src";
import { isOwnApi } from "../../src";
import { TestGateway } from "../../src/testing";

jest.setTimeout(60_000);

const FOLDER = join(__dirname, "../../examples/openapi");

/** The catalog, read in the folder of its documents. */
function readCatalog(): Catalog {
  const here = process.cwd();
  process.chdir(FOLDER);
  try {
    return (require(join(FOLDER, "catalog")) as { readonly catalog: Catalog }).catalog;
  } finally {
    process.chdir(here);
  }
}

const catalog = readCatalog();

test("four documents make four APIs: a plain one, AWS's export, SAM's template and Terraform's body", () => {
  const routes = catalog.apis.filter(isOwnApi).map(({ id, routes: own }) => [id, own.map(({ key }) => key)]);
  expect(Object.fromEntries(routes)).toEqual({
    depots: ["GET /depots", "PUT /depots"],
    invoices: ["GET /invoices/{number}", "POST /invoices"],
    parcels: ["DELETE /parcels/{id}", "GET /parcels/{id}", "GET /status", "POST /parcels"],
    rates: ["GET /rates"],
  });
});

describe("what the documents ask is asked", () => {
  const gateway = TestGateway.of(catalog);
  const shop = gateway.customer("corner-shop");
  afterAll(() => gateway.close());

  const to = { street: "Main Street 1", city: "Springfield" };
  test.each<[string, object, number]>([
    ["a parcel without an address", { grams: 5 }, 400],
    ["a parcel within a parcel that weighs nothing", { to, grams: 5, within: { to, grams: 0 } }, 400],
  ])("%s is refused", async (_, body, status) => {
    const answer = await shop
      .at("parcels", "prod")
      .send("POST /parcels", { body: JSON.stringify(body), headers: { "content-type": "application/json" } });
    expect(answer.status).toBe(status);
  });

  test("a depot is not found without the city that the export demands", async () => {
    expect((await shop.at("depots", "prod").send("GET /depots")).status).toBe(400);
  });

  test("nobody calls without a key", async () => {
    expect((await gateway.anyone.at("rates", "prod").send("GET /rates")).status).toBe(403);
  });
});

test("the guide shows what the example does", () => {
  const guide = readFileSync(join(__dirname, "../../docs/openapi.md"), "utf8");
  const example = readFileSync(join(FOLDER, "catalog.ts"), "utf8").replaceAll(/^ +/gm, "");
  const blocks = [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block = ""]) => block.replaceAll(/^ +/gm, ""));
  expect(blocks).toHaveLength(4);
  for (const block of blocks) expect(example).toContain(block.trim());
});
