import type { MockIntegration } from "../../model/model";
import type { ContextVariables } from "../context-variables";
import type { GatewayError, Outcome } from "../gateway-responses";
import { fillTemplate, MappingTemplateError } from "../mapping-template";
import { type GatewayRequest, headerValue } from "../request";

const JSON_TYPE = "application/json";

/**
 * Answers without a backend: the request template chooses a status, the status an integration response.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function answerOfMock(
  integration: MockIntegration,
  request: GatewayRequest,
  variables: ContextVariables,
): Outcome {
  const written = requestTemplate(integration, request);
  if (written === undefined)
    return { type: "UNSUPPORTED_MEDIA_TYPE", reason: "no request template is for this Content-Type" };
  try {
    const status = chosenStatus(fillTemplate(written, { body: stringOf(request), variables }));
    const response =
      integration.responses.find(({ selectionPattern }) => matches(selectionPattern, status)) ??
      integration.responses.find(({ selectionPattern }) => selectionPattern === undefined);
    if (!response) return failure(`no integration response is for status ${status}, and there is no default one`);
    const [mediaType, template] = Object.entries(response.templates).find(([type]) => type === JSON_TYPE) ??
      Object.entries(response.templates)[0] ?? [JSON_TYPE, ""];
    const own = Object.entries(response.headers);
    return {
      status: response.statusCode,
      headers: headerValue(own, "content-type") !== undefined ? own : [["Content-Type", mediaType], ...own],
      // What came in is not what goes out: the body of a mock is empty.
      body: fillTemplate(template, { body: "", variables }),
    };
  } catch (error) {
    if (error instanceof MappingTemplateError) return failure(error.message);
    throw error;
  }
}

const failure = (reason: string): GatewayError => ({ type: "API_CONFIGURATION_ERROR", reason });

/** The template for the request's media type, the body itself where it is passed through, or nothing. */
function requestTemplate(
  { requestTemplates, passthroughBehavior }: MockIntegration,
  request: GatewayRequest,
): string | undefined {
  const mediaType = headerValue(request.headers, "content-type")?.split(";")[0]?.trim() || JSON_TYPE;
  const template = requestTemplates[mediaType];
  if (template !== undefined) return template;
  const none = Object.keys(requestTemplates).length === 0;
  const passes = passthroughBehavior === "WHEN_NO_MATCH" || (passthroughBehavior === "WHEN_NO_TEMPLATES" && none);
  return passes ? stringOf(request) : undefined;
}

const stringOf = ({ body }: GatewayRequest) => (body.length === 0 ? "" : Buffer.from(body).toString());

const JUST_STATUS = /"statusCode"\s*:\s*"?(\d{3})\b/;

/** The status that a filled template names. AWS reads no strict JSON here: unquoted names pass too. */
function chosenStatus(filled: string): string {
  return JUST_STATUS.exec(filled)?.[1] ?? /\bstatusCode\s*:\s*"?(\d{3})\b/.exec(filled)?.[1] ?? "";
}

function matches(pattern: string | undefined, status: string): boolean {
  if (pattern === undefined) return false;
  try {
    return new RegExp(`^(?:${pattern})$`, "s").test(status);
  } catch {
    return false;
  }
}
