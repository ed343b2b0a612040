import { literalJson } from "../text/canonical-json";
import type { AnswerHeaders } from "../vocabulary/cors-answers";
import type { Integration } from "../vocabulary/integration";
import { isObject } from "../vocabulary/objects";
import { decodeHeaders, encodeHeaders } from "./fixed-headers";
import { decodeOrigins, encodeOrigins } from "./origin-template";
import { flags, optionalText, ResourceType, strings, text, type ValuesOf, type Written } from "./resource-type";

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

export const MOCK_PASSTHROUGH = "WHEN_NO_TEMPLATES";

/**
 * What a mock's integration says. The status in the template selects the integration response. Without the right content
 * type there is no template: then 415 is clearer than the 500 of a mock that got no status.
 */
export const encodeMockRequest = (status: number) => ({
  request_templates: { [JSON_TYPE]: JSON.stringify({ statusCode: status }) },
  passthrough_behavior: MOCK_PASSTHROUGH,
});

/** The status that a mock's request templates choose, if it is the same for every request. */
export function decodeMockRequest(templates: Readonly<Record<string, string>>): number | undefined {
  const written = parsed(templates[JSON_TYPE] ?? "");
  const status = isObject(written) ? Number(written.statusCode) : Number.NaN;
  return Number.isInteger(status) ? status : undefined;
}

/** The answer of a mock, with its headers. */
export function encodeMockAnswer({ status, body }: Mock, headers: AnswerHeaders = {}) {
  const entries = Object.entries(headers);
  const fixed = entries.filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const names = Object.keys(
    encodeHeaders("method.response", Object.fromEntries(entries.map(([name]) => [name, ""]))) ?? {},
  );
  const templates = entries.map(([name, value]) => (typeof value === "string" ? "" : encodeOrigins(name, value)));
  const template = templates.join("") + (body === undefined ? "" : literalJson(body));
  return {
    response: {
      status_code: `${status}`,
      response_parameters: names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, true])),
    } satisfies Written<typeof METHOD_RESPONSE.fields>,
    answer: {
      status_code: `${status}`,
      response_parameters: encodeHeaders("method.response", Object.fromEntries(fixed)),
      response_templates: template === "" ? undefined : { [JSON_TYPE]: template },
    } satisfies Written<typeof INTEGRATION_RESPONSE.fields>,
  };
}

/** Headers of a mock's answer, what else is mapped, and the templates without what sets headers. */
export function decodeMockHeaders({
  response_parameters,
  response_templates,
}: Pick<ValuesOf<typeof INTEGRATION_RESPONSE.fields>, "response_parameters" | "response_templates">) {
  const { headers, mapped } = decodeHeaders("method.response", response_parameters);
  const chosen = decodeOrigins(response_templates[JSON_TYPE] ?? "");
  return {
    mapped,
    headers: (chosen ? { ...headers, [chosen.header]: chosen.origins } : headers) as AnswerHeaders,
    templates: chosen ? { ...response_templates, [JSON_TYPE]: chosen.rest } : response_templates,
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
