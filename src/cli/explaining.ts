import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { CatalogSource } from "../editing/typescript/catalog-source";
import { UnclearNameError } from "../model/names";
import { readGateway } from "../model/read-gateway";
import { withRuntimeKeys } from "../model/runtime-keys";
import { show } from "../text/show";
import { CatalogPlaces } from "../why/catalog-places";
import { explain } from "../why/explain";
import type { Explanation } from "../why/explanation";
import { readLiveKey } from "../why/live";
import type { ExplainOptions } from "../why/options";
import { renderText } from "../why/render";
import { Calls, type Question, targetOf } from "../why/target";
import { withLive } from "../why/with-live";
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
  const source = sourceFor(path, options.catalog);
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

/** What a plan or a state was made of is not known, so its lines are looked for only in a catalog that is named. */
function sourceFor(path: string, named: string | undefined): CatalogSource | undefined {
  if (named !== undefined && !existsSync(named))
    throw new Error(`--catalog ${show(named)} does not exist; name the file that calls defineCatalog`);
  if (named !== undefined) return CatalogSource.read(named);
  const beside = join(dirname(path), "catalog.ts");
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() && existsSync(beside)
    ? CatalogSource.read(beside)
    : undefined;
}
