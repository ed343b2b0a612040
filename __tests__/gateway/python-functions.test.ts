import { spawnSync } from "node:child_process";
import { answered, Functions, gone } from "./support/functions";

const hasPython = spawnSync("python3", ["--version"]).status === 0;
const functions = new Functions();
afterAll(() => functions.close());

const python = (source: string, more: object = {}) =>
  functions.ofFiles({ "app.py": source }, { runtime: "python3.13", handler: "app.handler", ...more });

(hasPython ? describe : describe.skip)("A Python handler", () => {
  test("is answered, with its event and a context", async () => {
    const called = python(
      `import os
count = 0
def handler(event, context):
    global count
    count += 1
    print("called", context.aws_request_id)
    return {"n": event["n"] + 1, "name": context.function_name, "count": count, "left": context.get_remaining_time_in_millis() > 0, "é": os.environ["COLOR"]}`,
      { environment: { COLOR: "red" } },
    );
    const result = { n: 2, name: called.name, left: true, é: "red" };
    expect(await functions.invoke(called, { n: 1 })).toEqual(answered({ ...result, count: 1 }));
    expect(await functions.invoke(called, { n: 1 })).toEqual(answered({ ...result, count: 2 }));
    expect(await functions.printed(/called/)).toBe(`${called.name}: called request-1`);
  });

  test.each([
    [
      "raises",
      "def handler(e, c): raise ValueError('no')",
      { kind: "failed", error: { type: "ValueError", message: "no" } },
    ],
    [
      "gives what is not JSON",
      "def handler(e, c): return {1, 2}",
      { kind: "failed", error: { type: "Runtime.MarshalError" } },
    ],
    ["gives nothing", "def handler(e, c): pass", answered(null)],
    ["ends its process", "import os\ndef handler(e, c): os._exit(3)", { kind: "crashed" }],
    ["leaves by sys.exit", "import sys\ndef handler(e, c): sys.exit(3)", { kind: "crashed" }],
    ["runs past its timeout", "def handler(e, c):\n  while True: pass", { kind: "timed-out" }],
    ["writes to the channel", "import os\ndef handler(e, c): os.write(3, b'x\\n')", { kind: "crashed" }],
  ])("that %s ends at most its own process", async (_, source, outcome) => {
    expect(await functions.invoke(python(source, { timeoutSeconds: 1 }), {})).toMatchObject(outcome);
  });

  test.each([
    ["does not load", "import nothing_of_this_name", {}, /Runtime\.ImportModuleError/],
    ["has no handler", "x = 1", {}, /Runtime\.HandlerNotFound/],
    ["is not Python", "def handler(", {}, /Runtime\.UserCodeSyntaxError/],
    ["raises while it loads", "raise ValueError('no')", {}, /ValueError: no/],
    ["has no module in its name", "x = 1", { handler: "handler" }, /Runtime\.MalformedHandlerName/],
  ])("whose module %s says so", async (_, source, more, reason) => {
    expect(await functions.invoke(python(source, more), {})).toMatchObject({
      kind: "not-started",
      reason: expect.stringMatching(reason),
    });
  });

  test("ends with the server, whatever it is doing", async () => {
    const others = new Functions();
    const called = others.ofFiles(
      { "app.py": "import os\ndef handler(e, c):\n  print('pid', os.getpid())\n  while True: pass" },
      { runtime: "python3.13", handler: "app.handler", timeoutSeconds: 60 },
    );
    const running = others.invoke(called, {});
    const pid = Number((await others.printed(/pid/)).split(" ").at(-1));
    await others.close();
    await gone(pid);
    expect((await running).kind).not.toBe("answered");
  });
});
