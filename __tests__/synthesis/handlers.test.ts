import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { App } from "cdktf";
import { CatalogError, HandlerFolder, TierStacks } from "../../src";
import { defineUnchecked, petShop, problemsOf } from "../support/catalogs";
import { synthesizedFiles } from "../support/project";
import { runOrFail } from "../support/run";
import { differences, type Json, onlyResource, resources, withFolder } from "../support/synthesize";

interface Synthesis {
  readonly stacks: Record<string, Json>;
  /** SHA-256 of each zip, by the handler's name. */
  readonly zips: Record<string, string>;
}

/** Synthesizes an API with these routes in a folder of its own, where the handlers have these texts. */
function synthesizeWith(
  handlers: Record<string, string>,
  routes: Record<string, unknown>,
  fields: object = {},
  parts: object = {},
): Synthesis {
  return withFolder((folder) => {
    const handlersFolder = join(folder, "handlers");
    for (const [name, text] of Object.entries(handlers)) {
      const file = join(handlersFolder, name.includes("/") ? name : `${name}.ts`);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, text);
    }
    const api = { stages: { test: {}, prod: {} }, routes, ...fields };
    const app = new App({ outdir: join(folder, "cdktf.out") });
    new TierStacks(app, defineUnchecked({ apis: { pets: api }, tiers: {}, ...parts }), { handlersFolder });
    app.synth();
    const files = Object.entries(synthesizedFiles(folder));
    const jsons = files.filter(([name]) => name.endsWith("cdk.tf.json"));
    return {
      stacks: Object.fromEntries(jsons.map(([name, text]) => [name.split("/")[1], JSON.parse(text)])),
      zips: Object.fromEntries(
        files
          .filter(([name]) => name.endsWith(".zip"))
          .map(([name, text]) => [name.replace(/^handlers\/|\.zip$/g, ""), text]),
      ),
    };
  });
}

const answering = (body: string) =>
  `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(body)} });\n`;
const routes = {
  "GET /pets": { handler: "pets" },
  "POST /pets": { handler: "pets" },
  "GET /toys": { handler: "toys" },
};
const handlers = { pets: answering("pets"), toys: answering("toys") };

