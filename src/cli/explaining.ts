import { UnclearNameError } from "../model/names";
import { readGateway } from "../model/read-gateway";
import { explain } from "../why/explain";
import { renderText } from "../why/render";
import { Calls } from "../why/target";

export interface WhyOptions {
  readonly api?: string;
  readonly stage?: string;
  readonly status?: number;
  /** Milliseconds since the epoch. */
  readonly now?: number;
  readonly format: "text" | "json";
}

/** Explains one call, and prints it. */
export async function why(subscription: string, request: string, path: string, options: WhyOptions): Promise<void> {
  const { api, stage, status, now = Date.now() } = options;
  const calls = new Calls(readGateway(path));
  try {
    const explanation = explain(calls, { subscription, request, api, stage }, { at: now, status });
    process.stdout.write(
      options.format === "json" ? `${JSON.stringify(explanation, undefined, 2)}\n` : renderText(explanation),
    );
  } catch (error) {
    throw error instanceof UnclearNameError ? new Error(`${path}: ${error.message}`) : error;
  }
}
