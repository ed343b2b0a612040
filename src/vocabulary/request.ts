import { z } from "zod";
import { byName } from "../text/order";
import { type JsonSchema, problemsOfJsonSchema } from "./json-schema";
import { fieldsOf, wrong } from "./schema";

/** Whether a request must have a parameter. One that is optional is declared, and never checked. */
export type ParameterPresence = "required" | "optional";

/**
 * What a request must have, checked by API Gateway before anybody is called. A request that lacks it is answered with 400
 * (`BAD_REQUEST_PARAMETERS`, `BAD_REQUEST_BODY`).
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export interface RequestInput {
  /**
   * Query parameters by name. Of one that is required, API Gateway checks that it is there and not blank, nothing else.
   * @default - none is declared; all reach the integration nevertheless
   */
  readonly query?: Readonly<Record<string, ParameterPresence>>;
  /**
   * Headers by name, checked as query parameters are.
   * @default - none is declared; all reach the integration nevertheless
   */
  readonly headers?: Readonly<Record<string, ParameterPresence>>;
  /**
   * JSON Schema (draft 4) of the body. A request without a body is refused if `null` does not fit. Bodies of other content
   * types than `application/json` are passed on unchecked.
   * @default - any body
   */
  readonly body?: JsonSchema;
}

/** A parameter of a request, checked. */
export interface RequestParameter {
  readonly name: string;
  readonly required: boolean;
}

/** What a request must have, checked. */
export interface RequestRules {
  /** Sorted by name. */
  readonly query: readonly RequestParameter[];
  /** Sorted by name. */
  readonly headers: readonly RequestParameter[];
  readonly body: JsonSchema | undefined;
}

/** The content type whose bodies `request.body` is for. */
export const CHECKED_CONTENT_TYPE = "application/json";

/**
 * AWS: a parameter name must match `[a-zA-Z0-9._$-]+`. `$` is left out: a Terraform template would begin with it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
export const isParameterName = (name: string): boolean => /^[a-zA-Z0-9._-]+$/.test(name);

const parameters = z.record(
  z.string().refine(isParameterName, { error: wrong("must be a name of letters, digits and . _ -") }),
  z.enum(["required", "optional"], { error: wrong('must be "required" or "optional"') }),
  { error: wrong('must be an object from names to "required" or "optional"') },
);

export const requestSchema = fieldsOf<RequestInput>()({
  query: parameters.optional(),
  headers: parameters
    .superRefine((headers, context) => {
      const seen = new Map<string, string>();
      for (const name of Object.keys(headers)) {
        const first = seen.get(name.toLowerCase());
        if (first !== undefined)
          context.addIssue({
            code: "custom",
            message: `is the same header as ${first}; keep one of them`,
            path: [name],
            input: headers,
          });
        else seen.set(name.toLowerCase(), name);
      }
    })
    .optional(),
  body: z
    .unknown()
    .superRefine((body, context) => {
      for (const problem of body === undefined ? [] : problemsOfJsonSchema(body))
        context.addIssue({ code: "custom", message: problem.trimStart(), input: body });
    })
    .transform((body) => body as JsonSchema | undefined)
    .optional(),
});

/** The checked form; `undefined` where nothing is declared. */
export function toRequestRules(written: z.infer<typeof requestSchema> | undefined): RequestRules | undefined {
  if (!written) return undefined;
  const rules = { query: sorted(written.query), headers: sorted(written.headers), body: written.body };
  return rules.query.length > 0 || rules.headers.length > 0 || rules.body !== undefined ? rules : undefined;
}

const sorted = (written: Readonly<Record<string, ParameterPresence>> = {}): RequestParameter[] =>
  Object.entries(written)
    .map(([name, presence]) => ({ name, required: presence === "required" }))
    .sort((a, b) => byName(a.name, b.name));
