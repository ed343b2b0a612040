// @ts-check
/**
 * Runs inside of an execution environment: loads the handler that the environment variables name, and calls it, as the
 * Node runtime of Lambda does. Plain JavaScript, so that it starts at once, in the sources and when built.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
import { once } from "node:events";
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { Socket } from "node:net";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { Worker } from "node:worker_threads";

/**
 * @typedef {import("./messages").MessageHead} MessageHead
 * @typedef {import("./messages").NumberedInvokeMessage} InvokeMessage
 * @typedef {(event: unknown, context: object, callback: (error?: unknown, result?: unknown) => void) => unknown} Handler
 */

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_PAYLOAD_BYTES = 6_291_556;

const LINE_END = 10;

/** One for all reads: to make one for each takes longer than to read a message. */
const buffer = Buffer.alloc(65_536);
/** Copies of what has come of a line that has not ended. @type {Buffer[]} */
let begun = [];
/** Lines that wait for the handler to be loaded. @type {string[]} */
const early = [];
/** @type {(line: string) => void} */
let onLine = (line) => void early.push(line);

/** @param {number} length of what stands in the buffer */
function receive(length) {
  const bytes = buffer.subarray(0, length);
  let start = 0;
  for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, start)) {
    onLine(begun.length === 0 ? bytes.toString("utf8", start, end) : withBegun(bytes.subarray(start, end)));
    start = end + 1;
  }
  if (start < length) begun.push(Buffer.from(bytes.subarray(start)));
  return true;
}

/** A character may have come in two pieces. @param {Buffer} end */
function withBegun(end) {
  const line = Buffer.concat([...begun, end]).toString();
  begun = [];
  return line;
}

/** A line for each message, in both directions. Not Node's own channel, on which a wrong byte ends the server. */
const channel = new Socket(/** @type {object} */ ({ fd: 3, onread: { buffer, callback: receive } }));
/** @param {MessageHead} head @param {string} [payload] JSON */
const send = (head, payload) =>
  void channel.write(payload === undefined ? `${JSON.stringify(head)}\n` : `${JSON.stringify(head)}\t${payload}\n`);
/** This process leads a group, with all programs that its handler starts. */
const GROUP = process.platform === "win32" ? process.pid : -process.pid;
const end = () => process.kill(GROUP, "SIGKILL");
// A handler that never gives control back would outlive the server: a thread of its own sees the server go. It also ends
// programs that have left the group, which have our variables in their environment.
const WATCH = `
  const { Socket } = require("node:net");
  const fs = require("node:fs");
  const own = ${JSON.stringify(`AWS_LAMBDA_LOG_STREAM_NAME=${process.env.AWS_LAMBDA_LOG_STREAM_NAME}`)};
  const endDaemon = (id) => {
    try {
      if (fs.readFileSync("/proc/" + id + "/environ", "latin1").split("\\0").includes(own)) process.kill(id, "SIGKILL");
    } catch {}
  };
  const end = () => {
    if (process.platform === "linux")
      fs.readdirSync("/proc").map(Number).filter((id) => id > 0 && id !== process.pid).forEach(endDaemon);
    process.kill(${GROUP}, "SIGKILL");
  };
  new Socket({ fd: 4 }).on("close", end).on("error", end).resume();
  require("node:worker_threads").parentPort.postMessage("watching");
`;
const watch = new Worker(WATCH, { eval: true, env: {}, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 16 } });
// No handler runs unwatched.
const watching = once(watch, "message").then(() => watch.unref());
watch.on("error", () => process.exit(1));
// The server has gone, or the handler has closed the channel.
channel.on("close", () => setTimeout(end, 1_000));
channel.on("error", () => setTimeout(end, 1_000));

/** An error of Lambda's own. */
class RuntimeError extends Error {
  /** @param {string} type @param {string} message @param {unknown} [cause] */
  constructor(type, message, cause) {
    super(message, { cause });
    this.name = `Runtime.${type}`;
  }
}

/** @param {unknown} error */
function described(error) {
  try {
    return error instanceof Error || Object.prototype.toString.call(error) === "[object Error]"
      ? { type: String(/** @type {Error} */ (error).name), message: String(/** @type {Error} */ (error).message) }
      : { type: typeof error, message: String(error) };
  } catch {
    return { type: typeof error, message: "an error that cannot be shown" };
  }
}

/** The rest is for the log. @param {string} text */
const firstLine = (text) => text.split("\n", 1)[0] ?? "";

