import { existsSync, writeFileSync } from "node:fs";
import { strToU8, zipSync } from "fflate";
import { answered, Functions, isRunning } from "./support/functions";

let functions: Functions;
beforeEach(() => {
  functions = new Functions();
});
afterEach(() => functions.close());

describe("A handler", () => {
  test.each([
    ["is async", "exports.handler = async (event) => event.n + 1"],
    ["gives a promise", "exports.handler = (event) => Promise.resolve(event.n + 1)"],
    ["calls back", "exports.handler = (event, context, callback) => { setImmediate(callback, null, event.n + 1) }"],
    [
      "calls back with work left",
      "exports.handler = (event, context, callback) => { callback(null, 2); setTimeout(() => {}, 5) }",
    ],
    ["calls context.succeed", "exports.handler = (event, context) => context.succeed(event.n + 1)"],
    ["calls context.done", "exports.handler = (event, context) => context.done(null, event.n + 1)"],
  ])("that %s is answered", async (_, source) => {
    expect(await functions.invoke(functions.of(source), { n: 1 })).toEqual(answered(2));
  });

  test.each([
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
      "a .cjs file",
      "index.handler",
      { "package.json": '{"type":"module"}', "index.cjs": "exports.handler = async () => 2" },
    ],
    [
      "CommonJS that requires a package of its own",
      "index.handler",
      { "index.js": "exports.handler = require('two')", "node_modules/two/index.js": "module.exports = async () => 2" },
    ],
  ])("is found in %s", async (_, handler, files) => {
    const called = functions.ofFiles(files as unknown as Record<string, string>, { handler });
    expect(await functions.invoke(called)).toEqual(answered(2));
  });

  test.each([
    ["gives nothing", "exports.handler = async () => {}"],
    ["never answers, and leaves nothing to wait for", "exports.handler = () => new Promise(() => {})"],
    ["never calls back", "exports.handler = (event, context, callback) => {}"],
  ])("that %s gives null at once", async (_, source) => {
    expect(await functions.invoke(functions.of(source))).toEqual(answered(null));
  });

  test("gets its context", async () => {
    const called = functions.of(
      "exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })",
      { name: "pets", timeoutSeconds: 2, memorySize: 256 },
    );
    expect(await functions.invoke(called, {}, { requestId: "id-1" })).toEqual(
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
  });

  test("finds the project's AWS SDK beside its code, and no other package of the project's", async () => {
    const of = (name: string) =>
      functions.ofFiles({
        "index.mjs": `import * as found from ${JSON.stringify(name)}; export const handler = async () => 2`,
      });
    expect(await functions.invoke(of("@aws-sdk/client-ssm"), {}, { patienceMilliseconds: 8_000 })).toEqual(answered(2));
    expect(await functions.invoke(of("zod"))).toEqual({
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
    expect(list).toMatchObject({
      kind: "answered",
      payload: { statusCode: 200, body: expect.stringContaining("First") },
    });
  });
});

describe("What fails is told apart", () => {
  const deep = "let deep = []; for (let n = 0; n < 1e4; n++) deep = [deep]; return deep";
  test.each([
    ["a thrown error", "throw new TypeError('no')", "TypeError", /^no$/],
    ["a text that is thrown", "throw 'Unauthorized'", "string", /^Unauthorized$/],
    ["nothing that is thrown", "throw undefined", "undefined", /^undefined$/],
    ["an error that cannot be read", "throw { toString() { throw 1 } }", "object", /cannot be shown/],
    ["a BigInt", "return 1n", "Runtime.MarshalError", /BigInt/],
    ["a cycle", "const a = {}; a.a = a; return a", "Runtime.MarshalError", /circular/],
    ["a result that is nested too deep", deep, "Runtime.MarshalError", /stack/],
    ["more than 6 MB", "return 'x'.repeat(6291555)", "Function.ResponseSizeTooLarge", /has 6291557 bytes.* 6291556$/],
  ])("%s", async (_, body, type, message) => {
    const outcome = await functions.invoke(functions.of(`exports.handler = async () => { ${body} }`));
    expect(outcome).toEqual({ kind: "failed", error: { type, message: expect.stringMatching(message) } });
  });

  test("an error that is called back with", async () => {
    const called = functions.of("exports.handler = (event, context, callback) => callback(new RangeError('far'))");
    expect(await functions.invoke(called)).toEqual({ kind: "failed", error: { type: "RangeError", message: "far" } });
  });

  test.each([
    ["process.exit", "process.exit(3)", /exit status 3$/],
    [
      "an error that nobody catches",
      "setTimeout(() => { throw new Error('late') }); await new Promise((go) => setTimeout(go, 1e3))",
      /exit status 1$/,
    ],
    [
      "a promise that nobody catches",
      "Promise.reject(new Error('late')); await new Promise((go) => setTimeout(go, 1e3))",
      /exit status 1$/,
    ],
    [
      "a kill",
      "process.kill(process.pid, 'SIGTERM'); await new Promise((go) => setTimeout(go, 1e3))",
      /ended by SIGTERM$/,
    ],
    ["too much memory", "const all = []; for (;;) all.push(new Array(1e5).fill({}))", /needs more memory$/],
  ])("%s ends the process alone, and the next call has a new one", async (_, body, reason) => {
    const source = `let calls = 0; exports.handler = async ({ fail }) => { calls++; if (fail) { ${body} } return calls }`;
    const called = functions.of(source, { memorySize: 20 });
    expect(await functions.invoke(called)).toEqual(answered(1));
    expect(await functions.invoke(called, { fail: true })).toEqual({
      kind: "crashed",
      reason: expect.stringMatching(reason),
    });
    expect(await functions.invoke(called)).toEqual(answered(1));
  });

  test("a process that ends between two calls is missed by nobody", async () => {
    const called = functions.of("exports.handler = async () => { setTimeout(process.exit, 1); return process.pid }");
    const first = await functions.invoke(called);
    if (first.kind !== "answered") throw new Error(first.kind);
    while (isRunning(first.payload as number)) await new Promise((resolve) => setTimeout(resolve, 2));
    expect(await functions.invoke(called)).toEqual(answered(expect.any(Number)));
  });

  test.each([
    ["a syntax error", "exports.handler = {", /Runtime\.UserCodeSyntaxError: SyntaxError: Unexpected end of input$/],
    ["a package that is missing", "require('nowhere')", /Runtime\.ImportModuleError: Cannot find module 'nowhere'$/],
    ["an error at the top", "throw new TypeError('no')", /does not load: TypeError: no$/],
    [
      "a handler that is no function",
      "exports.handler = 1",
      /Runtime\.HandlerNotFound: index\.handler is not an exported function$/,
    ],
    ["an exit at the top", "process.exit(4)", /^its process ended with exit status 4 while the module was loaded$/],
  ])("%s keeps the function from starting", async (_, source, reason) => {
    const outcome = await functions.invoke(functions.of(source));
    expect(outcome).toEqual({ kind: "not-started", reason: expect.stringMatching(reason) });
  });

  test.each([
    ["handler", /MalformedHandlerName: "handler" is no name/],
    ["../index.handler", /MalformedHandlerName/],
    ["other.handler", /ImportModuleError: Cannot find module 'other'/],
  ])("a handler by the name of %s is not found", async (handler, reason) => {
    const outcome = await functions.invoke(functions.of("exports.handler = async () => 2", { handler }));
    expect(outcome).toEqual({ kind: "not-started", reason: expect.stringMatching(reason) });
  });

  test("a module that never loads is given up", async () => {
    await functions.close();
    functions = new Functions({ startMilliseconds: 150 });
    expect(await functions.invoke(functions.of("for (;;);"))).toEqual({
      kind: "not-started",
      reason: "its module was not loaded after 150 ms",
    });
  });

  test("an event over 6 MB does not reach the function", async () => {
    const outcome = await functions.invoke(functions.of("exports.handler = async () => 2"), "x".repeat(6_291_455));
    expect(outcome).toEqual({ kind: "event-too-large", reason: "the event has 6291457 bytes; Lambda takes 6291456" });
  });
});

describe("Time", () => {
  test("an endless loop is ended at the function's timeout, while others are answered", async () => {
    const called = functions.of("exports.handler = async ({ loop }) => { while (loop); return process.pid }", {
      timeoutSeconds: 0.15,
    });
    const order: string[] = [];
    const looping = functions.invoke(called, { loop: true }).finally(() => order.push("loop"));
    const other = functions.invoke(called).finally(() => order.push("other"));
    expect(await other).toEqual(answered(expect.any(Number)));
    expect(await looping).toEqual({ kind: "timed-out", reason: "it was ended after 150 ms, its timeout" });
    expect(order).toEqual(["other", "loop"]);
    expect(await functions.invoke(called)).toEqual(answered(expect.any(Number)));
  });

  test("a caller who waits no longer is told so, and the function runs on", async () => {
    const called = functions.of(
      "let calls = 0; exports.handler = async () => { calls++; await new Promise((go) => setTimeout(go, 30)); console.log('done'); return calls }",
    );
    await functions.invoke(called);
    functions.log.length = 0;
    expect(await functions.invoke(called, {}, { patienceMilliseconds: 5 })).toEqual({ kind: "given-up" });
    await functions.printed(/done/);
    expect(await functions.invoke(called)).toEqual(answered(3));
  });
});

describe("Processes", () => {
  const WITH_PID =
    "let calls = 0; exports.handler = async ({ wait = 0 }) => { await new Promise((go) => setTimeout(go, wait)); return { pid: process.pid, calls: ++calls } }";
  const payloads = async (calls: readonly Promise<unknown>[]) =>
    (await Promise.all(calls)).map((outcome) => (outcome as { payload: { pid: number; calls: number } }).payload);

  test("one after another share one process, with the state of its modules", async () => {
    const called = functions.of(WITH_PID);
    const results = [];
    for (let call = 0; call < 5; call++) results.push(...(await payloads([functions.invoke(called)])));
    expect(results.map(({ calls }) => calls)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(results.map(({ pid }) => pid)).size).toBe(1);
  });

  test("at the same time each have their own, up to the cap, and then wait", async () => {
    await functions.close();
    functions = new Functions({ maxEnvironments: 2 });
    const called = functions.of(WITH_PID);
    const results = await payloads([1, 2, 3, 4, 5].map(() => functions.invoke(called, { wait: 20 })));
    expect(new Set(results.map(({ pid }) => pid)).size).toBe(2);
    expect(results.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThanOrEqual(1 + 2 + 1 + 2 + 3);
  });

  test("who waits for a place and gives up never runs", async () => {
    await functions.close();
    functions = new Functions({ maxEnvironments: 1 });
    const called = functions.of(
      "let calls = 0; exports.handler = async () => { await new Promise((go) => setTimeout(go, 40)); return ++calls }",
    );
    await functions.invoke(called);
    const first = functions.invoke(called);
    expect(await functions.invoke(called, {}, { patienceMilliseconds: 5 })).toEqual({ kind: "given-up" });
    expect(await first).toEqual(answered(2));
    expect(await functions.invoke(called)).toEqual(answered(3));
  });

  test("with nothing to do are ended", async () => {
    await functions.close();
    functions = new Functions({ idleMilliseconds: 20 });
    const [result] = await payloads([functions.invoke(functions.of(WITH_PID))]);
    while (isRunning(result?.pid ?? 0)) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isRunning(result?.pid ?? 0)).toBe(false);
  });

  test("are kept when an equal function is read anew, and replaced when its code has changed", async () => {
    const called = functions.of(WITH_PID);
    const [before] = await payloads([functions.invoke(called)]);
    const [same] = await payloads([functions.invoke({ ...called })]);
    expect(same).toEqual({ pid: before?.pid, calls: 2 });

    writeFileSync(called.zip, zipSync({ "index.js": strToU8(`${WITH_PID};`) }));
    const [after] = await payloads([functions.invoke({ ...called })]);
    expect(after?.calls).toBe(1);
    while (isRunning(before?.pid ?? 0)) await new Promise((resolve) => setTimeout(resolve, 2));
  });

  test("are all gone when the runner is closed, and so is what was unpacked", async () => {
    const called = functions.of(
      "exports.handler = async ({ loop }) => { console.log('looping'); while (loop); return [process.pid, __dirname] }",
    );
    const idle = await functions.invoke(called);
    const [pid, folder] = (idle as { payload: [number, string] }).payload;
    const running = functions.invoke(functions.of("exports.handler = () => { for (;;) console.log(process.pid) }"));
    const line = await functions.printed(/-1: \d+/);
    await functions.runner.close();
    expect(await running).toEqual({ kind: "crashed", reason: "its process was ended by SIGKILL" });
    expect([pid, Number(line.split(" ")[1])].filter(isRunning)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
    expect(await functions.invoke(called)).toEqual({
      kind: "not-started",
      reason: expect.stringMatching(/gateway is closed$/),
    });
  });
});

describe("The environment", () => {
  const ENVIRONMENT =
    "exports.handler = async () => ({ variables: process.env, folder: process.cwd(), zone: new Date(0).toString() })";

  test("has what the function and Lambda say, and nothing of the developer's", async () => {
    process.env.AWS_SECRET_ACCESS_KEY = "of-the-developer";
    const called = functions.of(ENVIRONMENT, {
      name: "pets",
      environment: { TABLE: "pets", PATH_TO: "x" },
      memorySize: 192,
    });
    const outcome = (await functions.invoke(called)) as { payload: Record<string, Record<string, string>> };
    delete process.env.AWS_SECRET_ACCESS_KEY;
    expect(outcome.payload.variables).toEqual({
      TABLE: "pets",
      PATH_TO: "x",
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

  test("can be added to and replaced", async () => {
    await functions.close();
    functions = new Functions({ environment: { AWS_ENDPOINT_URL: "http://127.0.0.1:5000", TABLE: "other" } });
    const outcome = await functions.invoke(functions.of(ENVIRONMENT, { environment: { TABLE: "pets" } }));
    expect(outcome).toMatchObject({
      payload: { variables: { AWS_ENDPOINT_URL: "http://127.0.0.1:5000", TABLE: "other" } },
    });
  });

  test("hides the channel to the server", async () => {
    const called = functions.of("exports.handler = async () => [typeof process.send, process.connected]");
    expect(await functions.invoke(called)).toEqual(answered(["undefined", true]));
  });
});

describe("The log", () => {
  test("has each line that is printed, the last one without an end too, and nothing is printed here", async () => {
    const printed = [jest.spyOn(process.stdout, "write"), jest.spyOn(process.stderr, "write")];
    const called = functions.of(
      "exports.handler = async () => { console.log('one\\ntwo'); console.error('thr€e'); process.stdout.write('four'); process.exit() }",
    );
    await functions.invoke(called);
    await functions.printed(/four/);
    await functions.printed(/thr€e/);
    expect([...functions.log].sort()).toEqual(["four", "one", "thr€e", "two"].map((line) => `function-0: ${line}`));
    for (const spy of printed) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  test("has the stack of an error, with the place in the source by its source map", async () => {
    await functions.invoke(functions.of("exports.handler = async () => { throw new Error('no') }"));
    expect(await functions.printed(/Invoke Error/)).toBe("function-0: Invoke Error Error: no");
    expect(await functions.printed(/index\.js:1:\d+/)).toMatch(/at exports\.handler/);
  });
});

describe("A function that cannot be run", () => {
  const source = { "index.js": strToU8("exports.handler = async () => 2") };
  const slip = (name: string) => zipSync({ ...source, [name]: strToU8("") });
  test.each<[string, Uint8Array, RegExp]>([
    ["no zip file", strToU8("<html>"), /cannot be unpacked \(invalid zip data\); synthesize again$/],
    ["a zip file that was cut", zipSync(source).slice(0, -30), /cannot be unpacked \(invalid zip data\)/],
    ["a path upwards", slip("../evil.js"), /has a file that leaves its folder, "\.\.\/evil\.js"/],
    ["a path upwards, in the middle", slip("a/../../evil.js"), /leaves its folder/],
    ["an absolute path", slip("/evil.js"), /leaves its folder/],
    ["a path of Windows", slip("C:\\evil.js"), /leaves its folder/],
    ["a path upwards in Windows' way", slip("..\\evil.js"), /leaves its folder/],
  ])("for it has %s is named, with its file", async (_, contents, problem) => {
    const called = functions.ofZip(contents, { name: "pets" });
    const reason = functions.runner.check(called);
    expect(reason).toMatch(problem);
    expect(reason).toContain(`function "pets": ${called.zip} `);
    expect(await functions.invoke(called)).toEqual({ kind: "not-started", reason });
  });

  test("for its zip file is not there yet is run as soon as it is", async () => {
    const called = { ...functions.of("exports.handler = async () => 2"), zip: `${functions.of("").zip}.later` };
    expect(functions.runner.check(called)).toMatch(/later cannot be read \(ENOENT\); synthesize again to write it/);
    writeFileSync(called.zip, zipSync(source));
    expect(functions.runner.check(called)).toBeUndefined();
    expect(await functions.invoke(called)).toEqual(answered(2));
  });

  test("for it is in another language is named", () => {
    expect(functions.runner.check(functions.of("", { name: "pets", runtime: "python3.13" }))).toMatch(
      /^function "pets": .* is for python3\.13, which cannot be run here/,
    );
  });
});
