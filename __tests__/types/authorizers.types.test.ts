import {
  type AuthorizerInput,
  type CatalogInput,
  defineApi,
  defineCatalog,
  defineTiers,
  type RouteInput,
  routesFromOpenApi,
} from "../../src";

/** What the compiler knows of the names of authorizers. Nothing of it has to run; the type check of the project reads it. */
const neverRun = (_: () => void) => {};

const keys: AuthorizerInput = { lambda: "arn:aws:lambda:us-east-1:123456789012:function:keys" };
const stages = { prod: {} } as const;
const tiers = {};

neverRun(() => {
  // A name that is there, AWS's own word, and nobody
  defineCatalog({
    tiers,
    apis: {
      pets: {
        authorizer: "keys",
        authorizers: { keys, staff: keys },
        stages,
        routes: {
          "GET /pets": { mock: 200, authorizer: "staff" },
          "PUT /pets": { mock: 200, authorizer: "AWS_IAM" },
          "GET /": { mock: 200, authorizer: false },
        },
      },
      toys: { authorizer: keys, stages, routes: { "GET /": { mock: 200 } } },
    },
  });

  // Names of one API are not those of another
  defineCatalog({
    tiers,
    apis: {
      pets: { authorizers: { keys }, stages, routes: { "GET /pets": { mock: 200, authorizer: "keys" } } },
      toys: {
        authorizers: { staff: keys },
        stages,
        routes: {
          "GET /toys": {
            mock: 200,
            // @ts-expect-error
            authorizer: "keys",
          },
        },
      },
    },
  });

  // The API's own authorizer has no name
  defineCatalog({
    tiers,
    apis: {
      pets: {
        authorizer: keys,
        stages,
        routes: {
          "GET /pets": {
            mock: 200,
            // @ts-expect-error
            authorizer: "authorizer",
          },
        },
      },
    },
  });

  // An API of somebody else has none
  defineCatalog({
    tiers,
    apis: {
      // @ts-expect-error
      legacy: {
        restApiId: "a1b2c3d4e5",
        stages: { live: {} },
        authorizers: { keys },
      },
    },
  });

  // Computed authorizers: names of records are known, those of Object.fromEntries may be any
  const byTeam = {} as Record<"staff" | "partners", AuthorizerInput>;
  const any: Record<string, AuthorizerInput> = Object.fromEntries([["keys", keys]]);
  defineCatalog({
    tiers,
    apis: {
      pets: {
        authorizers: { ...byTeam, keys },
        stages,
        routes: {
          "GET /pets": { mock: 200, authorizer: "partners" },
          "PUT /pets": {
            mock: 200,
            // @ts-expect-error
            authorizer: "partner",
          },
        },
      },
      toys: {
        authorizer: "anything",
        authorizers: any,
        stages,
        routes: { "GET /toys": { mock: 200, authorizer: String("keys") } },
      },
    },
  });

  // Computed routes may name any; those beside them are known
  defineCatalog({
    tiers,
    apis: {
      pets: {
        authorizers: { keys },
        stages,
        routes: {
          ...routesFromOpenApi("openapi.yaml", { integrations: { "*": { mock: 200 } } as never }),
          "GET /pets": { mock: 200, authorizer: "keys" },
        },
      },
    },
  });

  // Routes of a function: without names, or with those that it says
  const backend = (path: string): RouteInput => ({ http: `https://backend.example.com${path}` });
  const asked = (name: "keys" | "staff"): RouteInput<"keys" | "staff"> => ({ mock: 200, authorizer: name });
  defineCatalog({
    tiers,
    apis: {
      pets: {
        authorizers: { keys, staff: keys },
        stages,
        routes: { "GET /a": backend("/a"), "GET /b": asked("keys") },
      },
      toys: {
        authorizers: { keys },
        stages,
        routes: {
          // @ts-expect-error
          "GET /b": asked("keys"),
        },
      },
    },
  });

  // In files of their own
  const pets = defineApi({
    authorizers: { keys },
    stages,
    routes: { "GET /pets": { mock: 200, authorizer: "keys" } },
  });
  defineApi({
    authorizers: { keys },
    stages,
    routes: {
      "GET /pets": {
        mock: 200,
        // @ts-expect-error
        authorizer: "kees",
      },
    },
  });
  defineCatalog({ apis: { pets }, tiers: defineTiers({ pets }, { gold: { access: { pets: ["prod"] } } }) });
});

test("what the compiler cannot know is checked at run time", () => {
  const loose: CatalogInput = {
    apis: { pets: { stages, authorizers: { keys }, routes: { "GET /pets": { mock: 200, authorizer: "kees" } } } },
    tiers: {},
  };
  expect(() => defineCatalog(loose)).toThrow(/unknown authorizer "kees"; did you mean "keys"\?/);
});
