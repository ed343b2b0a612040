import type { HttpIntegration } from "../../model/model";
import type { ContextVariables } from "../context-variables";
import type { GatewayError } from "../gateway-responses";
import type { Header } from "../request";
import { misconfigured } from "./exchange";

export interface TargetParts {
  /** Values of the URL's parameters, by name. */
  readonly path: readonly Header[];
  /** The request's own query, where it passes through. */
  readonly query: string;
  readonly mappedQuery: readonly Header[];
}

/** The URL that an integration calls, or why there is none. */
export function targetOf(
  { url, requestParameters }: HttpIntegration,
  { path, query, mappedQuery }: TargetParts,
  variables: ContextVariables,
): URL | GatewayError {
  const values = new Map(path);
  const missing: string[] = [];
  const filled = withStageVariables(url, variables).replace(/\{([\w.-]+)\+?\}/g, (_, name: string) => {
    const value = values.get(name);
    if (value === undefined) missing.push(name);
    const from = requestParameters[`integration.request.path.${name}`] ?? "";
    // A part of the path is still encoded as it came.
    return from.startsWith("method.request.path.") ? (value ?? "") : encodeURIComponent(value ?? "");
  });
  const [first] = missing;
  if (first !== undefined)
    return misconfigured(
      `{${first}} of ${url} is mapped from nothing, so AWS finds an illegal character in the path; set integration.request.path.${first}`,
    );
  let target: URL;
  try {
    target = new URL(filled);
    if (leavesPath(url, filled, variables))
      return { type: "BAD_REQUEST_PARAMETERS", reason: `the request's path would leave ${url}` };
  } catch {
    return misconfigured(`"${filled}" is not the URL of a backend`);
  }
  const queries = [target.search.slice(1), mergedQuery(query, mappedQuery)].filter((each) => each !== "");
  target.search = queries.length === 0 ? "" : `?${queries.join("&")}`;
  return target;
}

/** The request's parameters, each followed by what is mapped to the same name. */
function mergedQuery(query: string, mapped: readonly Header[]): string {
  if (mapped.length === 0) return query;
  const added = new URLSearchParams(mapped.map(([name, value]): [string, string] => [name, value])).toString();
  return query === "" ? added : `${query}&${added}`;
}

const withStageVariables = (url: string, variables: ContextVariables) =>
  url.replace(/\$\{(stageVariables\.[\w-]+)\}/g, (_, name: string) => variables(name) ?? "");

/**
 * Whether a parameter of the path leads out of the path that the integration names, by `..` in any spelling that a backend may
 * resolve: plain, encoded, or behind a backslash.
 */
function leavesPath(url: string, filled: string, variables: ContextVariables): boolean {
  const withStage = withStageVariables(url, variables);
  const own = segmentsOf(withStage);
  if (segmentsOf(filled).some((segment) => isDots(segment) && !own.includes(segment))) return true;
  const neutral = withStage.replace(/\{[\w.-]+\+?\}/g, "x");
  return !URL.canParse(neutral) || new URL(neutral).origin !== new URL(filled).origin;
}

const segmentsOf = (url: string) => (url.split(/[?#]/, 1)[0] ?? "").split(/[/\\]|%2f|%5c/i);
const isDots = (segment: string) => /^(\.|%2e|%252e){1,2}$/i.test(segment);
