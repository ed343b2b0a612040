import { show } from "../text/show";
import type { AwsServiceInput } from "./aws-service";
import type { Integration } from "./integration";
import type { IntegrationSettings, IntegrationSettingsInput } from "./integration-settings";
import { parametersInText } from "./path-parameters";
import { isKnownLater } from "./schema";

type Kind = "mock" | "http" | "lambda" | "aws";
const CALLED: readonly Kind[] = ["http", "lambda", "aws"];
const ALL: readonly Kind[] = ["mock", ...CALLED];

/** Which kinds of integration take a setting; it means nothing to the others. A handler takes what a function takes. */
const TAKEN_BY: Readonly<Record<keyof IntegrationSettingsInput, readonly Kind[]>> = {
  timeoutMilliseconds: CALLED,
  httpMethod: ["http"],
  vpcLink: ["http"],
  headers: CALLED,
  query: ["http", "aws"],
  path: ["http", "aws"],
  requestTemplates: ALL,
  passthroughBehavior: ALL,
  responses: ALL,
  contentHandling: ALL,
  credentials: ["lambda", "aws"],
  cacheKeyParameters: ALL,
  insecureSkipVerification: ["http"],
};

/** Names of the settings that mean nothing to an integration. */
export const settingsWithoutMeaning = ({
  type,
  settings = {},
}: Integration): readonly (keyof IntegrationSettings)[] => {
  const taken = takenBy(type);
  return (Object.keys(settings) as (keyof IntegrationSettings)[]).filter((name) => !taken.includes(name));
};

/** Names of the settings that a kind of integration takes. */
const takenBy = (kind: Integration["type"]): readonly string[] =>
  Object.entries(TAKEN_BY).flatMap(([name, kinds]) =>
    kinds.includes(kind === "handler" ? "lambda" : kind) ? [name] : [],
  );

/**
 * What is wrong with an integration beyond its fields.
 *
 * @param parameters those of the route's path
 */
export function problemsOfIntegration(
  integration: Integration,
  written: { readonly aws?: AwsServiceInput | undefined },
  parameters: readonly string[],
): string[] {
  const { type, settings = {} } = integration;
  const problems = problemsOfSettings(integration, settings);
  if (type === "http") problems.push(...problemsOfBackend(integration.url, settings, parameters));
  if (type === "mock" && settings.responses && integration.body !== undefined)
    problems.push(
      "mock has a body, and integration.responses say what is answered; write the body as a template there",
    );
  if (type === "aws") problems.push(...problemsOfService(integration, written, parameters));
  const unknown = parametersInSettings(settings).filter((parameter) => {
    const [, name] = /^method\.request\.path\.(.+)$/.exec(parameter) ?? [];
    return name !== undefined && !parameters.includes(name);
  });
  if (unknown.length > 0) problems.push(`integration maps ${unknown.join(", ")}, which ${inPath(parameters)}`);
  return problems;
}

const inPath = (parameters: readonly string[]) =>
  `the route's path does not have; it has ${parameters.length > 0 ? parameters.map((name) => `{${name}}`).join(", ") : "no parameters"}`;

function problemsOfBackend(url: string, { vpcLink, path = {} }: IntegrationSettings, parameters: readonly string[]) {
  const problems: string[] = [];
  const used = parametersInText(url);
  const unknown = used.filter((name) => !parameters.includes(name) && typeof path[name] !== "string");
  if (unknown.length > 0)
    problems.push(`http uses ${unknown.map((name) => `{${name}}`).join(", ")}, which ${inPath(parameters)}`);
  const missing = used.filter((name) => path[name] === false);
  if (missing.length > 0)
    problems.push(
      `http uses ${missing.map((name) => `{${name}}`).join(", ")}, which integration.path leaves out; drop it there, or map it`,
    );
  // AWS calls the backend from its own network, where "localhost" and bare host names mean nothing.
  const host = isKnownLater(url) ? "known.later" : new URL(url).hostname;
  if (vpcLink === undefined && !host.includes(".") && !host.startsWith("["))
    problems.push(
      `http must name a host that AWS can reach, got ${show(url)}; use its public DNS name, or write integration: { vpcLink }`,
    );
  return problems;
}

function problemsOfService(
  { service, path = "", action, statements, settings = {} }: Extract<Integration, { type: "aws" }>,
  { aws }: { readonly aws?: AwsServiceInput | undefined },
  parameters: readonly string[],
): string[] {
  const problems: string[] = [];
  const own = settings.path ?? {};
  const unknown = parametersInText(path).filter((name) => typeof own[name] !== "string");
  if (unknown.length > 0)
    problems.push(
      `aws uses ${unknown.map((name) => `{${name}}`).join(", ")}, which no integration.path maps; ` +
        `write integration: { path: { ${unknown[0]}: "method.request.path.${parameters[0] ?? unknown[0]}" } }`,
    );
  if (aws !== undefined && "dynamodb" in aws && settings.requestTemplates === undefined)
    problems.push(
      `aws.dynamodb calls ${action} with what integration.requestTemplates make of a request, and there are none; ` +
        'write { "application/json": … }',
    );
  if (statements.length === 0 && settings.credentials === undefined)
    problems.push(
      `aws calls ${service} with a role, and nothing says what it may do; write statements: ` +
        `[{ actions: ["${service}:…"], resources: […] }], or integration: { credentials } with a role's ARN`,
    );
  return problems;
}

/** What is wrong with the settings of an integration, by its kind: mock, http, lambda, handler or aws. */
function problemsOfSettings(integration: Integration, settings: IntegrationSettings): string[] {
  const { type: kind } = integration;
  const taken = takenBy(kind);
  const problems = settingsWithoutMeaning(integration).map(
    (name) => `integration.${name} means nothing to ${kind}; leave it out, ${kind} takes ${taken.join(", ")}`,
  );
  const patterns = Object.values(settings.responses ?? {}).map(({ selectionPattern }) => selectionPattern);
  // A function's patterns match messages of errors, and success has none; elsewhere they match each status.
  if ((kind === "lambda" || kind === "handler") && settings.responses && !patterns.includes(undefined))
    problems.push(
      "integration.responses must have a response without selectionPattern: without one AWS answers 500 where the function succeeds; add one",
    );
  const needResponses = (["requestTemplates", "passthroughBehavior"] as const).filter(
    (name) => settings[name] !== undefined && kind !== "aws",
  );
  if (settings.responses === undefined && needResponses.length > 0)
    problems.push(
      `integration has ${needResponses.join(" and ")} without responses: a proxy passes requests on as they are; add responses such as { 200: {} }, or leave it out`,
    );
  return problems;
}

/** Parameters of the request that the settings use and that a method must declare: `method.request.querystring.page`. */
export function parametersInSettings({ headers, query, path, cacheKeyParameters = [] }: IntegrationSettings): string[] {
  const values = [headers, query, path].flatMap((each) => Object.values(each ?? {}));
  const used = [...values, ...cacheKeyParameters].flatMap((value) => {
    const [, kind = "", name = ""] =
      /^method\.request\.(?:multivalue)?(path|querystring|header)\.(.+)$/.exec(String(value)) ?? [];
    return kind === "" ? [] : [`method.request.${kind}.${name}`];
  });
  return [...new Set(used)].sort();
}
