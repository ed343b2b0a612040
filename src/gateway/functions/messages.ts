import { z } from "zod";

/**
 * Messages are lines: JSON, and after a tab, which JSON has nowhere, the event of an invocation or the payload of an answer.
 * These are JSON already, and are not written into the JSON around them once more.
 */
export const SEPARATOR = "\t";

/** One invocation, on its way into an execution environment. */
export interface InvokeMessage {
  readonly requestId: string;
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

/** What an execution environment writes before the tab. It shares its process with the code of a function, so it is checked. */
const environmentMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("unloadable"), error }),
  z.strictObject({ type: z.literal("answered"), number }),
  z.strictObject({ type: z.literal("failed"), number, error }),
]);

/** The JSON before the tab. */
export type MessageHead = z.infer<typeof environmentMessageSchema>;

type Answered = Extract<MessageHead, { readonly type: "answered" }>;

/** A whole message; the payload is JSON still. */
export type EnvironmentMessage = Exclude<MessageHead, Answered> | (Answered & { readonly payload: string });

/** Reads a line; `undefined` for one that is not a message. */
export function messageIn(line: string): EnvironmentMessage | undefined {
  const end = line.indexOf(SEPARATOR);
  let json: unknown;
  try {
    json = JSON.parse(end < 0 ? line : line.slice(0, end));
  } catch {
    return undefined;
  }
  const head = environmentMessageSchema.safeParse(json).data;
  if (head === undefined || (head.type === "answered") !== end >= 0) return undefined;
  return head.type === "answered" ? { ...head, payload: line.slice(end + 1) } : head;
}
