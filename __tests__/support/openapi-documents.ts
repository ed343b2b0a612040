import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import {
  apiFromOpenApi,
  CatalogError,
  type OpenApiApi,
  type OpenApiOptions,
  type RouteSource,
  routesFromOpenApi,
} from "../../src";
import { sourcesOf } from "../../src/vocabulary/route-source";
import { type Json, withFolder } from "./synthesize";

export const documentPath = (name: string): string => resolve("__tests__/openapi/documents", name);

const anyHandler = { integrations: () => ({ http: "https://backend.example.com" }) };

/** Documents in the style of well-known ones, with the options that each of them needs. */
export const documents: Readonly<Record<string, OpenApiOptions>> = {
  "petstore.yaml": { ...anyHandler, securitySchemes: { petstore_auth: "BACKEND" } },
  "payments.yaml": { ...anyHandler, securitySchemes: { bearerAuth: "API_KEY" } },
  "repositories.json": { ...anyHandler, leaveOut: ["repos/compare-commits"] },
  "chat.yaml": { ...anyHandler, securitySchemes: { slackAuth: "BACKEND" } },
  "orders/openapi.yaml": {
    integrations: { getOrder: { mock: 200 }, replaceOrder: { http: "https://backend.example.com/orders/{id}" } },
  },
};

/** The API of one of the documents above. */
export const apiOf = (name: string, options: OpenApiOptions = {}): OpenApiApi =>
  apiFromOpenApi(documentPath(name), { ...documents[name], ...options });

/** What is made of a document, given as JSON, or as the texts of its files of which `openapi.yaml` is the first. */
export const apiFromDocument = (document: Json, options: OpenApiOptions = anyHandler): OpenApiApi =>
  fromDocument(document, (path) => apiFromOpenApi(path, options));

/** The routes alone of a document, given in the same way. */
export const routesFromDocument = (document: Json, options: OpenApiOptions = anyHandler): OpenApiApi["routes"] =>
  fromDocument(document, (path) => routesFromOpenApi(path, options));

function fromDocument<Read>(document: Json, read: (path: string) => Read): Read {
  return withFolder((folder) => {
    const files: Record<string, string> = typeof document === "object" && "openapi.yaml" in document ? document : {};
    const main = Object.keys(files)[0] ?? "openapi.json";
    for (const [name, text] of Object.entries(main === "openapi.json" ? { [main]: JSON.stringify(document) } : files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const here = process.cwd();
    process.chdir(folder);
    try {
      return read(main);
    } finally {
      process.chdir(here);
    }
  });
}

/** The messages of a document that is refused. */
export function problemsOfDocument(document: Json, options?: OpenApiOptions): string[] {
  try {
    apiFromDocument(document, options);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return error.findings.map(({ place, message }) => `${place}: ${message}`);
  }
  return [];
}

/** Warnings and notices of a document that is accepted. */
export const remarksOn = ({ routes }: OpenApiApi): string[] =>
  (sourcesOf(Object.values(routes)) as RouteSource[]).flatMap(({ findings }) =>
    findings.map(({ severity, place, message }) => `${severity}: ${place}: ${message}`),
  );

/** A small document with parts replaced. */
export const document = (paths: Json, parts: Json = {}): Json => ({
  openapi: "3.0.3",
  info: { title: "Pets", version: "1" },
  security: [{ key: [] }],
  paths,
  components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "x-api-key" } } },
  ...parts,
});
