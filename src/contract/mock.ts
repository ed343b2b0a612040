import { literalJson } from "../text/canonical-json";
import type { Integration } from "../vocabulary/integration";
import { isObject } from "../vocabulary/objects";
import { encodeHeaders } from "./fixed-headers";
import { flags, optionalText, ResourceType, strings, text, type Written } from "./resource-type";

const JSON_TYPE = "application/json";

const ANSWERED = { rest_api_id: optionalText, resource_id: optionalText, http_method: text(), status_code: text() };

/** What a method declares of one status of its answers. */
export const METHOD_RESPONSE = new ResourceType("aws_api_gateway_method_response", {
  ...ANSWERED,
  response_models: strings,
  response_parameters: flags,
});

/** How an integration's answer becomes the method's. */
export const INTEGRATION_RESPONSE = new ResourceType("aws_api_gateway_integration_response", {
  ...ANSWERED,
  content_handling: optionalText,
  response_parameters: strings,
  response_templates: strings,
  selection_pattern: optionalText,
});

export type Mock = Extract<Integration, { readonly type: "mock" }>;

/**
 * What a mock's integration says. The status in the template selects the integration response. Without the right content
 * type there is no template: then 415 is clearer than the 500 of a mock that got no status.
 */
export const encodeMockRequest = (status: number) => ({
  request_templates: { [JSON_TYPE]: JSON.stringify({ statusCode: status }) },
  passthrough_behavior: "WHEN_NO_TEMPLATES",
});

/** The status that a mock's request templates choose, if it is the same for every request. */
export function decodeMockRequest(templates: Readonly<Record<string, string>>): number | undefined {
  const written = parsed(templates[JSON_TYPE] ?? "");
  const status = isObject(written) ? Number(written.statusCode) : Number.NaN;
  return Number.isInteger(status) ? status : undefined;
}

/** The answer of a mock, with fixed headers. */
export function encodeMockAnswer({ status, body }: Mock, headers: Readonly<Record<string, string>> = {}) {
  const parameters = encodeHeaders("method.response", headers);
  return {
    response: {
      status_code: `${status}`,
      response_parameters: parameters && Object.fromEntries(Object.keys(parameters).map((name) => [name, true])),
    } satisfies Written<typeof METHOD_RESPONSE.fields>,
    answer: {
      status_code: `${status}`,
      response_parameters: parameters,
      response_templates: body === undefined ? undefined : { [JSON_TYPE]: literalJson(body) },
    } satisfies Written<typeof INTEGRATION_RESPONSE.fields>,
  };
}

/** The fixed JSON body of an answer; `mapped` where it is a template, or of another type. */
export function decodeMockBody(templates: Readonly<Record<string, string>>): { readonly body?: unknown } | "mapped" {
  const { [JSON_TYPE]: template, ...others } = templates;
  if (Object.values(others).some((each) => each !== "")) return "mapped";
  if (template === undefined || template.trim() === "") return {};
  const body = parsed(template);
  return body === undefined || /[$#]/.test(template) ? "mapped" : { body };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
