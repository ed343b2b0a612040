import type ts from "typescript";
import { errorsIn as errorsOf, programOf } from "../support/type-check";

/**
 * What the compiler says of a mistake, as an editor shows it: the words under the red line, and the message. All cases are
 * files of one program, because it is its start that takes time.
 */
const HEAD = `import { defineCatalog } from "../../../src/catalog/define-catalog";\n`;
const APIS = `apis: { pets: { stages: { test: {}, prod: {} }, routes: { "GET /pets": { mock: 200 } } } }`;

const api = (text: string) => `defineCatalog({ apis: { pets: { ${text} } }, tiers: {} });`;
const route = (text: string) => api(`stages: { prod: {} }, routes: { "GET /pets": { ${text} } }`);
const tier = (text: string) => `defineCatalog({ ${APIS}, tiers: { gold: { ${text} } } });`;
const subscription = (text: string) =>
  `defineCatalog({ ${APIS}, tiers: { gold: { access: { pets: "*" } } }, subscriptions: { joe: { ${text} } } });`;

const asked = (text: string, inApi = "") =>
  api(
    `${inApi} authorizers: { keys: { lambda: "x" }, staff: { lambda: "y" } }, stages: { prod: {} }, routes: { "GET /pets": { mock: 200, ${text} }, "PUT /pets": { mock: 200, authorizer: "keys" } }`,
  );

const named = (inApi: string, inName = "") =>
  `defineCatalog({ apis: { pets: { ${inApi}, routes: { "GET /pets": { mock: 200 } } } }, tiers: {}, domainNames: { "api.example.com": { ${inName} certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a-1" } } });`;

const CASES: Readonly<Record<string, readonly [code: string, at: string, message: string]>> = {
  "a route": [route("mock: 200, apiKeyRequird: false"), "apiKeyRequird", `Did you mean to write 'apiKeyRequired'?`],
  "a mock answer": [route("mock: { stats: 200 }"), "stats", `Did you mean to write 'status'?`],
  "a handler": [route(`handler: { name: "pets", timeoutSecnds: 1 }`), "timeoutSecnds", `'timeoutSeconds'?`],
  "request rules": [route("mock: 200, request: { headrs: {} }"), "headrs", `Did you mean to write 'headers'?`],
  "an API": [api("naem: 'Pets', stages: {}, routes: {}"), "naem", `'naem' does not exist`],
  "a stage": [api("stages: { prod: { retierd: true } }"), "retierd", `Did you mean to write 'retired'?`],
  "a stage's settings": [api("stages: { prod: { settings: { metrcs: true } } }"), "metrcs", `'metrics'?`],
  "a tier": [tier("access: {}, quta: {}"), "quta", `Did you mean to write 'quota'?`],
  "a quota": [tier("access: {}, quota: { limit: 1, priod: 'DAY' }"), "priod", `Did you mean to write 'period'?`],
  "a subscription": [subscription("tier: 'gold', enbled: true"), "enbled", `Did you mean to write 'enabled'?`],
  "the catalog": [`defineCatalog({ ${APIS}, tiers: {}, customers: {} });`, "customers", `'customers' does not exist`],
  "the name of a stage": [tier("access: { pets: ['prdo'] }"), "'prdo'", `not assignable to type '"prod" | "test"'`],
  "the name of a tier": [subscription("tier: 'golt'"), "tier", `'"golt"' is not assignable to type '"gold"'`],
  "the authorizer of a route": [
    asked(`authorizer: "stafff"`),
    "authorizer",
    `'"stafff"' is not assignable to type 'false | "AWS_IAM" | "keys" | "staff" | undefined'. Did you mean '"staff"'?`,
  ],
  "the authorizer of an API": [asked("", `authorizer: "kees",`), "authorizer", `"AWS_IAM" | "keys" | "staff"`],
  "the authorizer of an API that has none": [route(`mock: 200, authorizer: "keys"`), "authorizer", `"AWS_IAM"`],
  "a field of an authorizer": [
    api(`authorizers: { keys: { lambda: "x", tipe: "TOKEN" } }, stages: { prod: {} }, routes: {}`),
    "tipe",
    "'tipe' does not exist",
  ],
  "a field of a domain name of a stage": [
    named(`stages: { prod: { domains: [{ name: "api.example.com", basPath: "v1" }] } }`),
    "basPath",
    `Did you mean to write 'basePath'?`,
  ],
  "a field of a domain name": [
    named("stages: { prod: {} }", `securityPolcy: "TLS_1_2",`),
    "securityPolcy",
    `Did you mean to write 'securityPolicy'?`,
  ],
  "a method": [
    api(`stages: { prod: {} }, routes: { "FETCH /pets": { mock: 200 } }`),
    `"FETCH /pets"`,
    `write a route as \\"METHOD /path\\"`,
  ],
};

/** A catalog of a real size: four APIs, so that names of one are looked up among those of the others. */
const large = (size: number) => {
  const list = (count: number, each: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => each(i)).join();
  const one = (name: string) =>
    `${name}: { stages: { test: {}, prod: {} }, routes: { ${list(size / 4, (i) => `"GET /${name}/${i}": { mock: 200 }`)} } }`;
  const customers = list(size, (i) => `c${i}: { tier: "t${i % 10}", customer: "C", enabled: true }`);
  const tiers = list(10, (i) => `t${i}: { access: { a: ["prod"], b: "*" } }`);
  return `defineCatalog({ apis: { ${list(4, (i) => one("abcd"[i] as string))} }, tiers: { ${tiers} }, subscriptions: { ${customers} } });`;
};

describe("the compiler", () => {
  const SIZES = [4, 100, 800] as const;
  const files = new Map([
    ...Object.entries(CASES).map(([name, [code]]) => [name, HEAD + code] as const),
    ...SIZES.map((size) => [`of size ${size}`, HEAD + large(size)] as const),
  ]);
  let program: ts.Program;
  beforeAll(() => {
    program = programOf(files);
  }, 60_000);

  const errorsIn = (name: string) => errorsOf(program, name);

  test.each(Object.entries(CASES))("names what is misspelt of %s, where it stands", (name, [, at, message]) => {
    expect(errorsIn(name)).toEqual([{ at, message: expect.stringContaining(message) }]);
  });

  test("works in proportion to the size of a catalog", () => {
    const counter = program as unknown as { getInstantiationCount(): number };
    const [few, many] = SIZES.map((size) => {
      const before = counter.getInstantiationCount();
      expect(errorsIn(`of size ${size}`)).toEqual([]);
      return counter.getInstantiationCount() - before;
    }).slice(1) as [number, number];
    expect(few).toBeGreaterThan(0);
    expect(many).toBeLessThan(10 * few);
  });
});
