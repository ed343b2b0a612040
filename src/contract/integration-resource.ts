import { DEFAULT_PASSTHROUGH_BEHAVIOR, INTEGRATION_TIMEOUT_MILLISECONDS } from "./defaults";
import {
  block,
  flag,
  kept,
  list,
  number,
  optionalText,
  ResourceType,
  strings,
  text,
  type ValuesOf,
} from "./resource-type";

/** What is behind a method. */
export const INTEGRATION = new ResourceType("aws_api_gateway_integration", {
  rest_api_id: optionalText,
  resource_id: optionalText,
  http_method: text(),
  type: text(),
  uri: optionalText,
  integration_http_method: optionalText,
  connection_type: text("INTERNET"),
  connection_id: optionalText,
  content_handling: optionalText,
  credentials: optionalText,
  cache_key_parameters: list,
  cache_namespace: kept(optionalText),
  passthrough_behavior: kept(text(DEFAULT_PASSTHROUGH_BEHAVIOR)),
  request_parameters: strings,
  request_templates: strings,
  timeout_milliseconds: number(INTEGRATION_TIMEOUT_MILLISECONDS),
  tls_config: block({ insecure_skip_verification: flag() }),
});
export type IntegrationAttributes = ValuesOf<typeof INTEGRATION.fields>;
