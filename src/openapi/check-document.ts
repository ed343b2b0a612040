import { describeFinding, type Finding, isError } from "../text/finding";
import type { RouteInput } from "../vocabulary/route";
import type { OpenApiApi, OpenApiOptions } from "./open-api-options";
import { type ReadDocument, readDocument } from "./read-document";
import type { Remedy } from "./remedy";

/** What would be made of a document, for a person. */
export interface DocumentCheck {
  /** Whether the document can be used with the options as they are. */
  readonly isTaken: boolean;
  readonly lines: readonly string[];
}

/** As often as new errors may come to light behind those that are settled. */
const MOST_ROUNDS = 4;

/**
 * Says what of a document is taken, changed and left out, and writes the options that settle its errors as code.
 *
 * @throws CatalogError where there is no document
 */
export function checkDocument(path: string): DocumentCheck {
  const first = readDocument(path, {}, { isWhole: true });
  const { remedy, unsettled } = allRemedies(path, first);
  const errors = first.remarks.findings.filter(isError);
  const others = first.remarks.findings.filter((finding) => !isError(finding));
  return {
    isTaken: errors.length === 0,
    lines: [
      `${path}: ${VERSIONS[first.document.version]}, ${counted(first.operations.length, "operation")}`,
      "",
      ...taken(first.api, withAnyAnswerer(path, remedy).api),
      ...section("Changed, or left out:", others.map(describeFinding)),
      ...section("To settle:", errors.map(describeFinding)),
      "",
      ...(unsettled.length === 0
        ? [errors.length === 0 ? "It can be used as it is:" : "With these options it can be used:"]
        : [
            "No option settles these, so change the document first:",
            ...unsettled.map((finding) => `  - ${describeFinding(finding)}`),
            "",
            "Then it can be used so:",
          ]),
      "",
      ...code(path, remedy, first),
    ],
  };
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

const VERSIONS = { "2.0": "Swagger 2.0", "3.0": "OpenAPI 3.0", "3.1": "OpenAPI 3.1" } as const;

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  - ${line}`)];

/** @param settled with what settles its errors, as far as it is known */
function taken({ vpcLinks = {} }: OpenApiApi, settled: OpenApiApi): string[] {
  const { routes: _, authorizers = {}, models = {}, gatewayResponses = {}, vpcLinks: _links, ...settings } = settled;
  const routes = Object.values<RouteInput<string>>(settled.routes);
  const count = (asks: (route: RouteInput<string>) => boolean) => routes.filter(asks).length;
  const named = (what: string, names: Readonly<Record<string, unknown>>) =>
    Object.keys(names).length === 0 ? [] : [`  ${what}: ${Object.keys(names).join(", ")}`];
  return [
    "Taken:",
    `  ${counted(routes.length, "route")}: ${count(needsKey)} with a key, ${count(asksAuthorizer)} with an authorizer, ${count(isOpen)} open`,
    `  requests checked: ${count(({ request }) => request !== undefined)} of them`,
    ...named("authorizers", authorizers),
    ...named("models", models),
    ...named("gateway responses", gatewayResponses),
    ...named("VPC links", vpcLinks),
    ...named("of the API", settings),
  ];
}

const needsKey = ({ apiKeyRequired }: RouteInput<string>) => apiKeyRequired !== false;
const asksAuthorizer = ({ authorizer }: RouteInput<string>) => typeof authorizer === "string";
const isOpen = (route: RouteInput<string>) => !needsKey(route) && !asksAuthorizer(route);

type Options = { -readonly [Name in keyof Required<Remedy>]: Required<Remedy>[Name] };

/** What settles the errors, and those that come to light behind them. */
function allRemedies(
  path: string,
  first: ReadDocument,
): { readonly remedy: Options; readonly unsettled: readonly Finding[] } {
  const all: Options = {
    variables: {},
    integrations: [],
    securitySchemes: {},
    leaveOut: [],
    withoutSecurity: "API_KEY",
  };
  let read = first;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = JSON.stringify(all);
    for (const remedy of read.remarks.remedies) {
      all.variables = { ...remedy.variables, ...all.variables };
      all.securitySchemes = { ...remedy.securitySchemes, ...all.securitySchemes };
      all.leaveOut = [...new Set([...all.leaveOut, ...(remedy.leaveOut ?? [])])];
      all.integrations = [...new Set([...all.integrations, ...(remedy.integrations ?? [])])];
    }
    if (JSON.stringify(all) === before) break;
    read = readDocument(path, asOptions(all), { isWhole: true });
  }
  return { remedy: all, unsettled: read.remarks.unsettled };
}

/** The document with what is asked and checked of each route, whatever is to be said of who answers it. */
const withAnyAnswerer = (path: string, options: Options): ReadDocument =>
  readDocument(path, { ...asOptions(options), integrations: () => ({ mock: 200 }) }, { isWhole: true });

/** The options as far as they can be tried: what only the team knows is left as it is. */
function asOptions({ securitySchemes, leaveOut, integrations }: Options): OpenApiOptions {
  const byName = new Set(integrations);
  return {
    leaveOut: leaveOut as OpenApiOptions["leaveOut"] & {},
    securitySchemes,
    integrations: ({ operationId, key }) => (byName.has(operationId ?? key) ? { mock: 200 } : undefined),
  };
}

/** The call as a person would write it. */
function code(path: string, options: Options, { operations, remarks }: ReadDocument): string[] {
  const { variables, securitySchemes, leaveOut, integrations } = options;
  const isUnsaid = remarks.remedies.some(({ withoutSecurity }) => withoutSecurity !== undefined);
  const lines = [
    ...block(
      "variables",
      Object.keys(variables).map((name) => `${JSON.stringify(name)}: "…",`),
    ),
    ...block(
      "securitySchemes",
      Object.entries(securitySchemes).map(
        ([name, use]) =>
          `${JSON.stringify(name)}: "${use}", // or who is asked: { lambda: "arn:…" }, { userPools: ["arn:…"] }, "AWS_IAM"`,
      ),
    ),
    ...(leaveOut.length > 0 ? [`  leaveOut: [${leaveOut.map((each) => JSON.stringify(each)).join(", ")}],`] : []),
    ...answerers(integrations, operations),
    ...(isUnsaid ? ['  withoutSecurity: "API_KEY", // or "OPEN", as AWS\'s import leaves what says nothing'] : []),
  ];
  return lines.length === 0
    ? [`apiFromOpenApi(${JSON.stringify(path)})`]
    : [`apiFromOpenApi(${JSON.stringify(path)}, {`, ...lines, "})"];
}

const block = (name: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : [`  ${name}: {`, ...lines.map((line) => `    ${line}`), "  },"];

const BACKEND = "https://backend.example.com";

function answerers(names: readonly string[], operations: ReadDocument["operations"]): string[] {
  if (names.length === 0) return [];
  const left = operations.filter(({ operationId, key }) => names.includes(operationId ?? key));
  if (left.length === operations.length && left.length > 1)
    return [`  integrations: ({ path }) => ({ http: \`${BACKEND}\${path}\` }),`];
  return block(
    "integrations",
    left.map(({ operationId, key, path }) => `${JSON.stringify(operationId ?? key)}: { http: "${BACKEND}${path}" },`),
  );
}
