import Table from "cli-table3";
import type { LocalGateway } from "../gateway/local-gateway";
import type { Trace } from "../gateway/trace";
import type { ApiModel, KeyModel, RouteModel, UsagePlanModel } from "../model/model";
import { formatCount, formatQuota, formatThrottle } from "../text/limits";
import { printable } from "../text/printable";

/** Rows that a table shows; the rest is counted. */
const MOST_ROWS = 25;

export interface ServedAt {
  readonly url: string;
  readonly path: string;
}

/** What is served: customers with their local keys, routes, and commands to try. */
export function describeServing(local: LocalGateway, { url, path }: ServedAt): string {
  const { model } = local;
  const customers = model.keys.map((key) => customerRow(key, local));
  const routes = model.apis.flatMap((api) => api.routes.map((route) => routeRow(api, route)));
  const parts = [
    table(["Customer", "Tier", "Rate, burst", "Quota", "Opens", "Local key"], customers, `${url}/_tiers/keys has all`),
    table(["API", "Stages", "Route", "Key", "Answered by"], routes, "all are served"),
    ["Try:", ...commands(local, url).map((command) => `  ${command}`)].join("\n"),
  ];
  const differences = [...new Set(local.gateway.differences.map(({ message }) => message))];
  if (differences.length > 0) parts.push(["Not as on AWS:", ...list(differences)].join("\n"));
  parts.push(`Serving ${path} on ${url}. The keys above work here only. Watch at ${url}/_tiers/. Ctrl-C ends it.`);
  return `${parts.join("\n\n")}\n`;
}

function list(lines: readonly string[]): string[] {
  const shown = lines.slice(0, MOST_ROWS).map((line) => `  - ${line}`);
  return lines.length > MOST_ROWS ? [...shown, `  and ${lines.length - MOST_ROWS} more`] : shown;
}

function table(head: string[], rows: readonly string[][], rest: string): string {
  const made = new Table({ head, style: { head: [], border: [], compact: true } });
  made.push(...rows.slice(0, MOST_ROWS));
  const more = rows.length > MOST_ROWS ? `\n  and ${rows.length - MOST_ROWS} more; ${rest}` : "";
  return rows.length === 0 ? `no ${head[0]?.toLowerCase()}` : made.toString() + more;
}

function customerRow(key: KeyModel, local: LocalGateway): string[] {
  const plans = local.model.plans.filter((plan) => plan.keys.includes(key));
  const each = (text: (plan: UsagePlanModel) => string) => plans.map(text).join("\n");
  const who = key.description === "" ? key.id : `${key.id} (${key.description})`;
  return [
    key.enabled ? who : `${who}\ndisabled`,
    each(({ id }) => id) || "none",
    each(({ throttle }) => (throttle ? formatThrottle(throttle) : "no limit")),
    each(({ quota }) => (quota ? formatQuota(quota) : "no limit")),
    each(({ stages }) => stages.map(({ api, stage }) => `${api}/${stage}`).join(", ")),
    local.shownKey(key),
  ];
}

function routeRow(api: ApiModel, route: RouteModel): string[] {
  const from = api.keySource === "AUTHORIZER" ? "from the authorizer" : "x-api-key";
  return [
    api.slug,
    api.stages.map(({ name }) => name).join(", "),
    route.key,
    callersOf(route, from),
    answeredBy(route),
  ];
}

function callersOf({ apiKeyRequired, authorization, authorizer }: RouteModel, from: string): string {
  const who =
    authorization === "AWS_IAM"
      ? "AWS signature, refused here"
      : authorization === "NONE"
        ? undefined
        : `authorizer ${authorizer?.name ?? "unknown"}`;
  return [...(apiKeyRequired ? [from] : []), ...(who === undefined ? [] : [who])].join(", ") || "none";
}

function answeredBy({ integration }: RouteModel): string {
  switch (integration.type) {
    case "mock":
      return "mock";
    case "http":
      return integration.url;
    case "service":
      return `AWS service ${integration.service}`;
    case "by-stage":
      return "the function that the stage names";
    case "lambda":
      return `function ${integration.function.name}`;
    case "other":
      return "500: not here";
  }
}

/** One for a customer who is let in, one for a route without a key, one for the figures. */
function commands(local: LocalGateway, url: string): string[] {
  const { model } = local;
  const address = (api: ApiModel, stage: string, route: RouteModel) => {
    const path = route.path.replace(/\{[^}]*\}/g, "1");
    return `${url}/${api.slug}/${stage}${path === "/" ? "" : path}`;
  };
  const curl = (route: RouteModel) =>
    route.method === "GET" || route.method === "ANY" ? "curl -i" : `curl -i -X ${route.method}`;
  const found: string[] = [];
  for (const plan of model.plans) {
    const key = plan.keys.find(({ enabled }) => enabled);
    const covered = plan.stages.flatMap(({ api: id, stage }) =>
      model.apis
        .filter((api) => api.id === id && api.stages.some(({ name }) => name === stage))
        .map((api) => ({ api, stage })),
    );
    const [first] = covered.flatMap(({ api, stage }) =>
      api.keySource === "HEADER" ? preferGet(api.routes.filter(needsKey)).map((route) => ({ api, stage, route })) : [],
    );
    if (!key || !first) continue;
    const { api, stage, route } = first;
    found.push(`${curl(route)} -H 'x-api-key: ${local.shownKey(key)}' ${address(api, stage, route)}`);
    break;
  }
  for (const api of model.apis) {
    const [open] = preferGet(
      api.routes.filter((route) => !needsKey(route) && route.authorization === "NONE" && route.method !== "OPTIONS"),
    );
    const stage = api.stages.at(0)?.name;
    if (!open || stage === undefined) continue;
    found.push(`${curl(open)} ${address(api, stage, open)}`);
    break;
  }
  return [...found, `curl ${url}/_tiers/usage`];
}

const needsKey = ({ apiKeyRequired }: RouteModel) => apiKeyRequired;
const preferGet = (routes: readonly RouteModel[]) =>
  [...routes].sort((a, b) => Number(b.method === "GET") - Number(a.method === "GET"));

/** One line for a request: time, what was asked, who asked, and what became of it. */
export function describeRequest({ at, request, status, key, plan, verdict, gatewayError, differences }: Trace): string {
  const time = new Date(at).toISOString().slice(11, 23);
  const what = printable(`${request.method} /${request.api}/${request.stage}${request.path}`);
  const who = key === undefined ? "-" : `${key} (${plan})`;
  const left = [
    ...(verdict?.tokens === undefined ? [] : [`${verdict.tokens} tokens`]),
    ...(verdict?.quota === undefined ? [] : [`${formatCount(verdict.quota)} of the quota`]),
  ];
  const rest = [
    left.length === 0 ? "" : `${left.join(", ")} left`,
    printable(gatewayError?.reason ?? "", 500),
    differences.length === 0 ? "" : printable(`not as on AWS: ${differences.join("; ")}`, 1_000),
  ].filter((text) => text !== "");
  return [time, what, who, status, ...rest].join("  ");
}

/** A line that a function printed. */
export const describeLog = (name: string, line: string): string => `    ${name}: ${printable(line, 2_000)}`;