/** @param {string} file */
const isFile = (file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true;

/**
 * The module of a handler: the file as it is named, then with the extensions that Lambda tries, then as Node resolves it.
 *
 * @param {string} root @param {string} name its path, without an extension
 */
async function loadModule(root, name) {
  const require = createRequire(pathToFileURL(join(root, "index.js")));
  const path = join(root, name);
  const file = ["", ".js", ".mjs", ".cjs"].map((extension) => path + extension).find(isFile);
  if (file === undefined) return require(require.resolve(name, { paths: [root] }));
  const asModule = () => import(pathToFileURL(file).href);
  if (file.endsWith(".mjs")) return asModule();
  try {
    return require(file);
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code ?? "";
    if (["ERR_REQUIRE_ESM", "ERR_REQUIRE_ASYNC_MODULE"].includes(code)) return asModule();
    throw error;
  }
}

/**
 * @param {string} root @param {string} name `index.handler`, `src/app.handlers.get`
 * @returns {Promise<Handler>}
 */
async function loadHandler(root, name) {
  const [file = "", ...path] = basename(name).split(".");
  if (file === "" || path.length === 0 || name.includes(".."))
    throw new RuntimeError("MalformedHandlerName", `"${name}" is not the name of a handler such as "index.handler"`);
  /** @type {unknown} */
  let handler = await loadModule(root, join(dirname(name), file)).catch((error) => {
    if (error instanceof SyntaxError) throw new RuntimeError("UserCodeSyntaxError", String(error), error);
    if (/MODULE_NOT_FOUND$/.test(error?.code))
      throw new RuntimeError("ImportModuleError", firstLine(error.message), error);
    throw error;
  });
  for (const key of path) handler = /** @type {Record<string, unknown> | null | undefined} */ (handler)?.[key];
  if (typeof handler !== "function") throw new RuntimeError("HandlerNotFound", `${name} is not an exported function`);
  return /** @type {Handler} */ (handler);
}

/** What the empty event loop means to the invocation that runs. */
let onEmptyEventLoop = () => {};
process.on("beforeExit", () => onEmptyEventLoop());

/** @param {Handler} handler @param {InvokeMessage} message @param {string} event JSON */
function invoke(handler, { number, requestId, functionArn, milliseconds }, event) {
  const deadline = performance.now() + milliseconds;
  let settled = false;
  /** @param {MessageHead} head @param {string} [payload] */
  const settle = (head, payload) => {
    if (settled) return;
    settled = true;
    channel.ref();
    send(head, payload);
  };
  /** @param {unknown} error */
  const fail = (error) => {
    process.stderr.write(`Invoke Error ${inspect(error)}\n`);
    settle({ type: "failed", number, error: described(error) });
  };
  /** @param {unknown} result */
  const succeed = (result) => {
    try {
      settle({ type: "answered", number }, toPayload(result));
    } catch (error) {
      fail(error);
    }
  };
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: functionArn,
    awsRequestId: requestId,
    clientContext: undefined,
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
    succeed,
    fail,
    /** @param {unknown} error @param {unknown} result */
    done: (error, result) => (error ? fail(error) : succeed(result)),
  };
  /** @param {unknown} [error] @param {unknown} [result] */
  const callback = (error, result) => {
    if (error !== undefined && error !== null) fail(error);
    else if (context.callbackWaitsForEmptyEventLoop) onEmptyEventLoop = () => succeed(result);
    else succeed(result);
  };
  // Whoever leaves nothing to wait for, and has not answered, never will: Lambda takes that for null.
  onEmptyEventLoop = () => succeed(null);
  channel.unref();
  try {
    const result = /** @type {Promise<unknown> | undefined} */ (handler(JSON.parse(event), context, callback));
    if (typeof result?.then === "function") result.then(succeed, fail);
  } catch (error) {
    fail(error);
  }
}

/** @param {unknown} result */
function toPayload(result) {
  let payload;
  try {
    payload = JSON.stringify(result) ?? "null";
  } catch (error) {
    throw new RuntimeError("MarshalError", `the result is not for JSON: ${firstLine(described(error).message)}`);
  }
  const bytes = Buffer.byteLength(payload);
  if (bytes <= MAX_PAYLOAD_BYTES) return payload;
  const error = new RangeError(`the result has ${bytes} bytes; Lambda passes on ${MAX_PAYLOAD_BYTES}`);
  error.name = "Function.ResponseSizeTooLarge";
  throw error;
}

loadHandler(process.env.LAMBDA_TASK_ROOT ?? "", process.env._HANDLER ?? "").then(
  async (handler) => {
    await watching;
    onLine = (line) => {
      const end = line.indexOf("\t");
      invoke(handler, JSON.parse(line.slice(0, end)), line.slice(end + 1));
    };
    send({ type: "ready" });
    early.forEach(onLine);
  },
  (error) => {
    process.stderr.write(`${inspect(error.cause ?? error)}\n`);
    send({ type: "unloadable", error: described(error) });
  },
);
