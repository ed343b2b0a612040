import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { endPrograms } from "./end-programs";
import type { Interpreter } from "./interpreter";
import { eachLine } from "./lines";
import { type EnvironmentMessage, type InvokeMessage, messageIn, SEPARATOR } from "./messages";
import type { FunctionOutcome } from "./outcome";

export interface ExecutionEnvironmentProps {
  /** Folder with the function's code. */
  readonly root: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly interpreter: Interpreter;
  readonly onLine: (line: string) => void;
}

/** What an environment was heard to say or do. */
type News = EnvironmentMessage | { readonly type: "ended"; readonly reason: string } | { readonly type: "silent" };

const HAS_GROUPS = process.platform !== "win32";

/** More than an answer of Lambda's 6 MB, escaped as JSON. */
const LONGEST_MESSAGE = 40_000_000;

/**
 * A process in which a function's handler is loaded, for one invocation at a time. It keeps our own process alive only
 * while we wait for it.
 */
export class ExecutionEnvironment {
  /** Kept when the process is gone. */
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private readonly channel: Socket;
  private endReason: string | undefined;
  /** The number of the invocation that is running. */
  private number = 0;
  /** What Node's answer to it begins with: it is that answer, without a closer look. */
  private answer: string | undefined;
  private hear: (news: News) => void = () => {};

  private readonly variables: Readonly<Record<string, string>>;

  constructor({ root, variables, interpreter, onLine }: ExecutionEnvironmentProps) {
    this.variables = variables;
    this.child = spawn(interpreter.program, interpreter.args, {
      cwd: root,
      env: { ...variables },
      // Messages, and a pipe that is closed when we end, however we end.
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
      // A group of its own, with all programs that its handler starts.
      detached: HAS_GROUPS,
    });
    const [, , , channel, alive] = this.child.stdio as unknown as readonly Socket[];
    this.channel = channel as Socket;
    this.listen();
    alive?.on("error", () => {});
    unref(alive as Socket);
    this.ended = new Promise((resolve) => {
      const end = (reason: string) => {
        this.endReason ??= reason;
        this.hear({ type: "ended", reason: this.endReason });
        resolve();
      };
      this.child.on("exit", (code, signal) => {
        this.endPrograms();
        end(howItEnded(code, signal));
      });
      this.child.on("error", (error) => {
        this.end();
        // Without a process there is no exit.
        if (this.child.pid === undefined) end(`did not start: ${error.message}`);
      });
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream === null) continue;
      eachLine(stream, onLine);
      unref(stream);
    }
    this.child.unref();
  }

  /** A message that is not one ends the environment, since its handler has written it. */
  private listen(): void {
    // What goes wrong with the stream ends the process, and is heard of then.
    eachLine(this.channel, (line) => this.take(line), { longest: LONGEST_MESSAGE, onTooLong: () => this.end() });
    unref(this.channel);
  }

  private take(line: string): void {
    // After a message that is not one, nothing is believed, also what came together with it.
    if (!this.isAlive) return;
    if (this.answer !== undefined && line.startsWith(this.answer)) {
      this.hear({ type: "answered", number: this.number, payload: line.slice(this.answer.length) });
      return;
    }
    const message = messageIn(line);
    if (message === undefined || ("number" in message && message.number !== this.number)) this.end();
    else this.hear(message);
  }

  get isAlive(): boolean {
    return this.endReason === undefined && !this.child.killed;
  }

  /** Waits for the handler to be loaded; gives why it never will be, or `undefined`. */
  async ready(milliseconds: number): Promise<FunctionOutcome | undefined> {
    const news = await this.news(milliseconds);
    if (news.type === "ready") return undefined;
    this.end();
    return { kind: "not-started", reason: whyUnloadable(news, milliseconds) };
  }

  /** @param event JSON */
  async invoke(message: InvokeMessage, event: string): Promise<FunctionOutcome> {
    const { milliseconds } = message;
    const coming = this.news(milliseconds);
    this.number++;
    this.answer = `{"type":"answered","number":${this.number}}${SEPARATOR}`;
    if (this.isAlive)
      this.channel.write(`${JSON.stringify({ ...message, number: this.number })}${SEPARATOR}${event}\n`);
    const news = await coming;
    switch (news.type) {
      case "answered":
        return payloadOf(news.payload);
      case "failed":
        return { kind: "failed", error: news.error };
      case "silent":
        return { kind: "timed-out", reason: `it was ended after ${milliseconds} ms, its timeout` };
      default:
        return {
          kind: "crashed",
          reason: news.type === "ended" ? `its process ${news.reason}` : `it said ${news.type}`,
        };
    }
  }

  /** At once, whatever it is doing. */
  end(): void {
    // Our process must live until the end is seen.
    if (this.endReason === undefined) this.child.ref();
    this.child.kill("SIGKILL");
    this.endPrograms();
  }

  /** Programs that the handler has started end with it. */
  private endPrograms(): void {
    if (this.child.pid === undefined) return;
    const stream = this.variables.AWS_LAMBDA_LOG_STREAM_NAME;
    endPrograms(this.child.pid, stream && `AWS_LAMBDA_LOG_STREAM_NAME=${stream}`);
  }

  /** The next that is heard; an environment that is silent for too long is ended. */
  private news(milliseconds: number): Promise<News> {
    if (this.endReason !== undefined) return Promise.resolve({ type: "ended", reason: this.endReason });
    return new Promise((resolve) => {
      const settle = (news: News) => {
        clearTimeout(timer);
        this.hear = () => {};
        resolve(news);
      };
      const giveUp = () => {
        if (this.hear !== settle) return;
        settle({ type: "silent" });
        this.end();
      };
      // Where it is we who were busy, the news may be here already, unread.
      const timer = setTimeout(() => setImmediate(giveUp), milliseconds);
      this.hear = settle;
    });
  }
}

function payloadOf(json: string): FunctionOutcome {
  try {
    return { kind: "answered", payload: JSON.parse(json) };
  } catch {
    return { kind: "crashed", reason: "it answered what is not JSON" };
  }
}

function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === null) return `ended with exit status ${code}`;
  return signal === "SIGABRT" ? "was aborted; mostly it needs more memory" : `was ended by ${signal}`;
}

function whyUnloadable(news: News, milliseconds: number): string {
  switch (news.type) {
    case "unloadable":
      return `its module does not load: ${news.error.type}: ${news.error.message}`;
    case "ended":
      return `its process ${news.reason} while the module was loaded`;
    default:
      return `its module was not loaded after ${milliseconds} ms`;
  }
}

/** Pipes of a child process are sockets, which their type does not say. */
const unref = (stream: Readable & { unref?: () => unknown }) => stream.unref?.();