describe("a handler becomes a function", () => {
  const { stacks, zips } = synthesizeWith(handlers, routes);
  const functions = resources(stacks.pets, "aws_lambda_function");
  const [pets] = Object.entries(functions).filter(([, each]) => each.function_name === "pets-pets");

  test("of which each change is published, made of the handler alone", () => {
    expect(
      Object.values(functions)
        .map((each) => each.function_name)
        .sort(),
    ).toEqual(["pets-pets", "pets-toys"]);
    expect(Object.keys(zips)).toEqual(["pets", "toys"]);
    expect(pets?.[1]).toMatchObject({
      filename: "../../handlers/pets.zip",
      handler: "index.handler",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memory_size: 256,
      timeout: 10,
      publish: true,
      environment: { variables: { NODE_OPTIONS: "--enable-source-maps" } },
    });
  });

  test("that may write its own log, kept for a while, and nothing else", () => {
    const groups = Object.values(resources(stacks.pets, "aws_cloudwatch_log_group"));
    expect(groups).toContainEqual(expect.objectContaining({ name: "/aws/lambda/pets-pets", retention_in_days: 30 }));
    const rights = Object.values(resources(stacks.pets, "aws_iam_role_policy")).map((each) => JSON.parse(each.policy));
    expect(rights).toHaveLength(2);
    for (const { Statement } of rights)
      expect(Statement).toEqual([
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: [expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.arn\}:\*$/)],
        },
      ]);
  });

  test("that a route calls by the alias of the stage on which the request came in", () => {
    for (const integration of Object.values(resources(stacks.pets, "aws_api_gateway_integration")))
      expect(integration).toMatchObject({
        type: "AWS_PROXY",
        integration_http_method: "POST",
        uri: expect.stringMatching(
          /^\$\{replace\(aws_lambda_function\..*\.invoke_arn, "\/invocations", ":\$\$\{stageVariables\.release\}\/invocations"\)\}$/,
        ),
      });
  });

  test("whose version a stage pins, and only the stage's own alias may be called", () => {
    for (const stage of ["test", "prod"]) {
      const release = stacks[`pets-${stage}`];
      expect(onlyResource(release, "aws_api_gateway_stage").variables).toEqual({ release: stage });
      const aliases = Object.values(resources(release, "aws_lambda_alias"));
      expect(aliases.map(({ name, function_name }) => [name, function_name]).sort()).toEqual([
        [stage, "pets-pets"],
        [stage, "pets-toys"],
      ]);
      expect(aliases.map((alias) => alias.function_version).sort()).toEqual([
        "${data.terraform_remote_state.pets.outputs.function_version_pets}",
        "${data.terraform_remote_state.pets.outputs.function_version_toys}",
      ]);
      const permissions = Object.values(resources(release, "aws_lambda_permission"));
      expect(permissions).toHaveLength(2);
      for (const permission of permissions) expect(permission.source_arn).toMatch(new RegExp(`/${stage}/\\*/\\*$`));
      for (const each of [...aliases, ...permissions]) expect(each.lifecycle).toEqual({ create_before_destroy: true });
    }
  });

  test("with what the catalog says it needs", () => {
    const options = {
      name: "pets",
      memorySize: 512,
      timeoutSeconds: 29,
      architecture: "x86_64",
      environment: { TABLE: "pets" },
      layers: ["arn:aws:lambda:us-east-1:123456789012:layer:x:1"],
      statements: [
        { actions: ["dynamodb:GetItem"], resources: ["arn:aws:dynamodb:us-east-1:123456789012:table/pets"] },
      ],
      reservedConcurrency: 5,
      vpc: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
      tracing: true,
      logRetentionDays: 7,
    };
    const stack = synthesizeWith(handlers, { "GET /pets": { handler: options }, "POST /pets": { handler: "pets" } })
      .stacks.pets;
    expect(onlyResource(stack, "aws_lambda_function")).toMatchObject({
      memory_size: 512,
      timeout: 29,
      architectures: ["x86_64"],
      environment: { variables: { TABLE: "pets", NODE_OPTIONS: "--enable-source-maps" } },
      layers: ["arn:aws:lambda:us-east-1:123456789012:layer:x:1"],
      reserved_concurrent_executions: 5,
      vpc_config: { subnet_ids: ["subnet-1"], security_group_ids: ["sg-1"] },
      tracing_config: { mode: "Active" },
    });
    expect(onlyResource(stack, "aws_cloudwatch_log_group").retention_in_days).toBe(7);
    const actions = JSON.parse(onlyResource(stack, "aws_iam_role_policy").policy).Statement.flatMap(
      ({ Action }: Json) => Action,
    );
    expect(actions).toEqual(
      expect.arrayContaining(["xray:PutTraceSegments", "ec2:CreateNetworkInterface", "dynamodb:GetItem"]),
    );
  });

  test("that stays without a route while the catalog says that a stage still needs it", () => {
    const { stacks: later } = synthesizeWith(
      handlers,
      { "GET /pets": { handler: "pets" } },
      { retiredHandlers: ["toys"] },
    );
    expect(Object.keys(resources(later.pets, "aws_lambda_function"))).toHaveLength(2);
    expect(Object.keys(resources(later["pets-prod"], "aws_lambda_alias"))).toHaveLength(2);
  });
});

describe("a handler as authorizer", () => {
  const authorizer = { handler: { name: "keys", environment: { OIDC_ISSUER: "https://issuer.example.com" } } };
  const { stacks } = synthesizeWith(
    { ...handlers, keys: answering("keys") },
    { "GET /pets": { handler: "pets" } },
    { keySource: "AUTHORIZER", authorizer },
    { keyStore: { type: "ssm", prefix: "/acme/keys/", kmsKeyId: "1234abcd-12ab-34cd-56ef-1234567890ab" } },
  );
  const [keys] = Object.values(resources(stacks.pets, "aws_lambda_function")).filter(
    (each) => each.function_name === "pets-keys",
  );

  test("is asked by the alias of the stage, which API Gateway may call for that", () => {
    expect(onlyResource(stacks.pets, "aws_api_gateway_authorizer").authorizer_uri).toMatch(
      /pets_keys\.invoke_arn, "\/invocations", ":\$\$\{stageVariables\.release\}\/invocations"/,
    );
    const sources = Object.values(resources(stacks["pets-prod"], "aws_lambda_permission")).map((each) =>
      each.source_arn.replace(/^.*\}/, ""),
    );
    expect(sources.sort()).toEqual(["/authorizers/*", "/prod/*/*", "/prod/*/*"]);
  });

  test("knows where keys are handed over, and may read just these", () => {
    expect(keys?.environment.variables).toEqual({
      KEY_PREFIX: "/acme/keys/",
      KEY_STORE: "ssm",
      NODE_OPTIONS: "--enable-source-maps",
      OIDC_ISSUER: "https://issuer.example.com",
    });
    const rights = Object.values(resources(stacks.pets, "aws_iam_role_policy")).flatMap(
      (each) => JSON.parse(each.policy).Statement,
    );
    const reading = rights.filter(({ Action }: Json) => !Action[0].startsWith("logs:"));
    expect(reading.map(({ Action, Resource }: Json) => [Action, Resource])).toEqual([
      [["ssm:GetParameter"], ["arn:aws:ssm:*:*:parameter/acme/keys/*"]],
      [["secretsmanager:GetSecretValue"], ["arn:aws:secretsmanager:*:*:secret:/acme/keys/*"]],
      [["kms:Decrypt"], ["arn:aws:kms:*:*:key/1234abcd-12ab-34cd-56ef-1234567890ab"]],
    ]);
  });

  test("names one function, not two and not none", () => {
    const shop = (given: object) =>
      petShop({ apis: { pets: { stages: { prod: {} }, routes: { "GET /": { mock: 200 } }, authorizer: given } } });
    expect(problemsOf(shop({}))).toEqual([
      'api "pets": authorizer must name either a handler, a lambda or userPools; give it one of the three',
    ]);
    expect(problemsOf(shop({ handler: "keys", lambda: "${f.arn}" }))).toHaveLength(1);
  });
});

