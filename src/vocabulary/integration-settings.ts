import { z } from "zod";
import { DEFAULT_LIMITS } from "./aws-limits";
import { HTTP_METHODS, type HttpMethod } from "./http-method";
import {
  type MappingExpression,
  REQUEST_VALUES,
  requestExpression,
  requestHeaders,
  responseHeaders,
} from "./mapping-expression";
import { credentials } from "./role-arn";
import { fieldsOf, wrong, wrongMap } from "./schema";
import { isSelectionPattern } from "./selection-pattern";

const PASSTHROUGH = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"] as const;
const CONTENT_HANDLING = ["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"] as const;

/** An answer of a non-proxy integration: which answer of the backend it is for, and what the caller gets. */
export interface IntegrationResponseInput {
  /**
   * Regular expression that the backend's status must match as a whole, or the error message of a Lambda function.
   * @default - all that no other response matches, which one response must be
   */
  readonly selectionPattern?: string;
  /**
   * Headers by name: `integration.response.header.<name>`, `integration.response.body.<JSONPath>`, `context.<name>`,
   * `stageVariables.<name>`, or a fixed text between single quotes.
   * @default - none but those of the API's `cors`, which say no origin where several are allowed
   */
  readonly headers?: Readonly<Record<string, MappingExpression>>;
  /**
   * Mapping templates by media type.
   * @default - the backend's body as it is
   */
  readonly templates?: Readonly<Record<string, string>>;
  /**
   * What the body is turned into.
   * @default - it stays as it is
   */
  readonly contentHandling?: (typeof CONTENT_HANDLING)[number];
}

/**
 * How API Gateway calls who answers a route. With `responses` it is a non-proxy integration: API Gateway makes the request and
 * the answer by templates.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 */
export interface IntegrationSettingsInput {
  /**
   * Milliseconds that API Gateway waits for an answer: 50 to 29,000; up to 300,000 where AWS has raised the account's quota,
   * not with `endpointType: "EDGE"`.
   * @unit milliseconds
   * @default 29000
   */
  readonly timeoutMilliseconds?: number;
  /**
   * Method by which an `http` backend is called.
   * @default - the route's own
   */
  readonly httpMethod?: HttpMethod;
  /**
   * The API's VPC link by which an `http` backend is reached, by name.
   * @default - none: the backend is called over the internet
   */
  readonly vpcLink?: string;
  /**
   * Headers that the backend gets, by name, instead of those of the same names that the caller sends.
   * @default - the caller's, where the integration is a proxy
   */
  readonly headers?: Readonly<Record<string, MappingExpression>>;
  /**
   * Query parameters that an `http` backend or a service gets, by name.
   * @default - the caller's, where the integration is a proxy
   */
  readonly query?: Readonly<Record<string, MappingExpression>>;
  /**
   * Path parameters of the backend's URL, by name; `false` for none of that name.
   * @default - the route's own for an `http` backend, each by its name
   */
  readonly path?: Readonly<Record<string, MappingExpression | false>>;
  /**
   * Mapping templates for the request's body, by media type; only with `responses`.
   * @default - none
   */
  readonly requestTemplates?: Readonly<Record<string, string>>;
  /**
   * What becomes of a body whose media type has no template; only with `responses`. `"NEVER"` answers it with 415.
   * @default "NEVER" for an AWS service with templates, which would take a caller's body as its own request; "WHEN_NO_TEMPLATES" for a mock; else "WHEN_NO_MATCH"
   */
  readonly passthroughBehavior?: (typeof PASSTHROUGH)[number];
  /**
   * Answers by status. One has no `selectionPattern`: it is for all that no other matches.
   * @default - the backend answers as a proxy does; for an AWS service 200, and 400 and 500 for its errors
   */
  readonly responses?: Readonly<Record<number, IntegrationResponseInput>>;
  /**
   * What the request's body is turned into.
   * @default - it stays as it is
   */
  readonly contentHandling?: (typeof CONTENT_HANDLING)[number];
  /**
   * ARN of the role with which API Gateway calls a function or a service; `"arn:aws:iam::*:user/*"` for the caller's own rights,
   * which needs `authorizer: "AWS_IAM"`.
   * @default - the function's permission; for a service a role of the API's own, with just the rights that its routes need
   */
  readonly credentials?: string;
  /**
   * Parameters that tell cached answers apart, such as `"method.request.querystring.page"`.
   * @default - none
   */
  readonly cacheKeyParameters?: readonly string[];
  /**
   * Takes any certificate of an `http` backend. It protects no more against somebody in between.
   * @default false
   */
  readonly insecureSkipVerification?: boolean;
}

