import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import {
  FunctionRunner,
  type FunctionRunnerOptions,
  type InvokeOptions,
} from "../../../src/gateway/functions/function-runner";
import type { FunctionOutcome } from "../../../src/gateway/functions/outcome";
import type { FunctionModel } from "../../../src/model/model";
import { HandlerFolder } from "../../../src/terraform/constructs/handler-folder";
import { isRunning } from "../../support/run";

type Settings = Partial<FunctionModel>;

/** Real functions in real zip files, and a runner that really runs them. */
export class Functions {
  /** What the functions printed, as `name: line`. */
  readonly log: string[] = [];
  readonly runner: FunctionRunner;
  private readonly folder = mkdtempSync(join(tmpdir(), "functions-test-"));
  private count = 0;

  constructor(options: FunctionRunnerOptions = {}) {
    this.runner = new FunctionRunner({ onLog: ({ name }, line) => this.log.push(`${name}: ${line}`), ...options });
  }

  /** A function of one file, `index.js`. */
  of(source: string, settings: Settings = {}): FunctionModel {
    return this.ofFiles({ "index.js": source }, settings);
  }

  ofFiles(files: Readonly<Record<string, string>>, settings: Settings = {}): FunctionModel {
    const contents = Object.entries(files).map(([name, text]) => [name, strToU8(text)]);
    return this.ofZip(zipSync(Object.fromEntries(contents)), settings);
  }

  ofZip(contents: Uint8Array, settings: Settings = {}): FunctionModel {
    const name = `function-${this.count++}`;
    const zip = join(this.folder, `${name}.zip`);
    writeFileSync(zip, contents);
    return {
      stack: "pets",
      address: `aws_lambda_function.${name}`,
      name,
      zip,
      codeHash: undefined,
      handler: "index.handler",
      runtime: "nodejs22.x",
      timeoutSeconds: 3,
      memorySize: 128,
      environment: {},
      ...settings,
    };
  }

  /** One function with many handlers, in one process: `event.is` says which is called. */
  ofMany(handlers: Readonly<Record<string, string>>, settings: Settings = {}): FunctionModel {
    const sources = Object.entries(handlers).map(([name, source]) => `${JSON.stringify(name)}: ${source}`);
    return this.of(
      `const handlers = { ${sources.join(",\n")} };
       exports.handler = (event, context, callback) => handlers[event.is](event, context, callback);`,
      settings,
    );
  }

  /** A handler of this project, bundled as `npm start` does it. */
  ofHandler(handler: string, settings: Settings = {}): FunctionModel {
    const out = join(this.folder, "out");
    mkdirSync(out, { recursive: true });
    new HandlerFolder().write(handler, out);
    return { ...this.of("", settings), zip: join(out, "handlers", `${handler}.zip`) };
  }

  invoke(called: FunctionModel, event: unknown = {}, options: Partial<InvokeOptions> = {}): Promise<FunctionOutcome> {
    return this.runner.invoke(called, event, { requestId: "request-1", patienceMilliseconds: 5_000, ...options });
  }

  /** The line that was printed as so many-th of those that match, as soon as it is. */
  async printed(pattern: RegExp, count = 1): Promise<string> {
    for (;;) {
      const line = this.log.filter((printed) => pattern.test(printed))[count - 1];
      if (line !== undefined) return line;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  async close(): Promise<void> {
    await this.runner.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Lets a test have functions with options of its own. */
export async function withFunctions(options: FunctionRunnerOptions, use: (functions: Functions) => Promise<void>) {
  const functions = new Functions(options);
  await use(functions).finally(() => functions.close());
}

/** Kept when a process is gone. */
export async function gone(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 2));
}

export const answered = (payload: unknown) => ({ kind: "answered", payload });
