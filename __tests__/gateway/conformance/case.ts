/** Attributes of a Terraform resource, as JSON syntax has them. */
export type Block = Readonly<Record<string, unknown>>;

/** One method on one path, with what is behind it. */
export interface CaseRoute {
  /** Attributes of `aws_api_gateway_method`. @default - open */
  readonly method?: Block;
  /** Attributes of `aws_api_gateway_integration`; `BACKEND` in its `uri` is an HTTP server that echoes. */
  readonly integration: Block;
  /** Attributes of each `aws_api_gateway_integration_response`. */
  readonly responses?: readonly Block[];
  /** Source of `index.js` of the function behind it. */
  readonly function?: string;
  /** Attributes of its `aws_lambda_permission`; `null` for none. */
  readonly permission?: Block | null;
}

/** A difference between AWS and the local gateway that was recorded or read of, and must not come back. */
export interface ConformanceCase {
  readonly title: string;
  /** Where AWS was seen, or says, to answer so. */
  readonly source: string;
  /** By route key. */
  readonly routes: Readonly<Record<string, CaseRoute>>;
  /** Attributes of `aws_api_gateway_rest_api`. */
  readonly api?: Block;
  /** Attributes of `aws_api_gateway_stage`, which is called `prod`. */
  readonly stage?: Block;
  /** Other resources by type and name; `API` and `STAGE` in a string refer to those of the case, `NAME-r1` to its second route. */
  readonly resources?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  /** Sources of functions that a `body` calls, by name: `${aws_lambda_function.NAME-pets.invoke_arn}`. */
  readonly functions?: Readonly<Record<string, string>>;
  readonly request: CaseRequest;
  readonly answer: CaseAnswer;
}

export interface CaseRequest {
  /** `GET /pets?page=2`, below the stage. */
  readonly line: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  /** The Host of a custom domain name; the path then begins with its base path. */
  readonly domain?: string;
}

export interface CaseAnswer {
  readonly status: number;
  /** The whole body: a string as it is, anything else as JSON that the body must match. */
  readonly body?: unknown;
  /** By lower-case name; `null` for one that must not be there. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** What the log says of the request. */
  readonly log?: RegExp;
  /** What is listed under "Not as on AWS", and again in the log line. */
  readonly told?: RegExp;
}

/** Sources of many cases. */
export const RECORDED = (snapshot: string) => `LocalStack's recordings of AWS, test_apigateway_${snapshot}`;
export const DOCUMENTED = (page: string) => `https://docs.aws.amazon.com/apigateway/latest/developerguide/${page}.html`;

/** A mock that answers 200, with a response template. */
export const mock = (response = "", request = '{"statusCode": 200}', more: Partial<CaseRoute> = {}): CaseRoute => ({
  integration: { type: "MOCK", request_templates: { "application/json": request } },
  responses: [{ status_code: "200", response_templates: { "application/json": response } }],
  ...more,
});

/** A Lambda proxy. */
export const lambda = (source: string, integration: Block = {}, more: Partial<CaseRoute> = {}): CaseRoute => ({
  integration: { type: "AWS_PROXY", integration_http_method: "POST", ...integration },
  function: source,
  ...more,
});

/** A Lambda proxy whose function answers with its event. */
export const echo = (integration: Block = {}, more: Partial<CaseRoute> = {}) =>
  lambda("exports.handler = async (event) => ({ body: JSON.stringify(event) });", integration, more);

/** A Lambda proxy whose function gives a fixed result. */
export const gives = (result: unknown) => lambda(`exports.handler = async () => (${JSON.stringify(result)});`);

/** An HTTP proxy. */
export const http = (
  uri: string,
  parameters: Readonly<Record<string, string>> = {},
  integration: Block = {},
): CaseRoute => ({
  integration: {
    type: "HTTP_PROXY",
    integration_http_method: "ANY",
    uri,
    request_parameters: parameters,
    ...integration,
  },
});