describe("the code of a handler", () => {
  const before = synthesizeWith(handlers, routes);

  test("gives the same zip and the same JSON in another folder, and on another day", () => {
    expect(synthesizeWith(handlers, routes)).toEqual(before);
  });

  test("changes its function alone, and nothing that a deployment contains", () => {
    const after = synthesizeWith({ ...handlers, pets: answering("new") }, routes);
    expect(Object.keys(differences(before.stacks, after.stacks))).toEqual([
      "/pets/resource/aws_lambda_function/pets_pets/source_code_hash",
    ]);
    expect(after.zips.toys).toBe(before.zips.toys);
    expect(after.zips.pets).not.toBe(before.zips.pets);
  });

  test("changes nothing by a comment, on however many lines", () => {
    const commented = { ...handlers, pets: `// One.\n/* Two,\n three. */\n${handlers.pets}` };
    expect(synthesizeWith(commented, routes).stacks).toEqual(before.stacks);
  });

  test("takes along what it imports, but not the SDK that Lambda has", () => {
    const files = {
      "lib/greeting.ts": `export const greeting = "hello";\n`,
      pets: `import { SSMClient } from "@aws-sdk/client-ssm";\nimport { greeting } from "./lib/greeting";\nexport const handler = async () => ({ statusCode: 200, body: greeting + SSMClient.name });\n`,
    };
    withFolder((folder) => {
      const handlersFolder = join(folder, "handlers");
      for (const [name, text] of Object.entries(files)) {
        const file = join(handlersFolder, name.endsWith(".ts") ? name : `${name}.ts`);
        mkdirSync(join(file, ".."), { recursive: true });
        writeFileSync(file, text);
      }
      const app = new App({ outdir: join(folder, "out") });
      const api = { stages: { prod: {} }, routes: { "GET /pets": { handler: "pets" } } };
      new TierStacks(app, defineUnchecked({ apis: { pets: api }, tiers: {} }), { handlersFolder });
      runOrFail("unzip", ["-q", join(folder, "out/handlers/pets.zip"), "-d", join(folder, "unzipped")]);
      const code = readFileSync(join(folder, "unzipped/index.js"), "utf8");
      expect(code).toContain("hello");
      expect(code).toContain('require("@aws-sdk/client-ssm")');
      expect(code.length).toBeLessThan(2_000);
      expect(JSON.parse(readFileSync(join(folder, "unzipped/index.js.map"), "utf8"))).not.toHaveProperty(
        "sourcesContent",
      );
    });
  });
});