/** The same, checked: without what is left out or empty. */
export type IntegrationSettings = IntegrationSettingsInput;

const parameterName = z.string().regex(/^[a-zA-Z0-9._$-]+$/, {
  error: wrong("must be a name of letters, digits and . _ $ -"),
});
const templates = z.record(
  z.string().regex(/^[\w.+-]+\/[\w.+*-]+(;.*)?$/, { error: wrong('must be a media type such as "application/json"') }),
  z.string({ error: wrong("must be a mapping template") }).max(300 * 1_024, {
    error: wrong("must have at most 300 KiB, the most that AWS takes"),
  }),
  { error: wrongMap('must be an object by media type, such as { "application/json": "…" }') },
);
const contentHandling = z.enum(CONTENT_HANDLING, { error: wrong("must be CONVERT_TO_BINARY or CONVERT_TO_TEXT") });

const responseSchema = fieldsOf<IntegrationResponseInput>()({
  selectionPattern: z
    .string({ error: wrong("must be a regular expression") })
    .min(1, { error: wrong("must not be empty", "leave it out for all that no other response matches") })
    .refine(isSelectionPattern, { error: wrong("must be a regular expression") })
    .optional(),
  headers: responseHeaders.optional(),
  templates: templates.optional(),
  contentHandling: contentHandling.optional(),
});

const wrongTimeout = {
  error: wrong("must be a whole number of milliseconds from 50 to 300000", "leave it out for 29000"),
};
const responsesSchema = z
  .record(z.string().regex(/^[2-5]\d\d$/, { error: wrong("must be a status from 200 to 599") }), responseSchema, {
    error: wrongMap("must be an object by status, such as { 200: {} }"),
  })
  .superRefine((responses, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", message, input: responses });
    const others = Object.entries(responses).filter(([, { selectionPattern }]) => selectionPattern === undefined);
    if (others.length > 1)
      refuse(
        `must have one response without selectionPattern, got ${others.map(([status]) => status).join(" and ")}; give the others a pattern`,
      );
  });

export const integrationSettingsSchema = fieldsOf<IntegrationSettingsInput>()(
  {
    timeoutMilliseconds: z.int(wrongTimeout).min(50, wrongTimeout).max(300_000, wrongTimeout).optional(),
    httpMethod: z.enum(HTTP_METHODS, { error: wrong(`must be one of ${HTTP_METHODS.join(", ")}`) }).optional(),
    vpcLink: z.string({ error: wrong("must be the name of one of the API's vpcLinks") }).optional(),
    headers: requestHeaders.optional(),
    query: z
      .record(parameterName, requestExpression, {
        error: wrongMap("must be an object by query parameter", REQUEST_VALUES),
      })
      .optional(),
    path: z
      .record(
        parameterName,
        z.union([z.literal(false), requestExpression], {
          error: wrong("must be a mapping expression, or false", REQUEST_VALUES),
        }),
        {
          error: wrongMap("must be an object by path parameter", REQUEST_VALUES),
        },
      )
      .optional(),
    requestTemplates: templates.optional(),
    passthroughBehavior: z.enum(PASSTHROUGH, { error: wrong(`must be one of ${PASSTHROUGH.join(", ")}`) }).optional(),
    responses: responsesSchema.optional(),
    contentHandling: contentHandling.optional(),
    credentials: credentials.optional(),
    cacheKeyParameters: z
      .array(
        z
          .string()
          .regex(
            /^(method|integration)\.request\.(path|querystring|header|multivaluequerystring|multivalueheader)\.[a-zA-Z0-9._$-]+$/,
            {
              error: wrong("must be a parameter of the request", 'write "method.request.querystring.page"'),
            },
          ),
        { error: wrong("must be a list of parameters", 'write ["method.request.querystring.page"]') },
      )
      .refine((names) => new Set(names).size === names.length, { error: wrong("must name each parameter once") })
      .optional(),
    insecureSkipVerification: z.boolean({ error: wrong("must be true or false") }).optional(),
  },
  "must be an object",
);

/**
 * The checked form; `undefined` where nothing is said.
 *
 * @param defaults what means the same where it is left out
 */
export function toIntegrationSettings(
  written: IntegrationSettingsInput | undefined,
  defaults: IntegrationSettingsInput,
): IntegrationSettings | undefined {
  const same: IntegrationSettingsInput = {
    timeoutMilliseconds: DEFAULT_LIMITS.integrationTimeoutMilliseconds,
    ...defaults,
  };
  const said = Object.entries(written ?? {}).filter(
    ([name, value]) => !isEmpty(value) && value !== same[name as keyof IntegrationSettingsInput],
  );
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === false ||
  (typeof value === "object" && value !== null && Object.keys(value).length === 0);
