import type { IntegrationResponseModel, Mapping } from "../../model/model";
import { bodyMember, type ContextVariables, contextVariables } from "../context-variables";
import type { GatewayError, Outcome } from "../gateway-responses";
import { answeredHeaders, isDroppedFromRequest } from "../passed-headers";
import { type GatewayRequest, type Header, headerValue, headerValues } from "../request";
import type { RoutedRequest } from "../routed-request";
import { fillTemplate, isConstant, type TemplateInput } from "../templates/fill-template";
import { isSelected } from "../templates/selection-pattern";
import { MappingTemplateError } from "../templates/value";
import { Overrides } from "../templates/variables";

const JSON_TYPE = "application/json";

/** What an integration answered, before it is mapped. */
export interface IntegrationAnswer {
  /** What selection patterns are matched with: a status, or the error message of a function. */
  readonly selection: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array | string;
}

export const misconfigured = (reason: string): GatewayError => ({ type: "API_CONFIGURATION_ERROR", reason });

/** One request to an integration that is not a proxy: what its templates and mappings share. */
export class Exchange {
  readonly variables: ContextVariables;
  private input: TemplateInput | undefined;
  /** What templates have set; `undefined` as long as none was filled. */
  private overrides: Overrides | undefined;

  constructor(private readonly routed: RoutedRequest) {
    this.variables = contextVariables(routed);
  }

  /** Runs what fills templates: one that AWS would refuse makes the outcome a 500. */
  static async run(work: () => Outcome | Promise<Outcome>): Promise<Outcome> {
    try {
      return await work();
    } catch (error) {
      return failed(error);
    }
  }

  /** The filled template for the request's media type, the body as data, or why there is neither. */
  requestBody({ requestTemplates, passthroughBehavior }: Mapping): string | GatewayError {
    const { request } = this.routed;
    const mediaType = headerValue(request.headers, "content-type")?.split(";")[0]?.trim() || JSON_TYPE;
    const template = own(requestTemplates, mediaType) ?? own(requestTemplates, "$default");
    if (template !== undefined) return this.fill(template);
    const none = Object.keys(requestTemplates).length === 0;
    const passes = passthroughBehavior === "WHEN_NO_MATCH" || (passthroughBehavior === "WHEN_NO_TEMPLATES" && none);
    if (passes) return textOf(request.body);
    return { type: "UNSUPPORTED_MEDIA_TYPE", reason: "no request template is for this Content-Type" };
  }

  /** The answer that a client gets of the integration's. */
  answer(responses: readonly IntegrationResponseModel[], answer: IntegrationAnswer): Outcome {
    const response = responseFor(responses, answer.selection);
    if (!response)
      return misconfigured(
        `no integration response is for ${answer.selection === "" ? "an answer without an error" : `"${answer.selection}"`}, and there is no default one`,
      );
    const [mediaType, template] = this.responseTemplate(response);
    const body = template === undefined || template === "" ? answer.body : this.fill(template, answer.body);
    const mapped = this.mappedHeaders(response, answer);
    const fixed = fixedHeaders(response);
    const sent = mapped.length === 0 ? fixed : [...fixed, ...answeredHeaders(mapped)];
    const { status = response.statusCode, headers = [] } = this.overrides ?? {};
    return { status, headers: withType(replaced(sent, headers), mediaType), body };
  }

  /** What is mapped to parameters of the integration's request, and what the template has set in their place. */
  parameters(
    kind: "header" | "querystring" | "path",
    requestParameters: Readonly<Record<string, string>>,
  ): readonly Header[] {
    const mapped = mappedTo(kind, requestParameters, this.variables);
    return replaced(mapped, this.overrides?.requestParameters(kind) ?? [], kind === "header");
  }

  private mappedHeaders({ mappedHeaders }: IntegrationResponseModel, answer: IntegrationAnswer): readonly Header[] {
    return Object.entries(mappedHeaders).flatMap(([name, source]): Header[] => {
      const value = responseValue(source, answer) ?? this.variables(source);
      return value === undefined || value === "" ? [] : [[name, value]];
    });
  }

