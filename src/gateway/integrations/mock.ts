import type { MockIntegration, MockResponse } from "../../model/model";
import { contextVariables } from "../context-variables";
import type { GatewayError, Outcome } from "../gateway-responses";
import { type GatewayRequest, type Header, headerValue } from "../request";
import type { RoutedRequest } from "../routed-request";
import { fillTemplate, type TemplateInput } from "../templates/fill-template";
import { isSelected } from "../templates/selection-pattern";
import { MappingTemplateError } from "../templates/value";
import { Overrides } from "../templates/variables";

const JSON_TYPE = "application/json";

/**
 * Answers without a backend: the request template chooses a status, the status an integration response.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function answerOfMock(integration: MockIntegration, routed: RoutedRequest): Outcome {
  const { request } = routed;
  const input = templateInput(routed);
  try {
    const filled = requestData(integration, request, input);
    if (filled === undefined)
      return { type: "UNSUPPORTED_MEDIA_TYPE", reason: "no request template is for this Content-Type" };
    const status = chosenStatus(filled);
    if (status === undefined)
      return failure(
        'the mock\'s request template must give JSON with a statusCode that is a number, {"statusCode": 200}',
      );
    const response = responseFor(integration.responses, status);
    if (!response) return failure(`no integration response is for status ${status}, and there is no default one`);
    const [mediaType, template] = Object.entries(response.templates).find(([type]) => type === JSON_TYPE) ??
      Object.entries(response.templates)[0] ?? [JSON_TYPE, ""];
    // What came in is not what goes out: the body of a mock is empty.
    const body = fillTemplate(template, { ...input, body: "" });
    return {
      status: input.overrides.status ?? response.statusCode,
      headers: withHeaders(Object.entries(response.headers), input.overrides.headers, mediaType),
      body,
    };
  } catch (error) {
    if (error instanceof MappingTemplateError) return failure(`a mapping template failed: ${error.message}`);
    throw error;
  }
}

const failure = (reason: string): GatewayError => ({ type: "API_CONFIGURATION_ERROR", reason });

/** What the templates of a request are filled from. */
function templateInput(routed: RoutedRequest): TemplateInput {
  const { request, pathParameters, stageVariables } = routed;
  return {
    body: stringOf(request),
    variables: contextVariables(routed),
    stageVariables,
    parameters: {
      path: pathParameters,
      querystring: Object.fromEntries(new URLSearchParams(request.query)),
      header: Object.fromEntries(request.headers),
    },
    overrides: new Overrides(),
  };
}

/** What the mock is given: the filled template for the request's media type, the body as data, or nothing. */
function requestData(
  { requestTemplates, passthroughBehavior }: MockIntegration,
  request: GatewayRequest,
  input: TemplateInput,
): string | undefined {
  const mediaType = headerValue(request.headers, "content-type")?.split(";")[0]?.trim() || JSON_TYPE;
  const template = Object.hasOwn(requestTemplates, mediaType) ? requestTemplates[mediaType] : undefined;
  if (template !== undefined) return fillTemplate(template, input);
  const none = Object.keys(requestTemplates).length === 0;
  const passes = passthroughBehavior === "WHEN_NO_MATCH" || (passthroughBehavior === "WHEN_NO_TEMPLATES" && none);
  return passes ? stringOf(request) : undefined;
}

const stringOf = ({ body }: GatewayRequest) => (body.length === 0 ? "" : Buffer.from(body).toString());

/** Names without quotes pass, as API Gateway's parser lets them. */
const UNQUOTED_NAME = /([{,]\s*)([A-Za-z_]\w*)(\s*:)/g;

/** The status in a mock's data; `undefined` where API Gateway finds none and answers 500. */
function chosenStatus(data: string): string | undefined {
  for (const json of [data, data.replace(UNQUOTED_NAME, '$1"$2"$3')]) {
    try {
      const { statusCode } = JSON.parse(json) as { readonly statusCode?: unknown };
      return typeof statusCode === "number" && Number.isInteger(statusCode) ? String(statusCode) : undefined;
    } catch {
      // The other spelling may be valid.
    }
  }
  return undefined;
}

/** Of several that match, the one whose own status it is; then the first; then the default. */
function responseFor(responses: readonly MockResponse[], status: string): MockResponse | undefined {
  const selected = responses.filter(
    ({ selectionPattern }) => selectionPattern !== undefined && isSelected(selectionPattern, status),
  );
  return (
    selected.find(({ statusCode }) => String(statusCode) === status) ??
    selected[0] ??
    responses.find(({ selectionPattern }) => selectionPattern === undefined)
  );
}

/** The response's headers, those that a template set in their place, and a media type. */
function withHeaders(own: readonly Header[], overrides: readonly Header[], mediaType: string): Header[] {
  const replaced = new Set(overrides.map(([name]) => name.toLowerCase()));
  const headers = [...own.filter(([name]) => !replaced.has(name.toLowerCase())), ...overrides];
  return headerValue(headers, "content-type") !== undefined ? headers : [["Content-Type", mediaType], ...headers];
}
