import { join } from "node:path";
import fc from "fast-check";
import type { Account, AccountApi } from "../../src/aws/account";
import { newCatalogText } from "../../src/editing/typescript/catalog-text";
import { synthesizedResources } from "../../src/model/synthesized-resources";
import { defineUnchecked, problemsOf } from "../support/catalogs";
import { deployedAccount } from "../support/deployed-account";
import { synthesizeInto } from "../support/read-synthesized";
import { withFolder } from "../support/synthesize";
import { errorsIn, programOf } from "../support/type-check";
import { wholeCatalog } from "../support/whole-catalog";
import { account as accountOf, adopted, plan } from "./support/accounts";

/** How many accounts are tried; more of them with `PROPERTY_RUNS=500`. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 12);

/** What accounts have that the catalog does not support, or that nobody would write. */
const ODD_INTEGRATIONS = [
  undefined,
  { type: "AWS" as const, uri: "arn:aws:apigateway:us-east-1:sqs:path/123456789012/jobs", httpMethod: "POST" },
  { type: "HTTP_PROXY" as const, uri: "http://10.0.0.1", httpMethod: "ANY", connectionType: "VPC_LINK" as const },
  { type: "HTTP" as const, uri: "https://b.example.com", httpMethod: "GET" },
];
const ODD_PATHS = ["/nowhere/GET", "//GET", "/pets/OPTIONS", "/*/*", "odd", "/pets/{id}/PURGE"];
const ODD_NAMES = ["", "Free Plan!", "constructor", "__proto__", "日本", 'a "b" ${c}', "x".repeat(200), "\u0000"];

const oddities = fc.record({
  integrations: fc.array(fc.tuple(fc.nat(30), fc.nat(ODD_INTEGRATIONS.length - 1)), { maxLength: 4 }),
  throttles: fc.array(fc.tuple(fc.nat(5), fc.constantFrom(...ODD_PATHS), fc.constantFrom(0, 1, 2.5)), { maxLength: 4 }),
  names: fc.array(fc.tuple(fc.constantFrom("apis", "plans", "keys"), fc.nat(5), fc.constantFrom(...ODD_NAMES)), {
    maxLength: 5,
  }),
});

/** An account with them. */
function odd(
  read: Account,
  { integrations, throttles, names }: typeof oddities extends fc.Arbitrary<infer T> ? T : never,
) {
  const account = structuredClone(read) as Account;
  const methods = account.apis.flatMap(({ definition }) =>
    (definition?.resources ?? []).flatMap(({ resourceMethods = {} }) => Object.values(resourceMethods)),
  );
  for (const [index, kind] of integrations) {
    const method = methods[index % Math.max(methods.length, 1)];
    if (method) method.methodIntegration = ODD_INTEGRATIONS[kind];
  }
  for (const [index, path, rateLimit] of throttles) {
    const stages = account.plans[index % Math.max(account.plans.length, 1)]?.stages ?? [];
    for (const stage of stages)
      Object.assign(stage, { methodThrottles: { ...stage.methodThrottles, [path]: { rateLimit, burstLimit: 3 } } });
  }
  for (const [part, index, name] of names) {
    const things = account[part as "keys"];
    const thing = things[index % Math.max(things.length, 1)];
    // AWS wants a name of an API.
    if (part === "apis" && name === "") continue;
    if (thing) Object.assign(thing, { name });
    if (thing && part === "apis") Object.assign((thing as unknown as AccountApi).definition?.api ?? {}, { name });
  }
  return account;
}

const accounts = fc.tuple(wholeCatalog, oddities).map(([written, parts]) => {
  const { keyStore: _, ...catalog } = written;
  const read = withFolder((folder) => {
    synthesizeInto(join(folder, "cdktf.out"), defineUnchecked(catalog), {
      handlersFolder: "__tests__/support/handlers",
    });
    return deployedAccount(synthesizedResources(join(folder, "cdktf.out")).resources);
  });
  return odd(
    { ...read, apis: [...read.apis, { id: "a1b2c3d4e5", name: "legacy", createdAt: 0, stages: ["live"] }] },
    parts,
  );
});

test("a catalog that is adopted of any account compiles, and the catalog's own checks take it", () => {
  const texts = new Map<string, string>();
  fc.assert(
    fc.property(accounts, fc.boolean(), (account, definitions) => {
      const { apis, tiers, subscriptions, domainNames } = adopted(account, { definitions });
      const written = { apis, tiers, subscriptions, domainNames };
      expect(problemsOf(written)).toEqual([]);
      texts.set(`adopted-${texts.size}`, newCatalogText("../../../src", written));
    }),
    { numRuns: RUNS },
  );
  const program = programOf(texts);
  for (const [name, text] of texts) expect({ text, errors: errorsIn(program, name) }).toEqual({ text, errors: [] });
}, 300_000);

test("a throttle of a route that was left out stays in the plan, and not in the catalog", () => {
  const gold = plan("p1", "gold", {
    stages: [{ apiId: "api1", stage: "prod", methodThrottles: { "/left/GET": { rateLimit: 1, burstLimit: 1 } } }],
  });
  const integration = {
    type: "HTTP_PROXY" as const,
    uri: "https://b.example.com",
    httpMethod: "GET",
    timeoutInMillis: 29_000,
  };
  const method = (methodIntegration?: typeof integration) => ({
    resourceMethods: { GET: { authorizationType: "NONE", apiKeyRequired: true, methodIntegration } },
  });
  const account = accountOf([gold], []);
  const [api] = account.apis;
  const definition = {
    api: { id: "api1", name: "Pet Store", endpointConfiguration: { types: ["REGIONAL" as const] } },
    resources: [
      { id: "r1", path: "/", ...method(integration) },
      { id: "r2", path: "/left", ...method() },
    ],
    authorizers: [],
    gatewayResponses: [],
    models: [],
    validators: [],
    stages: [{ stageName: "prod", deploymentId: "d1" }],
    deployments: [{ id: "d1" }],
  };
  const { tiers, imports, findings } = adopted(
    { ...account, apis: [{ ...api, definition } as AccountApi] },
    { definitions: true },
  );
  expect(tiers.gold).not.toHaveProperty("methodThrottle");
  expect(imports.tiers?.gold).toEqual({ usagePlanId: "p1", keep: ["api_stages"] });
  expect(findings.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(
      /^throttles GET \/left of "pet-store", which is not a route of the catalog; api_stages stays/,
    ),
  );
});
