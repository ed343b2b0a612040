import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { isRunning, TYPESCRIPT } from "../support/run";
import { answered, Functions, gone, withFunctions } from "./support/functions";

const functions = new Functions();
afterAll(() => functions.close());

/** Waits as long as the event says, and tells which process this is and how often it was called. */
const COUNTING = `
  let calls = 0;
  exports.handler = async ({ wait = 0 }) => {
    calls++;
    await new Promise((done) => setTimeout(done, wait));
    console.log("done");
    return { pid: process.pid, calls };
  };`;

interface Counted {
  readonly pid: number;
  readonly calls: number;
}
const counted = async (outcome: Promise<unknown>) => ((await outcome) as { payload: Counted }).payload;

describe("A handler ends its own process at most:", () => {
  const NEVER = "await new Promise((done) => setTimeout(done, 1e6))";
  const CRASHES: Readonly<Record<string, readonly [body: string, reason: RegExp]>> = {
    "process.exit": ["process.exit(3)", /exit status 3$/],
    "an error that nobody catches": [`setTimeout(() => { throw new Error("late") }); ${NEVER}`, /exit status 1$/],
    "a promise that nobody catches": [`Promise.reject(new Error("late")); ${NEVER}`, /exit status 1$/],
    "a kill": [`process.kill(process.pid, "SIGTERM"); ${NEVER}`, /ended by SIGTERM$/],
    "too little memory": ["const all = []; for (;;) all.push(new Array(1e5).fill({}))", /needs more memory$/],
  };
  const handlers = Object.entries(CRASHES).map(([name, [body]]) => [name, `async () => { ${body} }`]);
  const called = functions.ofMany(
    { ...Object.fromEntries(handlers), well: "async () => process.pid" },
    { memorySize: 20 },
  );
  test.each(Object.entries(CRASHES))("%s; the next call has a new one", async (is, [, reason]) => {
    const before = await functions.invoke(called, { is: "well" });
    expect(await functions.invoke(called, { is })).toEqual({ kind: "crashed", reason: expect.stringMatching(reason) });
    const after = await functions.invoke(called, { is: "well" });
    expect(after).toEqual(answered(expect.any(Number)));
    expect(after).not.toEqual(before);
  });

  test("one that ends between two calls is noticed", async () => {
    const exiting = functions.of("exports.handler = async () => { setTimeout(process.exit, 1); return process.pid }");
    const { payload } = (await functions.invoke(exiting)) as { payload: number };
    await gone(payload);
    expect(await functions.invoke(exiting)).toEqual(answered(expect.any(Number)));
  });

  test("it has no IPC channel", async () => {
    const speaking = functions.of("exports.handler = async () => [typeof process.send, process.connected ?? false]");
    expect(await functions.invoke(speaking)).toEqual(answered(["undefined", false]));
  });

  test.each([
    ["what is not JSON", "'}{'"],
    ["JSON of another shape", `'{"type":"answered","payload":"1"}'`],
    ["an answer to another call", `'{"type":"answered","number":7}\\t1'`],
    ["an answer that is not JSON", `'{"type":"answered","number":1}\\t}'`],
    ["an answer without a payload", `'{"type":"answered","number":1}'`],
    ["a failure with a payload", `'{"type":"failed","number":1,"error":{"type":"E","message":""}}\\t1'`],
    ["a second readiness", `'{"type":"ready"}'`],
  ])("it writes %s to our channel: its own call fails, and the next one gets another process", async (_, text) => {
    const speaking = functions.of(`
      exports.handler = async ({ speak }) => {
        if (!speak) return "fine";
        require("node:fs").writeSync(3, ${text} + "\\n");
        await new Promise(() => setInterval(() => {}, 1000));
      };`);
    expect(await functions.invoke(speaking, { speak: true })).toMatchObject({ kind: "crashed" });
    expect(await functions.invoke(speaking, { speak: false })).toEqual(answered("fine"));
  });

  test("it never gives control back, and ends when we are killed", async () => {
    const child = spawn(process.execPath, [...TYPESCRIPT, join(__dirname, "support/spinning-function.ts")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [pid] = (await once(child.stdout, "data")) as [Buffer];
    child.kill("SIGKILL");
    await gone(Number(pid));
    await gone(child.pid ?? 0);
  }, 30_000);

  test("it emits our events: nothing happens", async () => {
    const emitting = functions.of(`exports.handler = async () => {
      process.emit("message", { requestId: "x", event: "{}", functionArn: "", milliseconds: 1 });
      return "fine";
    }`);
    expect(await functions.invoke(emitting)).toEqual(answered("fine"));
  });
});

describe("Time", () => {
  const LOOP = `
    exports.handler = async ({ loop }) => {
      if (loop) console.log("looping");
      while (loop);
      return "well";
    };`;

  test("of a function is up after its timeout: an endless loop is ended", async () => {
    const called = functions.of(LOOP, { timeoutSeconds: 0.05 });
    const outcome = await functions.invoke(called, { loop: true });
    expect(outcome).toEqual({ kind: "timed-out", reason: "it was ended after 50 ms, its timeout" });
    expect(await functions.invoke({ ...called, timeoutSeconds: 3 })).toEqual(answered("well"));
  });

  test("of others is not taken: they are answered while a loop goes on", () =>
    withFunctions({}, async (others) => {
      const called = others.of(LOOP, { timeoutSeconds: 900 });
      const looping = others.invoke(called, { loop: true }, { patienceMilliseconds: 900_000 });
      await others.printed(/looping/);
      expect(await others.invoke(called)).toEqual(answered("well"));
      await others.runner.close();
      expect(await looping).toEqual({ kind: "crashed", reason: "its process was ended by SIGKILL" });
    }));

  test("of a caller may be up before: the function runs on", async () => {
    const called = functions.of(COUNTING, { name: "runs-on" });
    await functions.invoke(called);
    expect(await functions.invoke(called, { wait: 20 }, { patienceMilliseconds: 2 })).toEqual({ kind: "given-up" });
    await functions.printed(/^runs-on: done$/, 2);
    expect(await counted(functions.invoke(called))).toMatchObject({ calls: 3 });
  });
});

describe("Processes", () => {
  test("serve one call after another, with the state of their modules", async () => {
    const called = functions.of(COUNTING);
    const results: Counted[] = [];
    for (let call = 0; call < 5; call++) results.push(await counted(functions.invoke(called)));
    expect(results.map(({ calls }) => calls)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(results.map(({ pid }) => pid)).size).toBe(1);
  });

  test("serve one call at a time: calls at the same time have their own, up to a cap, and then wait", () =>
    withFunctions({ maxEnvironments: 2 }, async (others) => {
      const called = others.of(COUNTING);
      const results = await Promise.all([1, 2, 3, 4, 5].map(() => counted(others.invoke(called, { wait: 250 }))));
      expect(new Set(results.map(({ pid }) => pid)).size).toBe(2);
      const calls = new Map(results.map(({ pid, calls }) => [pid, calls]));
      expect([...calls.values()].reduce((sum, count) => sum + count)).toBe(5);
    }));

  test("are not kept busy by calls that have been given up while they waited", () =>
    withFunctions({ maxEnvironments: 1 }, async (others) => {
      const called = others.of(COUNTING);
      await others.invoke(called);
      const first = counted(others.invoke(called, { wait: 250 }));
      expect(await others.invoke(called, {}, { patienceMilliseconds: 2 })).toEqual({ kind: "given-up" });
      expect(await first).toMatchObject({ calls: 2 });
      expect(await counted(others.invoke(called))).toMatchObject({ calls: 3 });
    }));

  test("that have nothing to do are ended after a while", () =>
    withFunctions({ idleMilliseconds: 10 }, async (others) => {
      const called = others.of(COUNTING);
      const { pid } = await counted(others.invoke(called));
      await gone(pid);
      expect(await counted(others.invoke(called))).toMatchObject({ calls: 1 });
    }));

  test("are kept when an equal function is read again, and replaced when its code has changed", async () => {
    const called = functions.of(COUNTING);
    const before = await counted(functions.invoke(called));
    expect(await counted(functions.invoke({ ...called }))).toEqual({ pid: before.pid, calls: 2 });

    const busy = counted(functions.invoke(called, { wait: 20 }));
    writeFileSync(called.zip, zipSync({ "index.js": strToU8(`${COUNTING} // changed`) }));
    expect(await counted(functions.invoke({ ...called }))).toMatchObject({ calls: 1 });
    expect(await busy).toEqual({ pid: before.pid, calls: 3 });
    await gone(before.pid);
  });

  test("are gone when the runner is closed, whatever they do, and so is what was unpacked", () =>
    withFunctions({}, async (others) => {
      const idle = others.of("exports.handler = async () => [process.pid, __dirname]");
      const { payload } = (await others.invoke(idle)) as { payload: [number, string] };
      const busy = others.invoke(others.of("exports.handler = () => { for (;;) console.log(process.pid) }"));
      const line = await others.printed(/: \d+$/);
      await others.runner.close();
      expect(await busy).toEqual({ kind: "crashed", reason: "its process was ended by SIGKILL" });
      expect([payload[0], Number(line.split(" ")[1])].filter(isRunning)).toEqual([]);
      expect(existsSync(payload[1])).toBe(false);
      const reason = expect.stringMatching(/the gateway is closed$/);
      expect(await others.invoke(idle)).toEqual({ kind: "not-started", reason });
    }));

  test("end with the programs that they have started", () =>
    withFunctions({}, async (others) => {
      const start = `require("node:child_process").spawn("sleep", ["1000"], { stdio: "ignore" }).pid`;
      const { payload } = (await others.invoke(others.of(`exports.handler = async () => ${start}`))) as {
        payload: number;
      };
      const call = await others.invoke(others.of(`exports.handler = () => { console.log(${start}); process.exit(1) }`));
      const line = await others.printed(/: \d+$/);
      expect(call).toMatchObject({ kind: "crashed" });
      await gone(Number(line.split(" ")[1]));
      expect(isRunning(payload)).toBe(true);
      await others.runner.close();
      await gone(payload);
    }));

  test("end with the programs that have left their group", () =>
    withFunctions({}, async (others) => {
      const daemon = `require("node:child_process").spawn("sleep", ["1000"], { stdio: "ignore", detached: true }).pid`;
      const { payload } = (await others.invoke(others.of(`exports.handler = async () => ${daemon}`))) as {
        payload: number;
      };
      await others.invoke(others.of(`exports.handler = () => { console.log(${daemon}); process.exit(1) }`));
      await gone(Number((await others.printed(/: \d+$/)).split(" ")[1]));
      expect(isRunning(payload)).toBe(true);
      await others.runner.close();
      await gone(payload);
    }));

  test("that are starting when the runner is closed are gone too", () =>
    withFunctions({}, async (others) => {
      const call = others.invoke(others.of("for (;;);"));
      await others.runner.close();
      expect(await call).toMatchObject({ kind: "not-started" });
    }));
});
