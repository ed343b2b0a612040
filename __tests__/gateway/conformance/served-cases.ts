import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { strToU8, zipSync } from "fflate";
import { describeRequest } from "../../../src/cli/serve-report";
import { Integrations, type IntegrationsOptions } from "../../../src/gateway/integrations";
import { LocalGateway } from "../../../src/gateway/local-gateway";
import { ownPage } from "../../../src/gateway/own-pages";
import { GatewayServer } from "../../../src/gateway/server";
import type { Trace } from "../../../src/gateway/trace";
import { readGateway } from "../../../src/model/read-gateway";
import type { Block, CaseRequest, ConformanceCase } from "./case";

/** What came back, and what the log says. */
export interface Answered {
  readonly status: number;
  /** By lower-case name; several values are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly log: string;
}

export const NOON = Date.parse("2026-11-22T12:00:00Z");

/** All cases in one folder of Terraform, each as an API of its own. */
export class ServedCases {
  readonly local: LocalGateway;
  private log = "";
  private url = "";

  private constructor(
    private readonly folder: string,
    private readonly backend: Server,
    private readonly server: GatewayServer,
    local: { it?: LocalGateway },
    options: IntegrationsOptions,
  ) {
    this.local = new LocalGateway(readGateway(join(folder, "cdktf.out")), {
      behind: new Integrations(options),
      seed: "conformance",
      onAnswer: (trace: Trace) => {
        this.log = describeRequest(trace);
      },
    });
    local.it = this.local;
  }

  static async start(cases: readonly ConformanceCase[], options: IntegrationsOptions): Promise<ServedCases> {
    const folder = mkdtempSync(join(tmpdir(), "conformance-"));
    const backend = createServer(async (request, response) => {
      const { method, url = "/", headers } = request;
      const { searchParams, pathname } = new URL(url, "http://localhost");
      for (const [name, value] of searchParams)
        if (name.startsWith("answer-")) response.appendHeader(name.slice(7), value);
      response.statusCode = Number(searchParams.get("status") ?? 200);
      const body = { method, url, path: pathname, headers, body: await text(request) };
      response.end(searchParams.get("body") ?? JSON.stringify(body));
    });
    backend.listen(0, "127.0.0.1");
    await once(backend, "listening");
    const origin = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
    const stack = join(folder, "cdktf.out", "stacks", "cases");
    mkdirSync(stack, { recursive: true });
    const json = { resource: merged(cases.map((each, index) => resourcesOf(each, index, stack, origin))) };
    writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify(json));
    const local: { it?: LocalGateway } = {};
    const the = () => local.it as LocalGateway;
    const server = new GatewayServer({
      gateway: () => the().gateway,
      elsewhere: (request) => ownPage(the(), request, NOON),
      now: () => NOON,
      allowedHosts: [".example.com"],
    });
    const served = new ServedCases(folder, backend, server, local, { ...options, awsEndpoint: origin });
    served.url = await server.listen(0, "127.0.0.1");
    return served;
  }

  /** Without a socket. */
  async handle(index: number, request: CaseRequest): Promise<Answered> {
    const { method, path, query } = partsOf(request.line);
    const received = {
      method,
      path,
      query,
      headers: request.headers ?? [],
      body: Buffer.from(request.body ?? ""),
      sourceIp: "127.0.0.1",
      protocol: "HTTP/1.1",
    };
    const directed =
      request.domain === undefined
        ? { ...received, api: nameOf(index), stage: "prod" }
        : this.local.gateway.domains.directed(request.domain, received);
    if (directed === undefined) return { status: 404, headers: {}, body: "", log: "" };
    const { status, headers, body } = await this.local.gateway.handle(directed, NOON);
    const grouped: Record<string, string> = {};
    for (const [name, value] of headers) {
      const known = grouped[name.toLowerCase()];
      grouped[name.toLowerCase()] = known === undefined ? value : `${known}, ${value}`;
    }
    return { status, headers: grouped, body: Buffer.from(body).toString(), log: this.log };
  }

