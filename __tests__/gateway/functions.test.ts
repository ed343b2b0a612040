import { writeFileSync } from "node:fs";
import { strToU8, zipSync } from "fflate";
import { answered, Functions, withFunctions } from "./support/functions";

const functions = new Functions();
afterAll(() => functions.close());

describe("A handler", () => {
  const STYLES = {
    "is async": "async (event) => event.n + 1",
    "gives a promise": "(event) => Promise.resolve(event.n + 1)",
    "calls back": "(event, context, callback) => { setImmediate(callback, null, event.n + 1) }",
    "calls back with work left": "(event, context, callback) => { callback(null, 2); setTimeout(() => {}, 5) }",
    "calls back and leaves the work":
      "(event, context, callback) => { context.callbackWaitsForEmptyEventLoop = false; callback(null, 2); setTimeout(() => {}, 1e6) }",
    "calls context.succeed": "(event, context) => context.succeed(event.n + 1)",
    "calls context.done": "(event, context) => context.done(null, event.n + 1)",
  };
  const styles = functions.ofMany(STYLES);
  test.each(Object.keys(STYLES))("that %s is answered", async (is) => {
    expect(await functions.invoke(styles, { is, n: 1 })).toEqual(answered(2));
  });

  const SILENT = {
    "gives nothing": "async () => {}",
    "never answers, and leaves nothing to wait for": "() => new Promise(() => {})",
    "never calls back": "(event, context, callback) => {}",
  };
  const silent = functions.ofMany(SILENT);
  test.each(Object.keys(SILENT))("that %s gives null at once", async (is) => {
    expect(await functions.invoke(silent, { is })).toEqual(answered(null));
  });

  test.each<[string, string, Record<string, string>]>([
    ["CommonJS in a folder", "src/app.handler", { "src/app.js": "exports.handler = async () => 2" }],
    ["a nested export", "index.pets.list", { "index.js": "exports.pets = { list: async () => 2 }" }],
    ["an .mjs file", "index.handler", { "index.mjs": "import 'node:fs'; export const handler = async () => 2" }],
    [
      "an ES module by its package.json",
      "dist/index.handler",
      {
        "package.json": '{"type":"module"}',
        "dist/index.js": "const two = await 2; export const handler = async () => two",
      },
    ],
    [
      "a .cjs file, with a package of its own",
      "index.handler",
      {
        "package.json": '{"type":"module"}',
        "index.cjs": "exports.handler = require('two')",
        "node_modules/two/package.json": "{}",
        "node_modules/two/index.js": "module.exports = async () => 2",
      },
    ],
  ])("is found in %s", async (_, handler, files) => {
    expect(await functions.invoke(functions.ofFiles(files, { handler }))).toEqual(answered(2));
  });

  test("gets its context", async () => {
    const called = functions.of(
      "exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })",
      { name: "pets", timeoutSeconds: 2, memorySize: 256 },
    );
    const outcome = await functions.invoke(called, {}, { requestId: "id-1" });
    expect(outcome).toEqual(
      answered({
        awsRequestId: "id-1",
        functionName: "pets",
        functionVersion: "$LATEST",
        invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:pets",
        memoryLimitInMB: "256",
        logGroupName: "/aws/lambda/pets",
        logStreamName: expect.stringMatching(/^\[\$LATEST\][0-9a-f]{32}$/),
        callbackWaitsForEmptyEventLoop: true,
        left: expect.any(Number),
      }),
    );
    const { left } = (outcome as { payload: { left: number } }).payload;
    expect(left).toBeGreaterThan(1_000);
    expect(left).toBeLessThanOrEqual(2_000);
  });

  test("finds the project's AWS SDK beside its code, and no other package of the project's", async () => {
    const importing = (name: string) =>
      functions.ofFiles({ "index.mjs": `import * as found from "${name}"; export const handler = async () => 2` });
    expect(await functions.invoke(importing("@aws-sdk/types"))).toEqual(answered(2));
    expect(await functions.invoke(importing("zod"))).toEqual({
      kind: "not-started",
      reason: expect.stringMatching(/^its module does not load: Runtime\.ImportModuleError: Cannot find package 'zod'/),
    });
  });

  test("of this project runs from its real bundle, and keeps its state", async () => {
    const meditations = functions.ofHandler("meditations", { environment: { NODE_OPTIONS: "--enable-source-maps" } });
    const event = { resource: "/meditations", path: "/meditations", headers: { "content-type": "application/json" } };
    const post = { ...event, httpMethod: "POST", body: '{"text":"First"}', isBase64Encoded: false };
    expect(await functions.invoke(meditations, post)).toMatchObject({ payload: { statusCode: 201 } });
    const list = await functions.invoke(meditations, { ...event, httpMethod: "GET" });
    expect(list).toMatchObject({ payload: { statusCode: 200, body: expect.stringContaining("First") } });
  });
});

