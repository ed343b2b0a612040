import { rmSync } from "node:fs";
import type { FunctionModel } from "../../model/model";
import { LOCAL_AWS, type LocalAws } from "../local-aws";
import { EnvironmentPool } from "./environment-pool";
import { environmentVariables } from "./environment-variables";
import { ExecutionEnvironment } from "./execution-environment";
import { FunctionCodeError, readCode, unpackCode } from "./function-code";
import { type Interpreter, interpreterOf } from "./interpreter";
import type { FunctionOutcome } from "./outcome";
import { RuntimeFolder } from "./runtime-folder";

export interface FunctionRunnerOptions {
  /**
   * Receives each line that a function prints or that reports its failure.
   * @default - they are discarded
   */
  readonly onLog?: (synthesized: FunctionModel, line: string) => void;
  /**
   * Environment variables that all functions get; they replace what a function is configured with, and what Lambda sets.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default LOCAL_AWS */
  readonly aws?: LocalAws;
  /**
   * Folder of the project whose AWS SDK the functions use.
   * @default - the folder in which the program runs
   */
  readonly project?: string;
  /**
   * Environments of one function at once; further invocations wait.
   * @default 10
   */
  readonly maxEnvironments?: number;
  /**
   * How long an environment may take to load its handler.
   * @default 10000, as on AWS
   */
  readonly startMilliseconds?: number;
  /**
   * How long an environment that has nothing to do is kept.
   * @default 300000
   */
  readonly idleMilliseconds?: number;
}

export interface InvokeOptions {
  /** `awsRequestId` of the handler's context. */
  readonly requestId: string;
  /** How long the caller waits; the function runs on nevertheless, until its own timeout. */
  readonly patienceMilliseconds: number;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_EVENT_BYTES = 6_291_456;

interface Prepared {
  /** Where the function stands. */
  readonly place: string;
  /** Of the code and of all that an environment is started with. */
  readonly fingerprint: string;
  readonly pool: EnvironmentPool;
  readonly root: string;
}

/**
 * Runs the real code of functions as Lambda's runtimes of Node.js and Python do, in processes of their own: whatever a handler does ends
 * at most its own process. A process serves one request at a time and is kept for the next, with the state of its modules.
 * Functions that are read again keep their processes if they have not changed.
 */
export class FunctionRunner {
  /** By place. */
  private readonly prepared = new Map<string, Prepared>();
  /** So that a function is not compared at each call. */
  private readonly known = new WeakMap<FunctionModel, Prepared>();
  private readonly retired = new Set<Prepared>();
  private folder: RuntimeFolder | undefined;
  private closed = false;

  constructor(private readonly options: FunctionRunnerOptions = {}) {}

  /** @param event what the handler gets, as JSON carries it */
  async invoke(
    synthesized: FunctionModel,
    event: unknown,
    { requestId, patienceMilliseconds }: InvokeOptions,
  ): Promise<FunctionOutcome> {
    const prepared = this.prepare(synthesized);
    if (typeof prepared === "string") return { kind: "not-started", reason: prepared };
    const { region, accountId } = this.options.aws ?? LOCAL_AWS;
    const json = JSON.stringify(event) ?? "null";
    const bytes = Buffer.byteLength(json);
    if (bytes > MAX_EVENT_BYTES)
      return { kind: "event-too-large", reason: `the event has ${bytes} bytes; Lambda takes ${MAX_EVENT_BYTES}` };
    const message = {
      requestId,
      functionArn: `arn:aws:lambda:${region}:${accountId}:function:${synthesized.name}`,
      milliseconds: synthesized.timeoutSeconds * 1000,
    };
    return prepared.pool.invoke(message, json, patienceMilliseconds);
  }

  /** Why a function cannot be run, in one sentence, as far as that can be seen without running it; or `undefined`. */
  check(synthesized: FunctionModel): string | undefined {
    const prepared = this.prepare(synthesized);
    return typeof prepared === "string" ? prepared : undefined;
  }

  /** Ends all processes, and is kept when they are gone. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.pools().map((pool) => pool.close()));
    process.off("exit", this.onExit);
    this.folder?.remove();
  }

  private readonly onExit = () => {
    for (const pool of this.pools()) pool.endNow();
    this.folder?.remove();
  };

  private pools(): EnvironmentPool[] {
    return [...this.prepared.values(), ...this.retired].map(({ pool }) => pool);
  }

  private prepare(synthesized: FunctionModel): Prepared | string {
    if (this.closed) return `function "${synthesized.name}" cannot be run any more: the gateway is closed`;
    const known = this.known.get(synthesized);
    if (known !== undefined && this.prepared.get(known.place) === known) return known;
    try {
      const prepared = this.prepareAnew(synthesized);
      this.known.set(synthesized, prepared);
      return prepared;
    } catch (error) {
      return error instanceof FunctionCodeError
        ? error.message
        : `function "${synthesized.name}" cannot be prepared: ${(error as Error).message}`;
    }
  }

  private prepareAnew(synthesized: FunctionModel): Prepared {
    const { stack, address, name, handler, runtime, memorySize, environment } = synthesized;
    const interpreter = interpreterOf(runtime, memorySize);
    if ("missing" in interpreter) throw new FunctionCodeError(synthesized, interpreter.missing);
    const code = readCode(synthesized);
    const fingerprint = JSON.stringify([code.hash, name, handler, runtime, memorySize, environment]);
    const place = JSON.stringify([stack, address]);
    const before = this.prepared.get(place);
    if (before?.fingerprint === fingerprint) return before;
    const root = this.runtimeFolder().next();
    unpackCode(synthesized, code, root);
    const prepared = { place, fingerprint, root, pool: this.poolOf(synthesized, root, interpreter) };
    this.prepared.set(place, prepared);
    if (before !== undefined) this.retire(before);
    return prepared;
  }

  private poolOf(synthesized: FunctionModel, root: string, interpreter: Interpreter): EnvironmentPool {
    const { onLog, aws = LOCAL_AWS, environment } = this.options;
    const { maxEnvironments = 10, startMilliseconds = 10_000, idleMilliseconds = 300_000 } = this.options;
    const create = () =>
      new ExecutionEnvironment({
        root,
        variables: { ...environmentVariables(synthesized, root, aws.region), ...environment },
        interpreter,
        onLine: (line) => onLog?.(synthesized, line),
      });
    return new EnvironmentPool({ create, maxEnvironments, startMilliseconds, idleMilliseconds });
  }

  private retire(prepared: Prepared): void {
    this.retired.add(prepared);
    void prepared.pool.retire().then(() => {
      this.retired.delete(prepared);
      rmSync(prepared.root, { recursive: true, force: true });
    });
  }

  private runtimeFolder(): RuntimeFolder {
    if (this.folder === undefined) {
      this.folder = new RuntimeFolder(this.options.project ?? process.cwd());
      process.on("exit", this.onExit);
    }
    return this.folder;
  }
}
