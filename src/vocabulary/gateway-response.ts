import { z } from "zod";
import { byName } from "../text/order";
import { unknownName } from "./identifier";
import { fieldsOf, wrong } from "./schema";

/**
 * The answers that API Gateway gives by itself, by what went wrong. `DEFAULT_4XX` and `DEFAULT_5XX` stand for all types
 * that are not given.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const GATEWAY_RESPONSE_TYPES = [
  "ACCESS_DENIED",
  "API_CONFIGURATION_ERROR",
  "AUTHORIZER_CONFIGURATION_ERROR",
  "AUTHORIZER_FAILURE",
  "BAD_REQUEST_BODY",
  "BAD_REQUEST_PARAMETERS",
  "DEFAULT_4XX",
  "DEFAULT_5XX",
  "EXPIRED_TOKEN",
  "INTEGRATION_FAILURE",
  "INTEGRATION_TIMEOUT",
  "INVALID_API_KEY",
  "INVALID_SIGNATURE",
  "MISSING_AUTHENTICATION_TOKEN",
  "QUOTA_EXCEEDED",
  "REQUEST_TOO_LARGE",
  "RESOURCE_NOT_FOUND",
  "THROTTLED",
  "UNAUTHORIZED",
  "UNSUPPORTED_MEDIA_TYPE",
  "WAF_FILTERED",
] as const;
export type GatewayResponseType = (typeof GATEWAY_RESPONSE_TYPES)[number];

/** How API Gateway answers by itself for one type of gateway error. */
export interface GatewayResponseInput {
  /**
   * Status of the answer, 200 to 599. That of `DEFAULT_4XX` or `DEFAULT_5XX` replaces the status of every type that is
   * not given.
   *
   * @unit HTTP status
   * @default - AWS's own for this type, such as 429 for `THROTTLED`
   */
  readonly statusCode?: number;
  /**
   * Headers by name, as fixed texts: `{ "Retry-After": "1" }`.
   * @default - none, but those of the API's `cors`
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Body of the answer: a JSON text in which `$context` variables may stand, such as
   * `{"message":$context.error.messageString,"requestId":"$context.requestId"}`. Nothing else of a mapping template
   * works here.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
   * @default '{"message":$context.error.messageString}'
   */
  readonly template?: string;
}

/** A gateway response, checked. */
export interface GatewayResponse {
  readonly type: GatewayResponseType;
  readonly statusCode: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly template: string;
}

/** What AWS answers by default. */
export const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/** AWS takes such names only for `gatewayresponse.header.<name>` and `method.response.header.<name>`. */
const HEADER_NAME = /^[A-Za-z0-9._$-]+$/;
/** AWS writes a fixed text between single quotes and knows no way to quote these. */
const HEADER_TEXT = /^[\x20-\x26\x28-\x7e]*$/;

/** What is wrong with the name of a response's header; `undefined` if nothing is. */
export function problemOfHeaderName(name: string): string | undefined {
  if (HEADER_NAME.test(name)) return undefined;
  return "is not a header name that API Gateway accepts: letters, digits and . _ $ -; choose another";
}

const headersSchema = z
  .record(
    z.string(),
    z.string({ error: wrong("must be a string", "write numbers in quotes") }).regex(HEADER_TEXT, {
      error: wrong("must be ASCII without single quotes, which AWS puts around it", "leave the other characters out"),
    }),
    { error: wrong('must be an object such as { "Retry-After": "1" }') },
  )
  .superRefine((headers, context) => {
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: "custom", message, path: [name], input: headers });
    const seen = new Map<string, string>();
    for (const name of Object.keys(headers)) {
      const problem = problemOfHeaderName(name);
      const first = seen.get(name.toLowerCase());
      if (problem) refuse(name, problem);
      else if (first !== undefined) refuse(name, `is the same header as ${first}; keep one of them`);
      else seen.set(name.toLowerCase(), name);
    }
  });

const status = { error: wrong("must be a status from 200 to 599", "leave it out for AWS's own") };

export const gatewayResponsesSchema = z
  .record(
    z.string(),
    fieldsOf<GatewayResponseInput>()({
      statusCode: z.int(status).min(200, status).max(599, status).optional(),
      headers: headersSchema.optional(),
      template: z
        .string({ error: wrong("must be a string", "write the JSON as one string, with its $context variables") })
        .min(1, { error: wrong("must not be empty", "leave it out for AWS's own") })
        .optional(),
    }),
    {
      error: wrong(
        'must be an object from types to answers, such as { THROTTLED: { headers: { "Retry-After": "1" } } }',
      ),
    },
  )
  .superRefine((responses, context) => {
    for (const type of Object.keys(responses))
      if (!isType(type)) {
        const message = `has the ${unknownName(type, "type of gateway response", GATEWAY_RESPONSE_TYPES)}`;
        context.addIssue({ code: "custom", message, input: responses });
      }
  });

const isType = (type: string): type is GatewayResponseType => GATEWAY_RESPONSE_TYPES.some((known) => known === type);

/** The checked form of an API's gateway responses, sorted by type. */
export function toGatewayResponses(written: z.infer<typeof gatewayResponsesSchema> = {}): readonly GatewayResponse[] {
  return Object.entries(written)
    .flatMap(([type, { statusCode, headers = {}, template = DEFAULT_TEMPLATE }]) =>
      isType(type) ? [{ type, statusCode, headers, template }] : [],
    )
    .sort((a, b) => byName(a.type, b.type));
}

/** A gateway response as a person would write it: without what is the default. */
export const writtenResponse = ({ statusCode, headers, template }: GatewayResponse): GatewayResponseInput => ({
  ...(statusCode === undefined ? {} : { statusCode }),
  ...(Object.keys(headers).length > 0 ? { headers } : {}),
  ...(template === DEFAULT_TEMPLATE ? {} : { template }),
});
