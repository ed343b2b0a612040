import { statSync } from "node:fs";
import { UnclearNameError } from "../model/names";
import { readGateway } from "../model/read-gateway";
import { withRuntimeKeys } from "../model/runtime-keys";
import { CatalogPlaces } from "../why/catalog-places";
import { explain } from "../why/explain";
import type { Explanation } from "../why/explanation";
import { readLiveKey } from "../why/live";
import type { ExplainOptions } from "../why/options";
import { renderText } from "../why/render";
import { Calls, type Question, targetOf } from "../why/target";
import { withLive } from "../why/with-live";
import { catalogSource } from "./catalog-lines";
import { selfServiceIn } from "./self-service-file";

export interface WhyOptions {
  readonly api?: string;
  readonly stage?: string;
  readonly status?: number;
  /** Milliseconds since the epoch. */
  readonly now?: number;
  readonly catalog?: string;
  readonly selfServiceExport?: string;
  readonly live: boolean;
  readonly region?: string;
  readonly profile?: string;
  readonly format: "text" | "json";
}

/** Explains one call, and prints it. */
export async function why(subscription: string, request: string, path: string, options: WhyOptions): Promise<void> {
  const { api, stage } = options;
  try {
    const explanation = await explained(path, { subscription, request, api, stage }, options);
    const isJson = options.format === "json";
    process.stdout.write(isJson ? `${JSON.stringify(explanation, undefined, 2)}\n` : renderText(explanation));
  } catch (error) {
    throw error instanceof UnclearNameError ? new Error(`${path}: ${error.message}`) : error;
  }
}

async function explained(path: string, question: Question, options: WhyOptions): Promise<Explanation> {
  const { status, live, region, profile, now: at = Date.now() } = options;
  // What a plan or a state was made of is not known, so its lines are looked for only in a catalog that is named.
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : undefined;
  const source = catalogSource(folder, options.catalog);
  const asked: ExplainOptions = { at, status, ...(source && { places: new CatalogPlaces(source) }) };
  const calls = new Calls(withRuntimeKeys(readGateway(path), selfServiceIn(options.selfServiceExport)));
  if (!live) return explain(calls, question, asked);
  const { key } = targetOf(calls, question);
  if (!key) throw new Error("--live reads a key; name its subscription");
  const read = await readLiveKey(key, calls.model.plans, { at, region, profile });
  const { model, differences, counted } = withLive(calls.model, key, read);
  const { accountThrottle } = read;
  return explain(new Calls(model), question, {
    ...asked,
    counted,
    differsInAws: differences,
    ...(accountThrottle && { limits: { accountThrottle } }),
  });
}
