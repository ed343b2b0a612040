import { HTTP_METHODS } from "../vocabulary/http-method";
import { type Integration, toIntegration } from "../vocabulary/integration";
import type { IntegrationSettings } from "../vocabulary/integration-settings";
import { parametersOf } from "../vocabulary/path-parameters";
import type { Route } from "../vocabulary/route";
import { RELEASE_VARIABLE } from "../vocabulary/stage-variables";
import type { Attributes } from "./attributes";
import { DEFAULT_PASSTHROUGH_BEHAVIOR } from "./defaults";
import { decodeFunctionUri, encodeFunctionUri } from "./function-uri";
import { INTEGRATION, type IntegrationAttributes } from "./integration-resource";
import { decodeMappings, decodeSettings, encodeSettings } from "./integration-settings";
import { encodeMockRequest } from "./mock";
import type { Written } from "./resource-type";
import { decodeServiceUri, encodeServiceUri } from "./service-uri";
import { type Decoded, refused } from "./unsupported";

/** What an integration refers to; ids, or Terraform references. */
export interface IntegrationReferences {
  /** The `uri` that calls a handler's function, by the handler's name. */
  readonly functionUri: (handler: string) => string;
  /**
   * The id of a VPC link of the API, by its name in the catalog.
   * @default - the API has none
   */
  readonly vpcLinkId?: ((name: string) => string | undefined) | undefined;
  /**
   * The role with which services are called that name none.
   * @default - they are called without one
   */
  readonly serviceRole?: string | undefined;
}

export function encodeIntegration(
  { method, path, integration }: Pick<Route, "method" | "path" | "integration">,
  { functionUri, vpcLinkId, serviceRole }: IntegrationReferences,
): Written<typeof INTEGRATION.fields> & { type: string } {
  const { settings = {} } = integration;
  const said = encodeSettings(settings, integration.type === "http" ? parametersOf(path) : []);
  const proxy = settings.responses === undefined;
  switch (integration.type) {
    case "mock":
      if (proxy) return { type: "MOCK", ...encodeMockRequest(integration.status) };
      return {
        type: "MOCK",
        ...encodeMockRequest(integration.status),
        ...defined({ ...said, passthrough_behavior: settings.passthroughBehavior }),
      };
    case "http":
      return {
        type: proxy ? "HTTP_PROXY" : "HTTP",
        integration_http_method: settings.httpMethod ?? method,
        uri: integration.url,
        ...(settings.vpcLink === undefined
          ? {}
          : { connection_type: "VPC_LINK", connection_id: vpcLinkId?.(settings.vpcLink) }),
        ...defined(said),
      };
    // AWS calls a function by POST, whatever the method of the route.
    case "lambda":
    case "handler":
      return {
        type: proxy ? "AWS_PROXY" : "AWS",
        integration_http_method: "POST",
        uri: integration.type === "lambda" ? encodeFunctionUri(integration.arn) : functionUri(integration.name),
        ...defined(said),
      };
    case "aws":
      return {
        type: "AWS",
        integration_http_method: integration.httpMethod,
        uri: encodeServiceUri(integration),
        ...defined({ ...said, credentials: said.credentials ?? serviceRole }),
      };
  }
}

const defined = <Values extends object>(values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;

const VARIABLE = `:\${stageVariables.${RELEASE_VARIABLE}}`;

/** What the ids in an integration mean. */
export interface DecodeIntegrationOptions {
  /**
   * The handler of a function, by the function's ARN without the alias of the stage.
   * @default - no function is a handler
   */
  readonly handlerOf?: (functionArn: string) => string | undefined;
  /**
   * The VPC link of the API, by its id in AWS or the reference to it.
   * @default - no link is known
   */
  readonly vpcLinkOf?: (id: string) => string | undefined;
}

/**
 * What is behind a method, but for a mock, which stands in its answer. What is not in the result stands in attributes that
 * `encodeIntegration` writes otherwise.
 */
export function decodeIntegration(
  { method, path }: Pick<Route, "method" | "path">,
  attributes: IntegrationAttributes,
  answers: readonly Attributes[],
  { handlerOf = () => undefined, vpcLinkOf = () => undefined }: DecodeIntegrationOptions = {},
): Decoded<Exclude<Integration, { type: "mock" }>> {
  const { type, uri = "", connection_type, connection_id = "", integration_http_method } = attributes;
  const refuse = (...what: [kind: Parameters<typeof refused>[0], attribute: string, value: unknown]) =>
    refused<Exclude<Integration, { type: "mock" }>>(what[0], INTEGRATION.type, what[1], what[2]);
  const proxy = type === "HTTP_PROXY" || type === "AWS_PROXY";
  const isHttp = type === "HTTP_PROXY" || type === "HTTP";
  if (!isHttp && type !== "AWS_PROXY" && type !== "AWS") return refuse("integration-type", "type", type);
  if (!proxy && answers.length === 0) return refuse("no-answers", "type", type);
  const { settings: said, unsupported } = decodeSettings(attributes, isHttp ? parametersOf(path) : []);
  const mappings = proxy ? {} : decodeMappings(attributes, answers);
  const entry = (answerer: Answerer, more: IntegrationSettings = {}): Decoded<Answerer & WithSettings> => {
    const settings = { ...more, ...said, ...mappings };
    return { entry: Object.keys(settings).length > 0 ? { ...answerer, settings } : answerer, unsupported };
  };
  if (isHttp) {
    const vpcLink = connection_type === "VPC_LINK" ? vpcLinkOf(connection_id) : undefined;
    if (connection_type === "VPC_LINK" && vpcLink === undefined)
      return refuse("private-integration", "connection_id", connection_id);
    if (uri === "" || !toIntegration({ http: uri })) return refuse("not-a-url", "uri", uri);
    const httpMethod = HTTP_METHODS.find((known) => known === integration_http_method && known !== method);
    return entry(
      { type: "http", url: uri },
      { ...(httpMethod ? { httpMethod } : {}), ...(vpcLink ? { vpcLink } : {}) },
    );
  }
  const arn = decodeFunctionUri(uri);
  if (arn !== undefined) {
    const handler = arn.endsWith(VARIABLE) ? handlerOf(arn.slice(0, -VARIABLE.length)) : undefined;
    return entry(
      handler === undefined ? { type: "lambda", arn } : { type: "handler", name: handler, options: undefined },
    );
  }
  const target = proxy ? undefined : decodeServiceUri(uri);
  if (!target) return refuse("no-function", "uri", uri);
  const httpMethod = HTTP_METHODS.find((known) => known === integration_http_method) ?? "POST";
  return entry(
    { type: "aws", ...target, httpMethod, statements: [] },
    mappings.passthroughBehavior ? {} : { passthroughBehavior: DEFAULT_PASSTHROUGH_BEHAVIOR },
  );
}

type WithSettings = { readonly settings?: IntegrationSettings };
type Answerer = Exclude<Integration, { type: "mock" }>;