describe("A handler that fails is distinguished from one that answers:", () => {
  const FAILURES: Readonly<Record<string, readonly [handler: string, type: string, message: RegExp]>> = {
    "an error is thrown": ["async () => { throw new TypeError('no') }", "TypeError", /^no$/],
    "an error is thrown at once": ["() => { throw new TypeError('no') }", "TypeError", /^no$/],
    "an error is called back with": [
      "(event, context, callback) => callback(new RangeError('no'))",
      "RangeError",
      /^no$/,
    ],
    "a text is thrown": ["async () => { throw 'Unauthorized' }", "string", /^Unauthorized$/],
    "nothing is thrown": ["async () => { throw undefined }", "undefined", /^undefined$/],
    "what is thrown cannot be read": ["async () => { throw { toString() { throw 1 } } }", "object", /cannot be shown/],
    "it gives a BigInt": ["async () => 1n", "Runtime.MarshalError", /BigInt/],
    "it gives a cycle": ["async () => { const a = {}; a.a = a; return a }", "Runtime.MarshalError", /circular/],
    "it gives what is nested too deep": [
      "async () => { let deep = []; for (let n = 0; n < 1e4; n++) deep = [deep]; return deep }",
      "Runtime.MarshalError",
      /stack/,
    ],
    "it gives more than 6 MB": [
      "async () => 'x'.repeat(6291555)",
      "Function.ResponseSizeTooLarge",
      /has 6291557 bytes.* 6291556$/,
    ],
  };
  const handlers = Object.entries(FAILURES).map(([name, [handler]]) => [name, handler]);
  const failing = functions.ofMany(Object.fromEntries(handlers));
  test.each(Object.entries(FAILURES))("%s", async (is, [, type, message]) => {
    const outcome = await functions.invoke(failing, { is });
    expect(outcome).toEqual({ kind: "failed", error: { type, message: expect.stringMatching(message) } });
  });

  test("an event over 6 MB does not reach it", async () => {
    const outcome = await functions.invoke(functions.of("exports.handler = async () => 2"), "x".repeat(6_291_455));
    expect(outcome).toEqual({ kind: "event-too-large", reason: "the event has 6291457 bytes; Lambda takes 6291456" });
  });
});

describe("A function does not start where", () => {
  test.each([
    ["its code is not JavaScript", "exports.handler = {", /Runtime\.UserCodeSyntaxError: SyntaxError: Unexpected end/],
    ["a package is missing", "require('nowhere')", /Runtime\.ImportModuleError: Cannot find module 'nowhere'$/],
    ["its module throws", "throw new TypeError('no')", /does not load: TypeError: no$/],
    [
      "its handler is not a function",
      "exports.handler = 1",
      /HandlerNotFound: index\.handler is not an exported function$/,
    ],
    ["its module exits", "process.exit(4)", /^its process ended with exit status 4 while the module was loaded$/],
  ])("%s", async (_, source, reason) => {
    const outcome = await functions.invoke(functions.of(source));
    expect(outcome).toEqual({ kind: "not-started", reason: expect.stringMatching(reason) });
  });

  test.each([
    ["handler", /MalformedHandlerName: "handler" is not the name/],
    ["../index.handler", /MalformedHandlerName/],
    ["other.handler", /ImportModuleError: Cannot find module 'other'/],
  ])("its handler is called %s", async (handler, reason) => {
    const outcome = await functions.invoke(functions.of("exports.handler = async () => 2", { handler }));
    expect(outcome).toEqual({ kind: "not-started", reason: expect.stringMatching(reason) });
  });

  test("its module is never loaded", () =>
    withFunctions({ startMilliseconds: 50 }, async (others) => {
      expect(await others.invoke(others.of("for (;;);"))).toEqual({
        kind: "not-started",
        reason: "its module was not loaded after 50 ms",
      });
    }));

  const files = { "index.js": strToU8("exports.handler = async () => 2") };
  const withFile = (name: string) => zipSync({ ...files, [name]: strToU8("") });
  test.each<[string, Uint8Array, RegExp]>([
    ["is none", strToU8("<html>"), /cannot be unpacked \(invalid zip data\); synthesize again$/],
    ["is cut", zipSync(files).slice(0, -30), /cannot be unpacked \(invalid zip data\)/],
    ["has a path upwards", withFile("../evil.js"), /has a file that leaves its folder, "\.\.\/evil\.js"/],
    ["has a path upwards in the middle", withFile("a/../../evil.js"), /leaves its folder/],
    ["has an absolute path", withFile("/evil.js"), /leaves its folder/],
    ["has a path of Windows", withFile("C:\\evil.js"), /leaves its folder/],
    ["has a path upwards of Windows", withFile("..\\evil.js"), /leaves its folder/],
    ["has a file below a file", withFile("index.js/evil.js"), /cannot be unpacked/],
  ])("its zip file %s; the message names function and file", async (_, contents, problem) => {
    const called = functions.ofZip(contents, { name: "pets" });
    const reason = functions.runner.check(called);
    expect(reason).toMatch(problem);
    expect(reason).toContain(`function "pets": ${called.zip} `);
    expect(await functions.invoke(called)).toEqual({ kind: "not-started", reason });
  });

  test("its zip file is not there; it does as soon as there is one", async () => {
    const called = { ...functions.of(""), zip: `${functions.of("").zip}.later` };
    expect(functions.runner.check(called)).toMatch(/later cannot be read \(ENOENT\); synthesize again to write it/);
    writeFileSync(called.zip, zipSync(files));
    expect(functions.runner.check(called)).toBeUndefined();
    expect(await functions.invoke(called)).toEqual(answered(2));
  });

  test("the system refuses to start a process", async () => {
    const outcome = await functions.invoke(functions.of("", { environment: { TABLE: "a\0b" } }));
    expect(outcome).toEqual({ kind: "not-started", reason: expect.stringMatching(/^its process did not start: /) });
  });

  test("it is in another language", () => {
    expect(functions.runner.check(functions.of("", { name: "pets", runtime: "java21" }))).toMatch(
      /^function "pets": .* is for java21, which cannot be run here/,
    );
  });
});

