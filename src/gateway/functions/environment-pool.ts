import type { ExecutionEnvironment } from "./execution-environment";
import type { InvokeMessage } from "./messages";
import type { FunctionOutcome } from "./outcome";

export interface EnvironmentPoolProps {
  readonly create: () => ExecutionEnvironment;
  /** At most so many at once; further invocations wait. */
  readonly maxEnvironments: number;
  /** How long an environment may take to load its handler. */
  readonly startMilliseconds: number;
  /** How long an environment that has nothing to do is kept. */
  readonly idleMilliseconds: number;
}

interface Invocation {
  readonly message: InvokeMessage;
  readonly event: string;
  readonly settle: (outcome: FunctionOutcome) => void;
}

interface Idle {
  readonly environment: ExecutionEnvironment;
  readonly timer: NodeJS.Timeout;
}

/** The execution environments of one function: one invocation at a time in each, and as many as are needed at once. */
export class EnvironmentPool {
  private readonly environments = new Set<ExecutionEnvironment>();
  /** The one that was used last is used next, so that the others can go. */
  private readonly idle: Idle[] = [];
  /** In the order in which they came. */
  private readonly waiting = new Set<Invocation>();
  private starting = 0;
  private onRetired: (() => void) | undefined;

  constructor(private readonly props: EnvironmentPoolProps) {}

  /**
   * @param event JSON
   * @param patience milliseconds after which the caller no longer waits
   */
  invoke(message: InvokeMessage, event: string, patience: number): Promise<FunctionOutcome> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.waiting.delete(invocation);
        resolve({ kind: "given-up" });
      }, patience);
      const settle = (outcome: FunctionOutcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      const invocation = { message, event, settle };
      this.waiting.add(invocation);
      this.proceed();
    });
  }

  /** Finishes what has come so far, and is kept when no environment is left. */
  retire(): Promise<void> {
    return new Promise((resolve) => {
      this.onRetired = resolve;
      for (const idle of [...this.idle]) this.endIdle(idle);
      this.proceed();
    });
  }

  /** Ends all environments, and whatever runs in them. */
  async close(): Promise<void> {
    for (const { settle } of this.waiting)
      settle({ kind: "not-started", reason: "it waited until the gateway was closed" });
    this.waiting.clear();
    this.endNow();
    await Promise.all([...this.environments].map(({ ended }) => ended));
  }

  /** Ends all environments, without waiting for it. */
  endNow(): void {
    for (const environment of this.environments) environment.end();
  }

  private proceed(): void {
    while (this.waiting.size > 0) {
      const idle = this.idle.pop();
      if (idle === undefined) break;
      clearTimeout(idle.timer);
      void this.run(idle.environment);
    }
    while (this.starting < this.waiting.size && this.environments.size < this.props.maxEnvironments) void this.start();
    if (this.environments.size === 0 && this.waiting.size === 0) this.onRetired?.();
  }

  private async start(): Promise<void> {
    this.starting++;
    const failure = await this.addEnvironment().catch(didNotStart);
    this.starting--;
    // Each failure is the answer to one invocation: the next is tried in a new environment, as on AWS.
    if (failure !== undefined) this.nextInvocation()?.settle(failure);
    this.proceed();
  }

  private async addEnvironment(): Promise<FunctionOutcome | undefined> {
    const environment = this.props.create();
    this.environments.add(environment);
    void environment.ended.then(() => this.forget(environment));
    const failure = await environment.ready(this.props.startMilliseconds);
    if (failure === undefined) this.keep(environment);
    return failure;
  }

  private async run(environment: ExecutionEnvironment): Promise<void> {
    const invocation = this.nextInvocation();
    if (invocation !== undefined) invocation.settle(await environment.invoke(invocation.message, invocation.event));
    this.keep(environment);
    this.proceed();
  }

  private nextInvocation(): Invocation | undefined {
    for (const invocation of this.waiting) {
      this.waiting.delete(invocation);
      return invocation;
    }
    return undefined;
  }

  private keep(environment: ExecutionEnvironment): void {
    if (!environment.isAlive) return;
    if (this.onRetired !== undefined && this.waiting.size === 0) {
      environment.end();
      return;
    }
    const timer = setTimeout(() => this.endIdle(idle), this.props.idleMilliseconds).unref();
    const idle: Idle = { environment, timer };
    this.idle.push(idle);
  }

  /** An environment that is about to end must not be used any more. */
  private endIdle(idle: Idle): void {
    this.idle.splice(this.idle.indexOf(idle), 1);
    clearTimeout(idle.timer);
    idle.environment.end();
  }

  private forget(environment: ExecutionEnvironment): void {
    this.environments.delete(environment);
    const idle = this.idle.find((idle) => idle.environment === environment);
    if (idle !== undefined) this.endIdle(idle);
    this.proceed();
  }
}

/** Some failures of the system's are thrown at once: a variable with a null character, too many variables, … */
const didNotStart = (error: Error): FunctionOutcome => ({
  kind: "not-started",
  reason: `its process did not start: ${error.message}`,
});
