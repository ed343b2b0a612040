import { type AnswererResources, decodeAnswerer } from "../contract/answerer";
import { INTEGRATION } from "../contract/integration-resource";
import { decodeMockRequest } from "../contract/mock";
import type { Unsupported } from "../contract/unsupported";
import type { DocumentNode } from "../document/document";
import { INTEGRATION_SETTINGS, integrationAttributes, integrationResponseAttributes } from "../document/extensions";
import { show } from "../text/show";
import type { IntegrationInput } from "../vocabulary/integration";
import { isObject } from "../vocabulary/objects";
import type { Route } from "../vocabulary/route";
import { writtenIntegration } from "../vocabulary/written-route";

/** What the catalog does not support; the message says what and where. */
export class NoWord extends Error {
  constructor(
    readonly at: DocumentNode,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The catalog's own integration that says the same as the extension.
 *
 * @throws NoWord where there is none
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
export function readIntegration(node: DocumentNode, route: Pick<Route, "method" | "path">): IntegrationInput {
  if (!isObject(node.value)) throw new NoWord(node, `must be an object, got ${show(node.value)}`);
  const integration = integrationAttributes(node.value);
  const { type, cache_namespace } = INTEGRATION.read(integration);
  if (cache_namespace !== undefined)
    throw new NoWord(
      node.child("cacheNamespace") ?? node,
      "cacheNamespace is a setting of integrations which the catalog does not support",
    );
  if (type !== "MOCK") refuseUri(node);
  const answers = answersOf(node);
  // A document that says nothing else means this; AWS would answer 500.
  if (type === "MOCK" && answers.length === 0)
    return { mock: decodeMockRequest(INTEGRATION.read(integration).request_templates) ?? 200 };
  const declared = answers.map(({ status_code }) => ({ status_code }));
  const { entry, unsupported } = decodeAnswerer(
    route,
    { integration, answers, responses: declared },
    { ownHeaders: true },
  );
  const [lost] = unsupported;
  if (entry && !lost) return writtenIntegration(entry.integration);
  throw new NoWord(placeOf(node, lost), inWords(node, lost));
}

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

function inWords({ value: node }: DocumentNode, { kind, value }: Partial<Unsupported> = {}): string {
  switch (kind) {
    case "no-function":
      return `names neither a function nor an AWS service, got ${show(value)}`;
    case "not-a-url":
      return `has no URL, got ${show(value)}`;
    case "private-integration":
      return `goes through the VPC link ${show(value)}, which the catalog's API must name`;
    case "no-answers":
      return "has no responses, so AWS would answer 500";
    case "mapping":
      return `maps ${show(value)}, which the catalog does not support`;
    default:
      return `is of type ${show(isObject(node) ? node.type : node)}, which AWS does not have (mock, http, http_proxy, aws and aws_proxy)`;
  }
}

function refuseUri(node: DocumentNode): void {
  const uri = node.child("uri");
  if (typeof uri?.value === "string") return;
  if (isObject(uri?.value))
    throw new NoWord(uri, `is an expression of CloudFormation's, got ${show(uri.value)}, which means nothing here`);
  throw new NoWord(node, "has no uri");
}