describe("a mistake with handlers", () => {
  test("is reported with all others before anything is synthesized: files that are not there, or do not compile", () => {
    const broken = { pets: "export const handler = async () => {\n  return 1;\n", toys: "import './nowhere';" };
    const written = { ...routes, "GET /x": { handler: "pest" } };
    expect(() => synthesizeWith(broken, written)).toThrow(CatalogError);
    expect(() => synthesizeWith(broken, written)).toThrow(/pets\.ts:3: Unexpected end of file; fix it there/);
    expect(() => synthesizeWith(broken, written)).toThrow(/toys\.ts:1: Could not resolve ".\/nowhere"; fix it there/);
    expect(() => synthesizeWith(broken, written)).toThrow(/unknown handler "pest"; did you mean "pets"\?/);
    expect(() => synthesizeWith(handlers, { "GET /x": { handler: "zoo" } })).toThrow(
      /unknown handler "zoo"; there are "pets", "toys"/,
    );
  });

  test("is reported with all others: files that export no handler, which Lambda would find out at the first request", () => {
    const files = {
      default: "export default async () => ({ statusCode: 200 });",
      nothing: "console.log(1);",
      onlyType: "export type handler = string;",
      other: "export const handle = async () => ({ statusCode: 200 });",
      again: 'export * from "./again-lib/index";',
      ...handlers,
    };
    const problems = withFolder((folder) => {
      const lib = join(folder, "again-lib");
      mkdirSync(lib);
      writeFileSync(join(lib, "index.ts"), "export const help = 1;");
      for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, `${name}.ts`), code);
      const handlerFolder = new HandlerFolder(folder);
      const bundle = () => handlerFolder.bundle(Object.keys(files));
      expect(bundle).toThrow(CatalogError);
      // The second call reports it too.
      expect(bundle).toThrow(CatalogError);
      try {
        bundle();
      } catch (error) {
        return (error as CatalogError).findings.map(({ place, message }) => `${relative(folder, place)}: ${message}`);
      }
      return [];
    });
    expect(problems).toEqual(
      ["default", "nothing", "onlyType", "other", "again"].map((name) =>
        expect.stringMatching(
          new RegExp(`^${name}\\.ts: exports no "handler", which is .*; write export const handler`),
        ),
      ),
    );
  });

  test.each([
    ["from another file", 'export { handler } from "./lib/shared";'],
    ["with all of another file", 'export * from "./lib/shared";'],
    ["under its name here", 'import { handler as shared } from "./lib/shared";\nexport { shared as handler };'],
    ["as a function", "export async function handler() {}"],
    ["as CommonJS", "exports.handler = async () => ({});"],
  ])("is none: a handler that is exported %s", (_, code) => {
    withFolder((folder) => {
      mkdirSync(join(folder, "lib"));
      writeFileSync(join(folder, "lib/shared.ts"), "export const handler = async () => ({ statusCode: 200 });");
      writeFileSync(join(folder, "a.ts"), code);
      expect([...new HandlerFolder(folder).bundle(["a"]).keys()]).toEqual(["a"]);
    });
  });

  test("says how the ready-made key authorizer becomes a handler", () => {
    expect(() => synthesizeWith(handlers, { "GET /x": { handler: "key-authorizer" } })).toThrow(
      /handlers\/key-authorizer\.ts: export \{ handler \} from "cdktf-api-tiers\/key-authorizer";/,
    );
  });

  const apiWith = (given: Record<string, unknown>, fields: object = {}) =>
    petShop({ apis: { pets: { stages: { prod: {} }, routes: given, ...fields } } });

  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      "a path",
      apiWith({ "GET /a": { handler: "handlers/pets.ts" } }),
      /handler must be the name of a file in the handlers folder/,
    ],
    [
      "no name",
      apiWith({ "GET /a": { handler: { name: "" } } }),
      /handler.name must be the name of a file in the handlers folder: .*, got ""; write "pets" for handlers\/pets.ts/,
    ],
    [
      "a path among options",
      apiWith({ "GET /a": { handler: { name: "../secrets", memorySize: 128 } } }),
      /handler.name must be the name of a file in the handlers folder/,
    ],
    [
      "no name of an authorizer",
      apiWith({ "GET /a": { mock: 200 } }, { authorizer: { handler: { name: "" } } }),
      /authorizer.handler.name must be the name of a file in the handlers folder/,
    ],
    [
      "too little memory",
      apiWith({ "GET /a": { handler: { name: "a", memorySize: 64 } } }),
      /handler.memorySize must be 128 to 10240 megabytes, got 64/,
    ],
    [
      "more time than API Gateway has",
      apiWith({ "GET /a": { handler: { name: "a", timeoutSeconds: 30 } } }),
      /handler.timeoutSeconds must be 1 to 29 seconds, got 30/,
    ],
    [
      "an unknown architecture",
      apiWith({ "GET /a": { handler: { name: "a", architecture: "arm" } } }),
      /handler.architecture must be arm64 or x86_64, got "arm"/,
    ],
    [
      "an unknown retention",
      apiWith({ "GET /a": { handler: { name: "a", logRetentionDays: 31 } } }),
      /handler.logRetentionDays must be one of 1, 3, 5/,
    ],
    [
      "a misspelt option",
      apiWith({ "GET /a": { handler: { name: "a", memory: 128 } } }),
      /handler has the unknown field "memory"/,
    ],
    [
      "two sets of options for one function",
      apiWith({
        "GET /a": { handler: { name: "a", memorySize: 128 } },
        "GET /b": { handler: { name: "a", memorySize: 256 } },
      }),
      /route "GET \/b": gives handler "a" other options than api "pets": route "GET \/a", but it is one function/,
    ],
    [
      "a retired handler that a route uses",
      apiWith({ "GET /a": { handler: "a" } }, { retiredHandlers: ["a"] }),
      /retiredHandlers names "a", which the API still uses; drop it/,
    ],
  ])("is refused: %s", (_, written, problem) => {
    expect(problemsOf(written)).toEqual([expect.stringMatching(problem)]);
  });
});
