import { type Answerer, type AnswererResources, decodeAnswerer } from "../contract/answerer";
import { encodeFunctionUri } from "../contract/function-uri";
import { INTEGRATION } from "../contract/integration-resource";
import { decodeMockRequest } from "../contract/mock";
import type { Unsupported } from "../contract/unsupported";
import { vpcLinkName } from "../contract/vpc-link";
import type { DocumentNode } from "../document/document";
import { INTEGRATION_SETTINGS, integrationAttributes, integrationResponseAttributes } from "../document/extensions";
import { show } from "../text/show";
import { HTTP_METHODS } from "../vocabulary/http-method";
import { settingsWithoutMeaning } from "../vocabulary/integration-problems";
import { isObject } from "../vocabulary/objects";
import type { Route } from "../vocabulary/route";

/** What the catalog does not support; the message says what and where. */
export class NoWord extends Error {
  constructor(
    readonly at: DocumentNode,
    message: string,
  ) {
    super(message);
  }
}

export interface ReadAnswerer extends Answerer {
  /** The id in AWS of the VPC link through which it goes. */
  readonly connectionId: string | undefined;
  /** Settings that mean nothing to its type, on AWS too; it has none of them. */
  readonly dropped: readonly string[];
}

/**
 * Who answers, as the extension says it.
 *
 * @param ownHeaders whether fixed headers of a mock are its own, and not those of the API's CORS
 * @throws NoWord where the catalog has none
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
export function readIntegration(
  node: DocumentNode,
  route: Pick<Route, "method" | "path">,
  ownHeaders: boolean,
): ReadAnswerer {
  if (!isObject(node.value)) throw new NoWord(node, `must be an object, got ${show(node.value)}`);
  // It says which resource's cache is shared; where that is not the resource's own, a remark says so.
  const { cacheNamespace: _, ...extension } = node.value;
  const integration = integrationAttributes(extension);
  const { type, connection_type, connection_id, integration_http_method } = INTEGRATION.read(integration);
  if (!TYPES.includes(type))
    throw new NoWord(
      node.child("type") ?? node,
      `is of type ${show(extension.type)}, which AWS does not have; it has ${TYPES.join(", ")}`,
    );
  if (connection_type !== undefined && !CONNECTION_TYPES.includes(connection_type))
    throw new NoWord(
      node.child("connectionType") ?? node,
      `is ${show(connection_type)}, which AWS does not have; it has ${CONNECTION_TYPES.join(" and ")}`,
    );
  if (type !== "MOCK") {
    refuseUri(node);
    if (integration_http_method === undefined)
      throw new NoWord(node, "has no httpMethod, which AWS demands of it; write POST for functions and most services");
    if (!isOneOf(integration_http_method, HTTP_METHODS))
      throw new NoWord(
        node.child("httpMethod") ?? node,
        `is ${show(extension.httpMethod)}, which AWS does not have; it has ${HTTP_METHODS.join(", ")}`,
      );
  }
  const answers = answersOf(node);
  // A document that says nothing else means this; AWS would answer 500.
  if (type === "MOCK" && answers.length === 0) {
    const status = decodeMockRequest(INTEGRATION.read(integration).request_templates) ?? 200;
    return { integration: { type: "mock", status }, mockHeaders: {}, connectionId: undefined, dropped: [] };
  }
  const declared = answers.map(({ status_code }) => ({ status_code }));
  const { entry, unsupported } = decodeAnswerer(
    route,
    { integration, answers, responses: declared },
    { ownHeaders, vpcLinkOf: vpcLinkName },
  );
  const [lost] = unsupported;
  if (!entry || lost) throw new NoWord(placeOf(node, lost), inWords(lost));
  const dropped = settingsWithoutMeaning(entry.integration);
  const settings = Object.entries(entry.integration.settings ?? {}).filter(([name]) => !isOneOf(name, dropped));
  const { settings: _settings, ...answerer } = entry.integration;
  return {
    integration: settings.length > 0 ? { ...answerer, settings: Object.fromEntries(settings) } : answerer,
    mockHeaders: entry.mockHeaders,
    connectionId: connection_type === "VPC_LINK" ? connection_id : undefined,
    dropped,
  };
}

const isOneOf = (name: string, names: readonly string[]) => names.includes(name);

const CONNECTION_TYPES: readonly string[] = ["INTERNET", "VPC_LINK"];
const TYPES: readonly string[] = ["MOCK", "HTTP", "HTTP_PROXY", "AWS", "AWS_PROXY"];

/** Answers by status; of several patterns for one status AWS takes one, and which one is not for us to guess. */
function answersOf(node: DocumentNode): AnswererResources["answers"] {
  const seen = new Map<string, DocumentNode>();
  return (node.at("responses")?.children() ?? []).map((each) => {
    if (!isObject(each.value)) throw new NoWord(each, `must be an object, got ${show(each.value)}`);
    const attributes = integrationResponseAttributes(each.name, each.value);
    if (attributes.status_code === "") throw new NoWord(each, 'has no statusCode; write one, such as "200"');
    const status = String(attributes.status_code);
    const first = seen.get(status);
    if (first)
      throw new NoWord(each, `answers ${status} as ${show(first.name)} does, and AWS has one answer for a status`);
    seen.set(status, each);
    return attributes;
  });
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  ...INTEGRATION_SETTINGS,
  request_parameters: "requestParameters",
  type: "type",
  uri: "uri",
};

const placeOf = (node: DocumentNode, lost: Unsupported | undefined): DocumentNode =>
  node.child(ATTRIBUTES[lost?.attribute ?? ""] ?? "") ?? node;

function inWords({ kind, value }: Partial<Unsupported> = {}): string {
  switch (kind) {
    case "no-function":
      return /^arn:[^:]*:lambda:/.test(String(value))
        ? `names a function by its ARN, got ${show(value)}; AWS wants the URI that calls it, ` +
            encodeFunctionUri(String(value))
        : `names neither a function nor an AWS service, got ${show(value)}`;
    case "not-a-url":
      return `has no URL, got ${show(value)}`;
    case "private-integration":
      return "goes through a VPC link without a connectionId";
    case "no-answers":
      return "has no responses, so AWS would answer 500";
    case "mapping":
      return `maps ${show(value)}, which the catalog does not support`;
    default:
      return `has ${show(value)}, which the catalog does not support`;
  }
}

function refuseUri(node: DocumentNode): void {
  const uri = node.child("uri");
  if (typeof uri?.value === "string") return;
  throw new NoWord(uri ?? node, uri ? `must be a string, got ${show(uri.value)}` : "has no uri");
}
