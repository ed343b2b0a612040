import type { AnswerHeaders } from "../vocabulary/cors-answers";
import type { IntegrationSettings } from "../vocabulary/integration-settings";
import { parametersInText } from "../vocabulary/path-parameters";
import type { Attributes } from "./attributes";
import { DEFAULT_PASSTHROUGH_BEHAVIOR, INTEGRATION_TIMEOUT_MILLISECONDS } from "./defaults";
import type { IntegrationAttributes } from "./integration-resource";
import { INTEGRATION_RESPONSE, type METHOD_RESPONSE } from "./mock";
import type { Written } from "./resource-type";
import type { Unsupported } from "./unsupported";

const TARGETS = {
  headers: "integration.request.header.",
  query: "integration.request.querystring.",
  path: "integration.request.path.",
} as const;

/** Each path parameter under its own name. */
const ownParameter = (name: string) => `method.request.path.${name}`;

/**
 * What the settings say, as attributes of an integration but for its type, its URI and its VPC link.
 *
 * @param parameters path parameters of the route that a backend gets under their own names
 */
export function encodeSettings(settings: IntegrationSettings, parameters: readonly string[]) {
  const { timeoutMilliseconds, headers, query, path = {}, requestTemplates, passthroughBehavior, responses } = settings;
  const byPath = { ...Object.fromEntries(parameters.map((name) => [name, ownParameter(name)])), ...path };
  const mapped = Object.entries({ path: byPath, query, headers } as const).flatMap(([place, values]) =>
    Object.entries(values ?? {}).flatMap(([name, value]) =>
      value === false ? [] : [[TARGETS[place as keyof typeof TARGETS] + name, value] as const],
    ),
  );
  return {
    request_parameters: mapped.length > 0 ? Object.fromEntries(mapped) : undefined,
    request_templates: requestTemplates && { ...requestTemplates },
    passthrough_behavior: responses ? (passthroughBehavior ?? DEFAULT_PASSTHROUGH_BEHAVIOR) : undefined,
    timeout_milliseconds: timeoutMilliseconds,
    content_handling: settings.contentHandling,
    credentials: settings.credentials,
    cache_key_parameters: settings.cacheKeyParameters && [...settings.cacheKeyParameters],
    tls_config: settings.insecureSkipVerification ? { insecure_skip_verification: true } : undefined,
  };
}

/** How the answers of a non-proxy integration become the route's: what a status declares, and where it comes from. */
export interface WrittenAnswer {
  readonly response: Written<typeof METHOD_RESPONSE.fields> & { readonly status_code: string };
  readonly answer: Written<typeof INTEGRATION_RESPONSE.fields> & { readonly status_code: string };
}

const HEADER = "method.response.header.";

/**
 * @param headers on each answer that has none of the name
 */
export function encodeAnswers(
  responses: NonNullable<IntegrationSettings["responses"]>,
  headers: AnswerHeaders = {},
): WrittenAnswer[] {
  return Object.entries(responses).map(([status, response]) => {
    const own = Object.keys(response.headers ?? {}).map((name) => name.toLowerCase());
    const common = Object.entries(headers).filter(([name]) => !own.includes(name.toLowerCase()));
    const all = [
      ...Object.entries(response.headers ?? {}),
      ...common.flatMap(([name, text]) => (typeof text === "string" ? [[name, `'${text}'`] as const] : [])),
    ].map(([name, value]) => [HEADER + name, value] as const);
    return {
      response: {
        status_code: status,
        response_parameters: all.length > 0 ? Object.fromEntries(all.map(([name]) => [name, true])) : undefined,
      },
      answer: {
        status_code: status,
        selection_pattern: response.selectionPattern,
        response_parameters: all.length > 0 ? Object.fromEntries(all) : undefined,
        response_templates: response.templates && { ...response.templates },
        content_handling: response.contentHandling,
      },
    };
  });
}

/** Settings, and what the catalog cannot say of them. */
export interface DecodedSettings {
  readonly settings: IntegrationSettings;
  readonly unsupported: readonly Unsupported[];
}

/**
 * @param parameters path parameters that a backend gets under their own names where nothing else is said
 */
export function decodeSettings(attributes: IntegrationAttributes, parameters: readonly string[]): DecodedSettings {
  const unsupported: Unsupported[] = [];
  const found: Record<keyof typeof TARGETS, Record<string, string | false>> = { headers: {}, query: {}, path: {} };
  for (const [target, value] of Object.entries(attributes.request_parameters)) {
    const place = (Object.keys(TARGETS) as (keyof typeof TARGETS)[]).find((each) => target.startsWith(TARGETS[each]));
    if (place) found[place][target.slice(TARGETS[place].length)] = value;
    else
      unsupported.push({
        kind: "mapping",
        resource: "aws_api_gateway_integration",
        attribute: "request_parameters",
        value: { [target]: value },
      });
  }
  for (const name of parameters)
    if (found.path[name] === ownParameter(name)) delete found.path[name];
    // A URL that names it gets it: without the mapping, AWS would call the backend with the braces.
    else if (!parametersInText(attributes.uri ?? "").includes(name)) found.path[name] ??= false;
  const { timeout_milliseconds, content_handling, credentials, cache_key_parameters, tls_config } = attributes;
  return {
    settings: nonEmpty({
      // An emulator may say nothing of it.
      timeoutMilliseconds:
        timeout_milliseconds === 0 || timeout_milliseconds === INTEGRATION_TIMEOUT_MILLISECONDS
          ? undefined
          : timeout_milliseconds,
      ...found,
      contentHandling: content_handling as IntegrationSettings["contentHandling"],
      credentials,
      cacheKeyParameters: cache_key_parameters,
      insecureSkipVerification: tls_config?.insecure_skip_verification || undefined,
    } as IntegrationSettings),
    unsupported,
  };
}

/**
 * What a proxy does not have: templates and answers.
 *
 * @param passthrough the behavior that means the same where it is left out
 */
export function decodeMappings(
  attributes: IntegrationAttributes,
  answers: readonly Attributes[],
  passthrough: string = DEFAULT_PASSTHROUGH_BEHAVIOR,
): Pick<IntegrationSettings, "requestTemplates" | "passthroughBehavior" | "responses"> {
  const responses = answers.map((each): [string, object] => {
    const read = INTEGRATION_RESPONSE.read(each);
    const headers = Object.entries(read.response_parameters)
      .filter(([name]) => name.startsWith(HEADER))
      .map(([name, value]) => [name.slice(HEADER.length), value]);
    return [
      read.status_code,
      nonEmpty({
        selectionPattern: read.selection_pattern,
        headers: Object.fromEntries(headers),
        templates: read.response_templates,
        contentHandling: read.content_handling as IntegrationSettings["contentHandling"],
      }),
    ];
  });
  return nonEmpty({
    requestTemplates: attributes.request_templates,
    passthroughBehavior:
      attributes.passthrough_behavior === passthrough
        ? undefined
        : (attributes.passthrough_behavior as IntegrationSettings["passthroughBehavior"]),
    responses: Object.fromEntries(responses),
  });
}

const nonEmpty = <Values extends object>(values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== undefined && (typeof value !== "object" || Object.keys(value).length > 0),
    ),
  ) as Values;