  /** The template for what the client accepts, or that for JSON, or the first. */
  private responseTemplate({ templates }: IntegrationResponseModel): readonly [string, string | undefined] {
    const accepted = headerValue(this.routed.request.headers, "accept");
    for (const type of accepted === undefined ? [JSON_TYPE] : [accepted, JSON_TYPE]) {
      const template = own(templates, type);
      if (template !== undefined) return [type, template];
    }
    return Object.entries(templates)[0] ?? [JSON_TYPE, undefined];
  }

  private fill(template: string, body?: Uint8Array | string): string {
    if (isConstant(template)) return template;
    const input = this.templateInput();
    return fillTemplate(template, body === undefined ? input : { ...input, body: textOf(body) });
  }

  private templateInput(): TemplateInput {
    if (this.input) return this.input;
    const { request, pathParameters, stageVariables } = this.routed;
    this.overrides = new Overrides();
    this.input = {
      body: textOf(request.body),
      variables: this.variables,
      stageVariables,
      parameters: {
        path: pathParameters,
        querystring: Object.fromEntries(new URLSearchParams(request.query)),
        header: templateHeaders(request),
      },
      overrides: this.overrides,
    };
    return this.input;
  }
}

export function failed(error: unknown): GatewayError {
  if (error instanceof MappingTemplateError) return misconfigured(`a mapping template failed: ${error.message}`);
  throw error;
}

/** What a request's parameters are mapped to, by name; a fixed string stands between single quotes. */
export function mappedTo(
  kind: "header" | "querystring" | "path",
  requestParameters: Readonly<Record<string, string>>,
  variables: ContextVariables,
): Header[] {
  const prefix = `integration.request.${kind}.`;
  return Object.entries(requestParameters).flatMap(([to, from]): Header[] => {
    if (!to.startsWith(prefix)) return [];
    const value = /^'(.*)'$/s.exec(from)?.[1] ?? variables(from);
    return value === undefined || value === "" ? [] : [[to.slice(prefix.length), value]];
  });
}

function responseValue(source: string, { headers, body }: IntegrationAnswer): string | undefined {
  const [, kind, name = ""] = /^integration\.response\.(header|multivalueheader|body)(?:\.(.+))?$/s.exec(source) ?? [];
  if (kind === "header") return headerValue(headers, name);
  if (kind === "multivalueheader") return headerValues(headers, name).join(",");
  if (kind !== "body") return undefined;
  return name === "" ? textOf(body) : bodyMember(textOf(body), name);
}

/** The headers of a response that are the same in each answer, as clients get them. */
function fixedHeaders(response: IntegrationResponseModel): readonly Header[] {
  let headers = knownHeaders.get(response);
  if (!headers) {
    headers = answeredHeaders(Object.entries(response.headers));
    knownHeaders.set(response, headers);
  }
  return headers;
}

const knownHeaders = new WeakMap<IntegrationResponseModel, readonly Header[]>();

/** Of several that match, the one whose own status it is; then the first; then the default. */
function responseFor(
  responses: readonly IntegrationResponseModel[],
  selection: string,
): IntegrationResponseModel | undefined {
  const isDefault = ({ selectionPattern }: IntegrationResponseModel) => selectionPattern === undefined;
  const selected = responses.filter(
    ({ selectionPattern }) => selectionPattern !== undefined && isSelected(selectionPattern, selection),
  );
  return (
    selected.find(({ statusCode }) => String(statusCode) === selection) ?? selected[0] ?? responses.find(isDefault)
  );
}

/** Parameters with those that stand in the place of others of the same name. */
function replaced(own: readonly Header[], others: readonly Header[], anyCase = true): readonly Header[] {
  if (others.length === 0) return own;
  const same = (name: string) => (anyCase ? name.toLowerCase() : name);
  const names = new Set(others.map(([name]) => same(name)));
  return [...own.filter(([name]) => !names.has(same(name))), ...others];
}

const withType = (headers: readonly Header[], mediaType: string): readonly Header[] =>
  headerValue(headers, "content-type") !== undefined ? headers : [["Content-Type", mediaType], ...headers];

const templateHeaders = ({ headers }: GatewayRequest) =>
  Object.fromEntries(headers.filter(([name]) => !isDroppedFromRequest(name)));

const own = (values: Readonly<Record<string, string>>, name: string) =>
  Object.hasOwn(values, name) ? values[name] : undefined;

export const textOf = (body: Uint8Array | string): string =>
  typeof body === "string" ? body : body.length === 0 ? "" : Buffer.from(body).toString();
