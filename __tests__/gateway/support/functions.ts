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
import type { SynthesizedFunction } from "../../../src/synthesized/model";
import { HandlerFolder } from "../../../src/terraform/constructs/handler-bundle";

type Settings = Partial<SynthesizedFunction>;

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
  of(source: string, settings: Settings = {}): SynthesizedFunction {
    return this.ofFiles({ "index.js": source }, settings);
  }

  ofFiles(files: Readonly<Record<string, string>>, settings: Settings = {}): SynthesizedFunction {
    const contents = Object.entries(files).map(([name, text]) => [name, strToU8(text)]);
    return this.ofZip(zipSync(Object.fromEntries(contents)), settings);
  }

  ofZip(contents: Uint8Array, settings: Settings = {}): SynthesizedFunction {
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

  /** A handler of this project, bundled as `npm start` does it. */
  ofHandler(handler: string, settings: Settings = {}): SynthesizedFunction {
    const out = join(this.folder, "out");
    mkdirSync(out, { recursive: true });
    new HandlerFolder().write(handler, out);
    return { ...this.of("", settings), zip: join(out, "handlers", `${handler}.zip`) };
  }

  invoke(
    called: SynthesizedFunction,
    event: unknown = {},
    options: Partial<InvokeOptions> = {},
  ): Promise<FunctionOutcome> {
    return this.runner.invoke(called, event, { requestId: "request-1", patienceMilliseconds: 5_000, ...options });
  }

  /** Kept when a line that matches has been printed. */
  async printed(pattern: RegExp): Promise<string> {
    for (;;) {
      const line = this.log.find((printed) => pattern.test(printed));
      if (line !== undefined) return line;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  async close(): Promise<void> {
    await this.runner.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Whether a process is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export const answered = (payload: unknown) => ({ kind: "answered", payload });
