import type { FunctionError } from "./outcome";

/** One invocation, on its way into an execution environment. */
export interface InvokeMessage {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  readonly functionArn: string;
  /** How long it may take. */
  readonly milliseconds: number;
}

/** What an execution environment says. */
export type EnvironmentMessage =
  | { readonly type: "ready" }
  | { readonly type: "unloadable"; readonly error: FunctionError }
  /** `payload` is JSON. */
  | { readonly type: "answered"; readonly payload: string }
  | { readonly type: "failed"; readonly error: FunctionError };
