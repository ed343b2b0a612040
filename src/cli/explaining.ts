import { existsSync } from "node:fs";
import { UnclearNameError } from "../model/names";
import { readGateway } from "../model/read-gateway";
import { CatalogPlaces } from "../why/catalog-places";
import { CatalogSource } from "../why/catalog-source";
import { explain } from "../why/explain";
import { renderText } from "../why/render";
import { Calls } from "../why/target";

export interface WhyOptions {
  readonly api?: string;
  readonly stage?: string;
  readonly status?: number;
  /** Milliseconds since the epoch. */
  readonly now?: number;
  readonly catalog: string;
  readonly format: "text" | "json";
}

/** Explains one call, and prints it. */
export async function why(subscription: string, request: string, path: string, options: WhyOptions): Promise<void> {
  const { api, stage, status, catalog, now = Date.now() } = options;
  const source = existsSync(catalog) ? CatalogSource.read(catalog) : undefined;
  const places = source && new CatalogPlaces(source);
  const calls = new Calls(readGateway(path));
  try {
    const explanation = explain(
      calls,
      { subscription, request, api, stage },
      { at: now, status, ...(places && { places }) },
    );
    process.stdout.write(
      options.format === "json" ? `${JSON.stringify(explanation, undefined, 2)}\n` : renderText(explanation),
    );
  } catch (error) {
    throw error instanceof UnclearNameError ? new Error(`${path}: ${error.message}`) : error;
  }
}
