import { z } from "zod";

/** One invocation, on its way into an execution environment. */
export interface InvokeMessage {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  readonly functionArn: string;
  /** How long it may take. */
  readonly milliseconds: number;
}

/** An invocation with its number, which its answer repeats. */
export interface NumberedInvokeMessage extends InvokeMessage {
  readonly number: number;
}

const error = z.strictObject({ type: z.string(), message: z.string() });
const number = z.int().positive();

/** What an execution environment writes. It shares its process with the code of a function, so it is checked. */
export const environmentMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("unloadable"), error }),
  /** `payload` is JSON. */
  z.strictObject({ type: z.literal("answered"), number, payload: z.string() }),
  z.strictObject({ type: z.literal("failed"), number, error }),
]);

export type EnvironmentMessage = z.infer<typeof environmentMessageSchema>;

/** An answer to an invocation, without its number. */
export type Answer =
  | { readonly type: "answered"; readonly payload: string }
  | { readonly type: "failed"; readonly error: { readonly type: string; readonly message: string } };
