import { INTEGRATION_TIMEOUT_MILLISECONDS } from "../contract/defaults";
import { decodeFunctionUri } from "../contract/function-uri";
import { show } from "../text/show";
import type { IntegrationInput } from "../vocabulary/integration";
import { isObject } from "../vocabulary/objects";
import { parametersOf } from "../vocabulary/route";
import type { DocumentNode } from "./document";

export const INTEGRATION_EXTENSION = "x-amazon-apigateway-integration";

/** What the catalog has no word for; the message says what, and where it stands. */
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
  if (!isObject(node.value)) throw new NoWord(node, `must be a map, got ${show(node.value)}`);
  const type = String(node.value.type).toLowerCase();
  for (const word of ["credentials", "connectionId", "tlsConfig", "cacheKeyParameters", "cacheNamespace"])
    refuse(node, word);
  if (node.value.connectionType !== "INTERNET") refuse(node, "connectionType");
  if (node.value.timeoutInMillis !== INTEGRATION_TIMEOUT_MILLISECONDS) refuse(node, "timeoutInMillis");
  switch (type) {
    case "mock":
      return { mock: mockAnswer(node) };
    case "http_proxy":
      return { http: backendUrl(node, route) };
    case "aws_proxy":
      return { lambda: functionArn(node) };
    default:
      throw new NoWord(
        node.child("type") ?? node,
        `is of type ${show(node.value.type)}, for which the catalog has no word (it has mock, http_proxy and aws_proxy)`,
      );
  }
}

function refuse(node: DocumentNode, word: string): void {
  const written = node.child(word);
  if (written) throw new NoWord(written, `${word} is a setting of integrations for which the catalog has no word`);
}

function mockAnswer(node: DocumentNode) {
  const template = node.at("requestTemplates", "application/json")?.value;
  const statusCode = isObject(parsed(template)) ? (parsed(template) as Record<string, unknown>).statusCode : undefined;
  const answers = node.at("responses")?.children() ?? [];
  const [answer] = answers;
  if (answers.length > 1)
    throw new NoWord(node.at("responses") ?? node, "has several answers, and a mock of the catalog has one");
  const written = isObject(answer?.value) ? Number(answer?.value.statusCode) : Number.NaN;
  const status = Number.isInteger(written) ? written : Number(statusCode ?? 200);
  if (!Number.isInteger(status)) throw new NoWord(node, "has no status; write requestTemplates with a statusCode");
  const body = answer?.at("responseTemplates", "application/json");
  if (answer?.child("responseParameters"))
    throw new NoWord(answer.child("responseParameters") ?? answer, "sets headers, and a mock of the catalog has none");
  if (typeof body?.value !== "string" || body.value.trim() === "") return status;
  const json = parsed(body.value);
  if (json === undefined || /[$#]/.test(body.value))
    throw new NoWord(body, "is a template, and a mock of the catalog has a fixed body in JSON");
  return { status, body: json };
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

function uriOf(node: DocumentNode): string {
  const uri = node.child("uri");
  if (typeof uri?.value === "string") return uri.value;
  if (isObject(uri?.value))
    throw new NoWord(uri, `is an expression of CloudFormation's, got ${show(uri.value)}, which means nothing here`);
  throw new NoWord(node, "has no uri");
}

function backendUrl(node: DocumentNode, { method, path }: { readonly method: string; readonly path: string }): string {
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
  return uriOf(node);
}

function functionArn(node: DocumentNode): string {
  const uri = uriOf(node);
  const arn = decodeFunctionUri(uri);
  if (arn === undefined) throw new NoWord(node.child("uri") ?? node, `names no function, got ${show(uri)}`);
  if (arn.includes("stageVariables."))
    throw new NoWord(
      node.child("uri") ?? node,
      "chooses the function by a stage variable, for which the catalog has no word",
    );
  return arn;
}