  /** Over the socket. */
  async send(index: number, request: CaseRequest): Promise<Answered> {
    const { method, path, query } = partsOf(request.line);
    const { hostname, port } = new URL(this.url);
    const below = request.domain === undefined ? `/${nameOf(index)}/prod${path}` : path;
    const answer = await new Promise<Omit<Answered, "log">>((resolve, reject) => {
      const headers = [...(request.headers ?? []), ["Host", request.domain ?? "localhost"]].flat();
      const sent = send(
        { hostname, port, method, path: below + (query === "" ? "" : `?${query}`), headers, setHost: false },
        async (response) => {
          const got = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")]);
          const body = await text(response);
          resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(got), body });
        },
      );
      sent.on("error", reject);
      sent.end(request.body ?? "");
    });
    return { ...answer, log: this.log };
  }

  async stop(): Promise<void> {
    await this.server.close();
    await this.local.close();
    this.backend.closeAllConnections();
    this.backend.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const nameOf = (index: number) => `case-${index}`;

function partsOf(line: string) {
  const [, method = "", path = "", query = ""] = /^([A-Z]+) ([^?]*)(?:\?(.*))?$/.exec(line) ?? [];
  return { method, path, query };
}

type Resources = Record<string, Record<string, Block>>;

const merged = (all: readonly Resources[]): Resources => {
  const types: Resources = {};
  for (const resources of all)
    for (const [type, blocks] of Object.entries(resources)) types[type] = { ...types[type], ...blocks };
  return types;
};

/** The Terraform of a case. */
export function resourcesOf(each: ConformanceCase, index: number, folder: string, backend: string): Resources {
  const name = nameOf(index);
  const api = `\${aws_api_gateway_rest_api.${name}.id}`;
  const found: Resources[] = [
    {
      aws_api_gateway_rest_api: { [name]: { name, ...(filled(each.api ?? {}, name, backend) as Block) } },
      aws_api_gateway_stage: {
        [name]: { rest_api_id: api, stage_name: "prod", ...(filled(each.stage ?? {}, name, backend) as Block) },
      },
    },
  ];
  const paths = new Map([["/", `\${aws_api_gateway_rest_api.${name}.root_resource_id}`]]);
  for (const [position, [key, route]] of Object.entries(each.routes).entries()) {
    const [method = "", path = ""] = key.split(" ");
    let at = "";
    for (const part of path.split("/").filter((segment) => segment !== "")) {
      const parent = paths.get(at === "" ? "/" : at);
      at = `${at}/${part}`;
      if (paths.has(at)) continue;
      const id = `${name}-${paths.size}`;
      found.push({ aws_api_gateway_resource: { [id]: { rest_api_id: api, parent_id: parent, path_part: part } } });
      paths.set(at, `\${aws_api_gateway_resource.${id}.id}`);
    }
    const id = `${name}-r${position}`;
    const common = { rest_api_id: api, resource_id: paths.get(path), http_method: method };
    const uri = route.function === undefined ? {} : { uri: `\${aws_lambda_function.${id}.invoke_arn}` };
    const integration = filled({ ...uri, ...route.integration }, name, backend, id) as Block;
    found.push({
      aws_api_gateway_method: {
        [id]: { ...common, authorization: "NONE", ...(filled(route.method ?? {}, name) as Block) },
      },
      aws_api_gateway_integration: { [id]: { ...common, ...integration } },
    });
    for (const [number, response] of (route.responses ?? []).entries())
      found.push({
        aws_api_gateway_integration_response: {
          [`${id}-${number}`]: { ...common, ...(filled(response, name) as Block) },
        },
      });
    if (route.function !== undefined) found.push(functionOf(id, name, route.function, route.permission, folder));
  }
  for (const [key, source] of Object.entries(each.functions ?? {}))
    found.push(functionOf(`${name}-${key}`, name, source, undefined, folder));
  return merged([...found, filled(each.resources ?? {}, name) as Resources]);
}

function functionOf(
  id: string,
  api: string,
  source: string,
  permission: Block | null | undefined,
  folder: string,
): Resources {
  writeFileSync(join(folder, `${id}.zip`), zipSync({ "index.js": strToU8(source) }));
  const allowed = {
    action: "lambda:InvokeFunction",
    function_name: `\${aws_lambda_function.${id}.function_name}`,
    principal: "apigateway.amazonaws.com",
    source_arn: `\${aws_api_gateway_rest_api.${api}.execution_arn}/*/*`,
    ...permission,
  };
  return {
    aws_lambda_function: {
      [id]: { function_name: id, filename: `${id}.zip`, handler: "index.handler", runtime: "nodejs20.x", timeout: 10 },
    },
    ...(permission === null ? {} : { aws_lambda_permission: { [id]: filled(allowed, api) as Block } }),
  };
}

/** `API`, `STAGE`, `BACKEND` and `FUNCTION` in strings are those of the case; `$` of API Gateway is not Terraform's. */
function filled(value: unknown, api: string, backend = "", fn = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => filled(each, api, backend, fn));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each, api, backend, fn)]));
  if (typeof value !== "string") return value;
  return value
    .replace(/\$\{(?=stageVariables\.|context\.)/g, "$$$${")
    .replaceAll("BACKEND", backend)
    .replaceAll("FUNCTION", fn)
    .replaceAll("NAME", api)
    .replace(/\bAPI\b(\.\w+)?/g, (_, attribute = ".id") => `\${aws_api_gateway_rest_api.${api}${attribute}}`)
    .replace(/\bSTAGE\b(\.\w+)?/g, (_, attribute = ".arn") => `\${aws_api_gateway_stage.${api}${attribute}}`);
}
