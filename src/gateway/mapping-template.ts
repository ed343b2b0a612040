import { render } from "velocityjs";
import type { ContextVariables } from "./context-variables";

/** A template that Velocity refuses. */
export class MappingTemplateError extends Error {}

/** What a mapping template is filled from. */
export interface TemplateInput {
  readonly body: string;
  readonly variables: ContextVariables;
}

/**
 * Fills a mapping template (Velocity) of an integration.
 *
 * @throws MappingTemplateError
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function fillTemplate(template: string, { body, variables }: TemplateInput): string {
  if (!/[$#]/.test(template)) return template;
  const within = (prefix: string) =>
    new Proxy({}, { get: (_, name) => (typeof name === "string" ? value(`${prefix}.${name}`) : undefined) });
  /** `context.identity` is no variable, but holds some. */
  const value = (name: string): unknown => variables(name) ?? (GROUPS.has(name) ? within(name) : undefined);
  const parameter = (name: string) =>
    variables(`method.request.path.${name}`) ??
    variables(`method.request.querystring.${name}`) ??
    variables(`method.request.header.${name}`) ??
    "";
  const input = {
    body,
    json: (path: string) => JSON.stringify(atPath(body, path) ?? ""),
    path: (path: string) => atPath(body, path),
    params: parameter,
  };
  const util = {
    base64Decode: (text: unknown) => Buffer.from(String(text), "base64").toString(),
    base64Encode: (text: unknown) => Buffer.from(String(text)).toString("base64"),
    escapeJavaScript: (text: unknown) => JSON.stringify(String(text)).slice(1, -1).replaceAll("'", "\\'"),
    parseJson: (text: unknown) => JSON.parse(String(text)),
    urlDecode: (text: unknown) => decodeURIComponent(String(text).replaceAll("+", " ")),
    urlEncode: (text: unknown) => encodeURIComponent(String(text)),
  };
  try {
    return render(template, { context: within("context"), stageVariables: within("stageVariables"), input, util });
  } catch (error) {
    throw new MappingTemplateError(`a mapping template cannot be filled: ${(error as Error).message}`);
  }
}

const GROUPS: ReadonlySet<string> = new Set(["context.identity", "context.authorizer"]);

/** What a simple JSON path (`$`, `$.pets[0].name`, `$['pets']`) leads to. */
function atPath(body: string, path: string): unknown {
  let found: unknown;
  try {
    found = body === "" ? {} : JSON.parse(body);
  } catch {
    return undefined;
  }
  const steps = /^\$((?:\.\w+|\[\d+\]|\['[^']*'\])*)$/.exec(path)?.[1];
  if (steps === undefined) throw new MappingTemplateError(`"${path}" is no JSON path that is known here`);
  for (const [, name, index, quoted] of steps.matchAll(/\.(\w+)|\[(\d+)\]|\['([^']*)'\]/g)) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Record<string, unknown>)[name ?? index ?? quoted ?? ""];
  }
  return found;
}