describe("The environment variables", () => {
  const ENVIRONMENT =
    "exports.handler = async () => ({ variables: process.env, folder: process.cwd(), zone: new Date(0).toString() })";

  test("are what the function and Lambda say, and nothing of the developer's", async () => {
    process.env.AWS_SECRET_ACCESS_KEY = "of-the-developer";
    const called = functions.of(ENVIRONMENT, { name: "pets", environment: { TABLE: "pets" }, memorySize: 192 });
    const outcome = (await functions.invoke(called)) as { payload: Record<string, Record<string, string>> };
    delete process.env.AWS_SECRET_ACCESS_KEY;
    expect(outcome.payload.variables).toEqual({
      TABLE: "pets",
      PATH: process.env.PATH,
      LANG: "en_US.UTF-8",
      TZ: ":UTC",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
      AWS_LAMBDA_FUNCTION_NAME: "pets",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "192",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/pets",
      AWS_LAMBDA_LOG_STREAM_NAME: expect.any(String),
      LAMBDA_TASK_ROOT: outcome.payload.folder,
      _HANDLER: "index.handler",
    });
    expect(outcome.payload.zone).toMatch(/^Thu Jan 01 1970 00:00:00 GMT\+0000/);
  });

  test("can be added to and replaced", () =>
    withFunctions({ environment: { AWS_ENDPOINT_URL: "http://127.0.0.1:5000", TABLE: "other" } }, async (others) => {
      const outcome = await others.invoke(others.of(ENVIRONMENT, { environment: { TABLE: "pets" } }));
      const variables = { AWS_ENDPOINT_URL: "http://127.0.0.1:5000", TABLE: "other" };
      expect(outcome).toMatchObject({ payload: { variables } });
    }));
});

describe("The log", () => {
  test("has each line that is printed, the last one without an end too, and nothing is printed here", async () => {
    const printed = [jest.spyOn(process.stdout, "write"), jest.spyOn(process.stderr, "write")];
    const called = functions.of(
      "exports.handler = async () => { console.log('one\\ntwo\\r'); console.error('thr€e'); process.stdout.write('four'); process.exit() }",
    );
    await functions.invoke(called);
    await functions.printed(/four/);
    await functions.printed(/thr€e/);
    const lines = functions.log.filter((line) => line.startsWith(`${called.name}:`));
    expect(lines.sort()).toEqual(["four", "one", "thr€e", "two"].map((line) => `${called.name}: ${line}`));
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  test("has the stack of an error", async () => {
    const called = functions.of("exports.handler = async () => { throw new Error('mine') }");
    await functions.invoke(called);
    expect(await functions.printed(/mine/)).toBe(`${called.name}: Invoke Error Error: mine`);
    expect(await functions.printed(new RegExp(`${called.name}.*index\\.js:1:\\d+`))).toMatch(/at exports\.handler/);
  });

  test("has a line without an end in pieces", async () => {
    const called = functions.of(
      "exports.handler = async () => { process.stdout.write('y'.repeat(1e6)); console.log('!') }",
    );
    await functions.invoke(called);
    await functions.printed(/y!$/);
    const lines = functions.log.filter((line) => line.startsWith(`${called.name}:`));
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join("").match(/y/g)).toHaveLength(1e6);
  });
});
