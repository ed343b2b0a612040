import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { apiFromOpenApi } from "../../src";
import type { GatewayModel } from "../../src/model/model";
import { type OpenApiIntoOptions, openApiInto } from "../../src/openapi/openapi-into";
import { defineUnchecked, petShop } from "../support/catalogs";
import { documentPath, documents } from "../support/openapi-documents";
import { problemsOfOpenApi } from "../support/openapi-validator";
import { readSynthesized } from "../support/read-synthesized";
import { type Json, withFolder } from "../support/synthesize";
import { anyJson, anyYaml, drawFrom } from "../support/written-documents";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);
const SERVERS = { servers: { prod: "https://api.example.com/v1" } };

const shopWith = (api: object, more: object = {}): GatewayModel =>
  readSynthesized(defineUnchecked(petShop({ apis: { pets: { stages: { prod: {} }, ...api } }, ...more })));

interface Written {
  readonly texts: Readonly<Record<string, string>>;
  readonly changed: readonly string[];
  readonly remarks: readonly string[];
}

/** Writes an API into a document, of which the first file is the root. */
function into(
  files: Readonly<Record<string, string>>,
  model: GatewayModel,
  options: OpenApiIntoOptions = SERVERS,
): Written {
  return withFolder((folder) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const root = join(folder, Object.keys(files)[0] ?? "");
    const { files: texts, changed, remarks } = openApiInto(model, "pets", root, options);
    const nameOf = (file: string) => relative(folder, file);
    return {
      texts: Object.fromEntries([...texts].map(([file, text]) => [nameOf(file), text])),
      changed: changed.map(nameOf),
      remarks: remarks.map((remark) => remark.replace(/^\S+\//, "")),
    };
  });
}

const textInto = (text: string, api: object, options?: OpenApiIntoOptions, name = "openapi.yaml"): string =>
  into({ [name]: text }, shopWith(api), options).texts[name] ?? "";

/** What a document says in the end. */
const valueInto = (document: Json, api: object, options?: OpenApiIntoOptions): Json =>
  JSON.parse(textInto(JSON.stringify(document), api, options, "openapi.json"));

const KEY = { type: "apiKey", in: "header", name: "X-API-Key" };
const pets = (operation: Json, parts: Json = {}): Json => ({
  openapi: "3.0.3",
  info: { title: "Pets", version: "1" },
  paths: { "/pets": { get: { responses: {}, ...operation } } },
  ...parts,
});
const served = { routes: { "GET /pets": { mock: 200 } } };
const open = { routes: { "GET /pets": { mock: 200, apiKeyRequired: false } } };

describe("an API that is written into the document it came from", () => {
  test("adds servers, tiers, key and security in YAML, and leaves all else as it is", () => {
    const text = `# Pets, for everyone
openapi: "3.1.0"   # the newest
info:
    title: 'Pets'
    version: 1.0.0
    description: |
        Sells pets.

        # Terms
        None.

paths:
    /pets:      # all of them
        get: &list
            operationId:   listPets
            responses: {"200": {description: Pets}}

        post:
            <<: *list
            operationId: addPet
            security:
            - oauth: [ write ]
            tags: [ a,  b ]
components:
    securitySchemes:
        oauth: { type: oauth2, flows: {} }
`;
    const api = { routes: { "GET /pets": { mock: 200, apiKeyRequired: false }, "POST /pets": { mock: 200 } } };
    expect(textInto(text, api)).toBe(`# Pets, for everyone
openapi: "3.1.0"   # the newest
info:
    title: 'Pets'
    version: 1.0.0
    description: |
        Sells pets.

        # Terms
        None.

        ## Tiers

        - **gold**: 10/s, burst 20; on prod.
servers:
- url: https://api.example.com/v1
  description: Stage prod
x-api-tiers:
- id: gold
  name: gold
  stages:
  - prod
  throttle:
      rateLimit: 10
      burstLimit: 20

paths:
    /pets:      # all of them
        get: &list
            operationId:   listPets
            responses: {"200": {description: Pets}}

        post:
            <<: *list
            operationId: addPet
            security:
            - oauth: [ write ]
              apiKey: []
            tags: [ a,  b ]
components:
    securitySchemes:
        oauth: { type: oauth2, flows: {} }
        apiKey:
            type: apiKey
            in: header
            name: x-api-key
            description: The key of your subscription.
`);
  });

  test("adds them in JSON, in the indentation and with the line breaks of the file", () => {
    const text = [
      "{",
      '\t"openapi": "3.0.3",',
      '\t"info": {"title": "Pets",  "description": "Sells \\u00e9toiles\\/pets.", "version": "1"},',
      '\t"paths": { "/pets": { "get": {"responses":{}} } }',
      "}",
      "",
    ].join("\r\n");
    const written = textInto(text, served, SERVERS, "openapi.json");
    expect(written).toContain(
      '"info": {"title": "Pets",  "description": "Sells \\u00e9toiles\\/pets.\\n\\n## Tiers\\n\\n- **gold**: 10/s, burst 20; on prod.", "version": "1"},\r\n',
    );
    expect(written).toContain(
      '\r\n\t"paths": { "/pets": { "get": {"responses":{}} } },\r\n\t"components": {\r\n\t\t"securitySchemes": {',
    );
    expect(written.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(JSON.parse(written).security).toEqual([{ apiKey: [] }]);
  });

  test("says in Swagger 2.0 what that has words for", () => {
    const document = {
      swagger: "2.0",
      info: { title: "Pets", version: "1" },
      host: "abc.execute-api.eu-west-1.amazonaws.com",
      basePath: "/dev",
      paths: { "/pets": { get: { responses: {} } } },
    };
    expect(valueInto(document, served)).toMatchObject({
      host: "api.example.com",
      basePath: "/v1",
      schemes: ["https"],
      security: [{ apiKey: [] }],
      securityDefinitions: { apiKey: { type: "apiKey", in: "header", name: "x-api-key" } },
    });
    const { texts, remarks } = into({ "swagger.json": JSON.stringify(document) }, shopWith(served), {});
    expect(JSON.parse(texts["swagger.json"] ?? "")).toMatchObject({ host: document.host, basePath: "/dev" });
    expect(remarks).toEqual([
      expect.stringMatching(/keeps its host and its basePath, because the address is known only after/),
    ]);
  });

  test("changes the file in which an operation stands, and no other", () => {
    const files = {
      "openapi.yaml": `openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\nservers: [{url: 'https://api.example.com/v1'}]
paths: {/pets: {$ref: paths/pets.yaml}}\ncomponents: {securitySchemes: {k: {$ref: 'schemes.yaml#/key'}}}\n`,
      "paths/pets.yaml": "get:\n  responses: {}  # none\n  security: []\npost: {security: [k: []], responses: {}}\n",
      "schemes.yaml": "key: {type: apiKey, in: header, name: x-api-key}\n",
    };
    const api = { routes: { "GET /pets": { mock: 200 }, "POST /pets": { mock: 200 } } };
    const { texts, changed } = into(files, shopWith(api));
    expect(changed).toEqual(["openapi.yaml", "paths/pets.yaml"]);
    expect(texts["schemes.yaml"]).toBe(files["schemes.yaml"]);
    expect(texts["paths/pets.yaml"]).toBe(
      "get:\n  responses: {}  # none\n  security:\n    - k: []\npost: {security: [k: []], responses: {}}\n",
    );
  });
});

describe("shapes of public documents", () => {
  test("conditions of CloudFormation in security, and a file without a line break at its end", () => {
    const head = "openapi: 3.0.1\ninfo: {title: Pets, version: '1'}\nservers: [{url: 'https://api.example.com/v1'}]\n";
    const operation = `    get:
      responses: {}
      security:
        - api_key:
            Fn::If: [ IsProduction, [], { Ref: AWS::NoValue } ]
`;
    const schemes = "components:\n  securitySchemes:\n    api_key: {type: apiKey, in: header, name: x-api-key}";
    const text = `${head}paths:\n  /pets:\n${operation}${schemes}`;
    const written = textInto(text, served);
    expect(written).toContain(`paths:\n  /pets:\n${operation}${schemes}`);
    expect(written.endsWith(schemes)).toBe(true);
  });

  test("comments beside empty values, tags of CloudFormation, and keys in quotes", () => {
    const text = `"openapi": '3.0.1'
info: {title: Pets, version: '1', description: }
servers: [] # see below
"paths":
  '/pets':
    "get": # all
      responses: !Sub {}
      security: # none yet
      x-amazon-apigateway-integration: {uri: !Sub "arn:\${AWS::Region}"}
`;
    const written = textInto(text, served, { ...SERVERS, forCustomers: true });
    expect(written).toContain("servers: # see below\n  - url: https://api.example.com/v1\n");
    expect(written).toContain(
      '    "get": # all\n      responses: !Sub {}\n      security: # none yet\n        - apiKey: []\n',
    );
    expect(written).not.toContain("arn:");
  });
});

describe("security that is written into a document", () => {
  const results: Json[] = [];
  const withKey = { components: { securitySchemes: { mine: KEY } } };
  const authorized = (keySource: string) => ({
    keySource,
    authorizer: { lambda: "arn:aws:lambda:us-east-1:123456789012:function:keys" },
    ...served,
  });
  test.each<[string, Json, object, Json]>([
    ["uses the document's own scheme of the key", pets({ security: [] }, withKey), served, [{ mine: [] }]],
    [
      "keeps what the backend checks",
      pets(
        { security: [{ b: [] }] },
        { components: { securitySchemes: { mine: KEY, b: { type: "http", scheme: "basic" } } } },
      ),
      served,
      [{ b: [], mine: [] }],
    ],
    ["drops a key that is not asked for", pets({ security: [{ mine: [] }] }, withKey), open, []],
    [
      "keeps alternatives of which one has no key, where none is asked for",
      pets({ security: [{ mine: [] }, {}] }, withKey),
      open,
      [{ mine: [] }, {}],
    ],
    ["asks for the key in all alternatives", pets({ security: [{ mine: [] }, {}] }, withKey), served, [{ mine: [] }]],
    [
      "gives the key another name, where its name is another scheme's",
      pets({ security: [] }, { components: { securitySchemes: { apiKey: { type: "http", scheme: "basic" } } } }),
      served,
      [{ apiKey2: [] }],
    ],
    [
      "asks the authorizer, where it gives the key",
      pets({ security: [] }),
      authorized("AUTHORIZER"),
      [{ "authorizer-Authorization": [] }],
    ],
    [
      "asks for both",
      pets({ security: [] }, withKey),
      authorized("HEADER"),
      [{ mine: [], "authorizer-Authorization": [] }],
    ],
    [
      "takes a bearer token as what the authorizer reads",
      pets({ security: [{ b: [] }] }, { components: { securitySchemes: { b: { type: "http", scheme: "bearer" } } } }),
      authorized("AUTHORIZER"),
      [{ b: [] }],
    ],
    [
      "does not take a header with an authorizer for a key",
      pets(
        { security: [{ a: [] }] },
        { components: { securitySchemes: { a: { ...KEY, "x-amazon-apigateway-authtype": "custom" } } } },
      ),
      served,
      [{ apiKey: [] }],
    ],
  ])("%s", (_, document, api, expected) => {
    const written = valueInto(document, api);
    expect(written.paths["/pets"].get.security).toEqual(expected);
    const named = expected.flatMap((each: Json) => Object.keys(each));
    expect(Object.keys(written.components?.securitySchemes ?? {})).toEqual(expect.arrayContaining(named));
    results.push({ ...written, paths: {} });
  });

  test("is valid, as an independent validator finds", () => {
    expect(results.length).toBeGreaterThan(0);
    expect(problemsOfOpenApi(results).flat()).toEqual([]);
  });

  test("leaves open what is open, where nothing was said of any", () => {
    const get = { responses: {} };
    const routes = { "GET /a": { mock: 200 }, "GET /b": { mock: 200 }, "GET /c": { mock: 200, apiKeyRequired: false } };
    const written = valueInto(pets({}, { paths: { "/a": { get }, "/b": { get }, "/c": { get }, "/d": { get } } }), {
      routes: { ...routes, "GET /e": { mock: 200 } },
    });
    expect(written.security).toBeUndefined();
    const most = valueInto(pets({}, { paths: { "/a": { get }, "/b": { get }, "/c": { get } } }), { routes });
    expect(most.security).toEqual([{ apiKey: [] }]);
    expect(most.paths["/c"].get.security).toEqual([]);
  });

  test("reports a scheme that is no longer asked for", () => {
    const document = pets({ security: [{ mine: [] }] }, withKey);
    const { remarks } = into({ "a.json": JSON.stringify(document) }, shopWith(open));
    expect(remarks).toEqual([
      'a.json no longer asks for the scheme "mine", because API Gateway does not ask for it, in GET /pets',
    ]);
  });

  test("is said once for all, where most operations say nothing", () => {
    const get = { responses: {} };
    const paths = {
      "/a": { get },
      "/b": { get },
      "/c": { get, options: get },
      "/d": { get: { ...get, security: [] } },
    };
    const routes = {
      "GET /a": { mock: 200 },
      "GET /b": { mock: 200 },
      "GET /c": { mock: 200, apiKeyRequired: false },
      "OPTIONS /c": { mock: 200, apiKeyRequired: false },
      "GET /d": { mock: 200, apiKeyRequired: false },
    };
    const written = valueInto(pets({}, { paths, security: [{}], components: { securitySchemes: { k: KEY } } }), {
      routes,
    });
    expect(written.security).toEqual([{ k: [] }]);
    expect(written.paths).toEqual({
      ...paths,
      "/c": { get: { ...get, security: [{}] }, options: get },
    });
  });
});

describe("servers that are written into a document", () => {
  const own = { url: "https://api.example.com/v1/", description: "Ours", "x-order": 1 };
  const other = { url: "http://localhost:3000" };
  const stage = { url: "https://api.example.com/v1", description: "Stage prod" };
  const customers = { ...SERVERS, forCustomers: true };
  test.each<[string, Json[] | undefined, OpenApiIntoOptions, Json[]]>([
    ["stay, where they are those of the stages", [own], SERVERS, [own]],
    ["come before others", [other], SERVERS, [stage, other]],
    ["take the place of others for customers", [other], customers, [stage]],
    ["stay alone for customers", [other, own, other], customers, [own]],
    ["stay, where the address is known after a deploy only", [other], {}, [other]],
    [
      "take the place of what was written for the stage",
      [{ ...stage, url: "https://old.example.com" }, other],
      SERVERS,
      [stage, other],
    ],
    [
      "are compared with their variables filled in",
      [{ url: "https://api.example.com/{v}", variables: { v: { default: "v1" } } }],
      SERVERS,
      [{ url: "https://api.example.com/{v}", variables: { v: { default: "v1" } } }],
    ],
  ])("%s", (_, servers, options, expected) => {
    expect(valueInto(pets({}, { servers }), served, options).servers).toEqual(expected);
  });

  test("have the document's path, where that is in the routes", () => {
    const document = pets({}, { servers: [{ url: "https://x.example.com/shop" }] });
    const written = valueInto(document, { routes: { "GET /shop/pets": { mock: 200 } } });
    expect(written.servers[0].url).toBe("https://api.example.com/v1/shop");
  });

  test("hold variables, where there are none and only a deploy knows the address", () => {
    const { texts, remarks } = into({ "a.json": JSON.stringify(pets({})) }, shopWith(served), {});
    expect(JSON.parse(texts["a.json"] ?? "").servers[0].url).toContain("{restApiId}.execute-api");
    expect(remarks).toEqual([
      expect.stringMatching(
        /^a.json has no servers, and where stage prod will answer is known only after a deploy; give it by --server/,
      ),
    ]);
  });
});

describe("operations and routes that do not fit each other", () => {
  const text = `openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get: {responses: {}}

    # Only from inside.
    delete:
      responses: {}
  # The office.
  /staff:
    get: {responses: {}}
  /files/{name}:
    get: {responses: {}}
`;
  const api = {
    routes: { "GET /pets": { mock: 200 }, "GET /version": { mock: 200 }, "ANY /files/{proxy+}": { mock: 200 } },
  };

  test("are reported, and stay", () => {
    const { texts, remarks } = into({ "openapi.yaml": text }, shopWith(api));
    expect(withoutOurs(parse(texts["openapi.yaml"] ?? ""))).toEqual(withoutOurs(parse(text)));
    expect(remarks).toEqual([
      'openapi.yaml keeps operations that API "pets" does not serve: DELETE /pets, GET /staff; --for customers leaves them out',
      'openapi.yaml lacks routes of API "pets": GET /version; write them into the document, if customers may know of them',
    ]);
  });

  test("for customers are left out, with the comments above them", () => {
    const { texts } = into({ "openapi.yaml": text }, shopWith(api), { ...SERVERS, forCustomers: true });
    expect(texts["openapi.yaml"]).toContain(
      "paths:\n  /pets:\n    get: {responses: {}}\n\n  /files/{name}:\n    get: {responses: {}}\n",
    );
    expect(texts["openapi.yaml"]).not.toMatch(/inside|office/);
  });
});

describe("what is behind an API", () => {
  const integration = { type: "aws_proxy", uri: "arn:aws:apigateway:…" };
  const document = pets(
    { "x-amazon-apigateway-integration": integration, "x-amazon-apigateway-request-validator": "all" },
    {
      "x-amazon-apigateway-policy": { Statement: [] },
      "x-amazon-apigateway-api-key-source": "HEADER",
      components: {
        securitySchemes: {
          a: { ...KEY, "x-amazon-apigateway-authtype": "custom", "x-amazon-apigateway-authorizer": {} },
        },
        schemas: { Pet: { properties: { "x-amazon-apigateway-name": { type: "string", default: "arn:aws:sns:a" } } } },
      },
    },
  );

  test("stays in the team's document, which says so", () => {
    const { texts, remarks } = into({ "a.json": JSON.stringify(document) }, shopWith(served));
    expect(JSON.parse(texts["a.json"] ?? "").paths["/pets"].get).toMatchObject({
      "x-amazon-apigateway-integration": integration,
    });
    expect(remarks).toEqual([
      "a.json says what is behind the API, by x-amazon-apigateway-… at 4 places; --for customers leaves that out",
    ]);
  });

  test("is not in one for customers, and what may be left is named", () => {
    const { texts, remarks } = into({ "a.json": JSON.stringify(document, undefined, 2) }, shopWith(served), {
      ...SERVERS,
      forCustomers: true,
    });
    const written = JSON.parse(texts["a.json"] ?? "");
    expect(written.paths["/pets"].get).toEqual({ responses: {} });
    expect(Object.keys(written)).not.toContain("x-amazon-apigateway-policy");
    expect(written["x-amazon-apigateway-api-key-source"]).toBe("HEADER");
    expect(written.components.securitySchemes.a).toEqual({ ...KEY, "x-amazon-apigateway-authtype": "custom" });
    expect(written.components.schemas).toEqual(document.components.schemas);
    expect(remarks).toEqual([
      expect.stringMatching(
        /^a.json still has ARNs or words of CloudFormation in other texts, at \S*a.json:\d+; check whether/,
      ),
    ]);
  });
});

describe("a document that cannot be written into", () => {
  const head = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\n";
  test.each<[string, string, RegExp]>([
    [
      "is that of another API",
      `${head}paths: {/toys: {get: {}}}`,
      /none of its operations \(GET \/toys\) is a route of API "pets", which has GET \/pets; give the document/,
    ],
    ["is none", "a: 1", /is not an OpenAPI document, because it has neither "openapi" nor "swagger"; give/],
    [
      "is of a version that is not known",
      "openapi: 4.0.0\npaths: {}",
      /is of version "4.0.0", and an API is written into/,
    ],
    ["has no paths", head, /has no paths/],
    ["is not well formed", "a: [", /is not well formed at line/],
    [
      "has operations that are one and should differ",
      `${head}paths:\n  /pets: &pets\n    get: {responses: {}, security: []}\n  /toys: *pets\n`,
      /cannot be changed in one place only, such as an anchor \(&name\).*; nothing is written/,
    ],
    [
      "has operations by a merge",
      `${head}x-item: &item\n  get: {responses: {}, security: []}\npaths:\n  /pets:\n    <<: *item\n`,
      /by a merge \(<<\) of another place; write it out there; nothing is written/,
    ],
  ])("%s", (_, text, message) => {
    const api = text.includes("toys: *")
      ? { routes: { ...served.routes, "GET /toys": { mock: 200, apiKeyRequired: false } } }
      : served;
    expect(() => textInto(text, api)).toThrow(message);
  });

  test("is not there, or is a folder, or is not UTF-8", () => {
    const model = shopWith(served);
    expect(() => openApiInto(model, "pets", "nowhere.yaml")).toThrow(
      /^nowhere.yaml: does not exist; give the root file/,
    );
    expect(() => openApiInto(model, "pets", "src")).toThrow(/^src: cannot be read \(EISDIR\)/);
    withFolder((folder) => {
      const file = join(folder, "latin.yaml");
      writeFileSync(file, Buffer.from(`${head}# \xe9\npaths: {/pets: {get: {responses: {}}}}\n`, "latin1"));
      expect(() => openApiInto(model, "pets", file)).toThrow(
        /is not written in UTF-8; convert it first; nothing is written/,
      );
    });
  });
});

describe("writing twice gives the same bytes", () => {
  const results: Json[] = [];
  const twice = (name: string, text: string, api: object, options: OpenApiIntoOptions = SERVERS) => {
    const once = textInto(text, api, options, name);
    expect(textInto(once, api, options, name)).toBe(once);
    return once;
  };

  test.each(Object.keys(documents).filter((name) => !name.includes("/")))("%s", (name) => {
    const text = readFileSync(documentPath(name), "utf8");
    const api = apiFromOpenApi(documentPath(name), documents[name]);
    const [before, after] = [text, twice(name, text, api)].map((each) =>
      name.endsWith("json") ? JSON.parse(each) : parse(each),
    );
    expect(withoutOurs(after)).toEqual(withoutOurs(before));
    results.push(after);
  });

  test("and a valid document, as an independent validator finds", () => {
    expect(results).toHaveLength(4);
    expect(problemsOfOpenApi(results).flat()).toEqual([]);
  });

  test("and with other tiers, these take the place of the others", () => {
    const text =
      "openapi: 3.0.3\ninfo:\n  title: a\n  version: '1'\n  description: >-\n    folded\n    text\npaths: {/pets: {get: {responses: {}}}}\n";
    const gold = textInto(text, served);
    expect(gold).toContain(
      "  description: >-\n    folded\n    text\n\n\n    ## Tiers\n\n\n    - **gold**: 10/s, burst 20; on prod.\n",
    );
    const after = `${parse(gold).info.description}\n\nMore of ours.`;
    const edited = JSON.stringify({ ...parse(gold), info: { ...parse(gold).info, description: after } });
    const model = shopWith(served, {
      tiers: { silver: { access: { pets: "*" }, throttle: { rateLimit: 1, burstLimit: 2 } } },
      subscriptions: {},
    });
    const written = JSON.parse(into({ "a.json": edited }, model).texts["a.json"] ?? "");
    expect(written.info.description).toBe(
      "folded text\n\n## Tiers\n\n- **silver**: 1/s, burst 2; on prod.\n\nMore of ours.",
    );
    expect(written["x-api-tiers"]).toHaveLength(1);
  });

  test("whatever the document", () => {
    const security = fc.constantFrom<Json[]>(
      undefined,
      [],
      [{ key: [] }],
      [{}, { key: [] }],
      [{ b: [] }, { b: [], key: [] }],
    );
    const operation = fc.record({ security, responses: fc.constant({ default: { description: "it's" } }) });
    const item = fc.record({ get: operation, post: operation, options: operation }, { requiredKeys: [] });
    const paths = fc.dictionary(fc.constantFrom("/", "/pets", "/pets/{id}", "/a.b"), item, { minKeys: 1 });
    const info = fc.constantFrom<Json[]>(
      { title: "é", version: "1" },
      { title: "a", version: "1", description: "x\n\n- y\n" },
    );
    const document = fc.record({ openapi: fc.constantFrom("3.0.3", "3.1.0"), info, security, paths }).map(
      (each): Json => ({
        ...JSON.parse(JSON.stringify(each)),
        components: { securitySchemes: { key: KEY, b: { type: "http", scheme: "bearer" } } },
      }),
    );
    fc.assert(
      fc.property(
        document,
        fc.integer(),
        fc.boolean(),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        fc.boolean(),
        (value, seed, isJson, asks, forCustomers) => {
          const keys = Object.entries<Json>(value.paths).flatMap(([path, each]) =>
            Object.keys(each).map((method) => `${method.toUpperCase()} ${path}`),
          );
          fc.pre(keys.length > 0);
          const routes = Object.fromEntries(
            keys.map((key, index) => [key, { mock: 200, apiKeyRequired: asks[index] && !key.startsWith("OPTIONS") }]),
          );
          const text = (isJson ? anyJson : anyYaml)(value, drawFrom(seed));
          const once = twice(isJson ? "a.json" : "a.yaml", text, { routes }, { ...SERVERS, forCustomers });
          const written = isJson ? JSON.parse(once) : parse(once);
          expect(withoutOurs(written)).toEqual(withoutOurs(value));
          for (const [key, { apiKeyRequired }] of Object.entries(routes)) {
            const [method = "", path = ""] = key.split(" ");
            const { security: own } = written.paths[path][method.toLowerCase()];
            const asked = own ?? (method === "OPTIONS" ? [] : written.security) ?? [];
            const isAsked = asked.length > 0 && asked.every((each: Json) => "key" in each);
            expect([key, isAsked]).toEqual([key, apiKeyRequired]);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });
});

/** A document without what an API says of itself in it. */
function withoutOurs(document: Json): Json {
  const { servers: _, security: __, "x-api-tiers": ___, ...rest } = structuredClone(document);
  rest.info.description = rest.info.description?.split("## Tiers")[0].trim() || undefined;
  for (const item of Object.values<Json>(rest.paths))
    for (const operation of Object.values<Json>(item)) delete operation.security;
  delete rest.components?.securitySchemes?.apiKey;
  if (Object.keys(rest.components?.securitySchemes ?? { a: 1 }).length === 0) delete rest.components.securitySchemes;
  if (Object.keys(rest.components ?? { a: 1 }).length === 0) delete rest.components;
  return JSON.parse(JSON.stringify(rest));
}
