import { z } from "zod";
import { problemOfHeaderName } from "./gateway-response";
import { wrong, wrongMap } from "./schema";

/**
 * How a mapped value is written: `method.request.header.<name>`, `method.request.querystring.<name>`,
 * `method.request.path.<name>`, `method.request.body`, `stageVariables.<name>`, `context.<name>`, or a fixed text between
 * single quotes, `"'full'"`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
 */
export type MappingExpression = string;

const NAME = "[a-zA-Z0-9._$-]+";
const JSON_PATH = "(\\.[^\\s']{1,256})?";
const COMMON = `stageVariables\\.[A-Za-z0-9_]+|context\\.[A-Za-z0-9._-]+|'[\\x20-\\x26\\x28-\\x7e]*'`;
const OF_REQUEST = new RegExp(
  `^(?:method\\.request\\.(?:path|querystring|multivaluequerystring|header|multivalueheader)\\.${NAME}|method\\.request\\.body${JSON_PATH}|${COMMON})$`,
);
const OF_RESPONSE = new RegExp(
  `^(?:integration\\.response\\.(?:header|multivalueheader)\\.${NAME}|integration\\.response\\.body${JSON_PATH}|${COMMON})$`,
);

const matching = (pattern: RegExp, allowed: string) =>
  z
    .string({ error: wrong("must be a mapping expression", allowed) })
    .regex(pattern, { error: wrong("must be a mapping expression", allowed) });
const REQUEST_VALUES =
  "write method.request.header.<name> (or querystring, path, body), stageVariables.<name>, context.<name>, or a fixed text as \"'text'\"";
const RESPONSE_VALUES =
  "write integration.response.header.<name> (or body), stageVariables.<name>, context.<name>, or a fixed text as \"'text'\"";

const headerName = z.string().superRefine((name, context) => {
  const problem = problemOfHeaderName(name);
  if (problem) context.addIssue({ code: "custom", message: problem, input: name });
});
const byHeader = (pattern: RegExp, values: string) =>
  z.record(headerName, matching(pattern, values), { error: wrongMap("must be an object by header", values) });

/** A value that is made of the request. */
export const requestExpression = matching(OF_REQUEST, REQUEST_VALUES);
export const requestHeaders = byHeader(OF_REQUEST, REQUEST_VALUES);
export const responseHeaders = byHeader(OF_RESPONSE, RESPONSE_VALUES);
export { REQUEST_VALUES };
