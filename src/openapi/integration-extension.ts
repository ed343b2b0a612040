import { isDeepStrictEqual } from "node:util";
import { stringsOf } from "../contract/attributes";
import { decodeIntegration, INTEGRATION } from "../contract/integration";
import { decodeMockBody, decodeMockRequest } from "../contract/mock";
import type { DocumentNode } from "../document/document";
import { INTEGRATION_SETTINGS, integrationAttributes } from "../document/extensions";
import { show } from "../text/show";
import type { IntegrationInput } from "../vocabulary/integration";
import { isObject } from "../vocabulary/objects";
import { parametersOf } from "../vocabulary/route";

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
export function readIntegration(
  node: DocumentNode,
  route: { readonly method: string; readonly path: string },
): IntegrationInput {
  if (!isObject(node.value)) throw new NoWord(node, `must be an object, got ${show(node.value)}`);
  const attributes = integrationAttributes(node.value);
  const integration = INTEGRATION.read(attributes);
  const defaults = INTEGRATION.read({});
  for (const [attribute, word] of Object.entries(INTEGRATION_SETTINGS) as [keyof typeof INTEGRATION_SETTINGS, string][])
    if (!isDeepStrictEqual(integration[attribute], defaults[attribute]))
      throw new NoWord(
        node.child(word) ?? node,
        `${word} is a setting of integrations which the catalog does not support`,
      );
  if (integration.type === "MOCK") return { mock: mockAnswer(node, integration.request_templates) };
  if (integration.type === "HTTP_PROXY") refuseMappings(node, route);
  if (integration.type === "HTTP_PROXY" || integration.type === "AWS_PROXY") refuseUri(node);
  const { entry, unsupported } = decodeIntegration(integration);
  if (entry?.type === "http") return { http: entry.url };
  if (entry?.type === "lambda") return { lambda: entry.arn };
  const uri = node.child("uri") ?? node;
  switch (unsupported[0]?.kind) {
    case "no-function":
      throw new NoWord(uri, `names no function, got ${show(integration.uri)}`);
    case "function-by-stage-variable":
      throw new NoWord(uri, "chooses what it calls by a stage variable, which the catalog does not support");
    case "not-a-url":
      throw new NoWord(uri, `has no URL, got ${show(integration.uri)}`);
    default:
      throw new NoWord(
        node.child("type") ?? node,
        `is of type ${show(node.value.type)}, which the catalog does not support (it has mock, http_proxy and aws_proxy)`,
      );
  }
}

function mockAnswer(node: DocumentNode, templates: Readonly<Record<string, string>>) {
  const answers = node.at("responses")?.children() ?? [];
  const [answer] = answers;
  if (answers.length > 1)
    throw new NoWord(node.at("responses") ?? node, "has several answers, and a mock of the catalog has one");
  const written = isObject(answer?.value) ? Number(answer.value.statusCode) : Number.NaN;
  const chosen = Object.keys(templates).length === 0 ? 200 : decodeMockRequest(templates);
  const status = Number.isInteger(written) ? written : chosen;
  if (status === undefined) throw new NoWord(node, "has no status; write requestTemplates with a statusCode");
  const mapped = answer?.child("responseParameters");
  if (mapped) throw new NoWord(mapped, "sets headers, and a mock of the catalog has none");
  const responseTemplates = answer?.child("responseTemplates");
  const body = decodeMockBody(stringsOf(responseTemplates?.value));
  if (body === "mapped")
    throw new NoWord(
      responseTemplates?.child("application/json") ?? responseTemplates ?? node,
      "is a template, and a mock of the catalog has a fixed body in JSON",
    );
  return body.body === undefined ? status : { status, body: body.body };
}

function refuseUri(node: DocumentNode): void {
  const uri = node.child("uri");
  if (typeof uri?.value === "string") return;
  if (isObject(uri?.value))
    throw new NoWord(uri, `is an expression of CloudFormation's, got ${show(uri.value)}, which means nothing here`);
  throw new NoWord(node, "has no uri");
}

/** A backend of the catalog is called by the route's own method, and with its path parameters alone. */
function refuseMappings(
  node: DocumentNode,
  { method, path }: { readonly method: string; readonly path: string },
): void {
  const { httpMethod = method } = node.value as Record<string, unknown>;
  if (String(httpMethod).toUpperCase() !== method)
    throw new NoWord(
      node.child("httpMethod") ?? node,
      `calls the backend with ${show(httpMethod)} for ${method}, and the catalog passes the method on as it is`,
    );
  for (const mapping of node.child("requestParameters")?.children() ?? []) {
    const [, name] = /^integration\.request\.path\.(.+)$/.exec(mapping.name) ?? [];
    const own =
      name !== undefined && mapping.value === `method.request.path.${name}` && parametersOf(path).includes(name);
    if (!own)
      throw new NoWord(
        mapping,
        `maps ${mapping.name} from ${show(mapping.value)}; the catalog maps path parameters to those of the same name, and passes the rest on as it is`,
      );
  }
}
