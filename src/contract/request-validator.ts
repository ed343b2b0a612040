import type { RequestRules } from "../vocabulary/request";
import { flag, optionalText, ResourceType, text, type Written } from "./resource-type";

/** Which parts of requests a method checks. */
export const REQUEST_VALIDATOR = new ResourceType("aws_api_gateway_request_validator", {
  rest_api_id: optionalText,
  name: text(),
  validate_request_body: flag(),
  validate_request_parameters: flag(),
});

/** The validator for the rules of a route; `undefined` where they check nothing. Its name says what it checks. */
export function encodeRequestValidator({ query, headers, body }: RequestRules) {
  const parts = [
    ...(body === undefined ? [] : ["body"]),
    ...([...query, ...headers].some(({ required }) => required) ? ["parameters"] : []),
  ];
  if (parts.length === 0) return undefined;
  return {
    name: parts.join("-and-"),
    validate_request_body: parts.includes("body"),
    validate_request_parameters: parts.includes("parameters"),
  } satisfies Written<typeof REQUEST_VALIDATOR.fields>;
}
