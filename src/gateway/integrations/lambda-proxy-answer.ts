import { z } from "zod";
import { answeredHeaders } from "../passed-headers";
import type { GatewayAnswer, Header } from "../request";
import { isBinary } from "./media-type";

/** What a client's request and its API say of the answer. */
export interface AnswerTerms {
  /** The request's `Accept` header. */
  readonly accept: string | undefined;
  readonly binaryMediaTypes: readonly string[];
}

/** A result that is not a response, and what is wrong with it. */
export interface MalformedAnswer {
  readonly malformed: "shape" | "base64";
  readonly reason: string;
}

/** What AWS takes for text in a header: `"Access-Control-Max-Age": 600` works. */
const scalar = z.union([z.string(), z.number(), z.boolean()], { error: "must be a string, a number, true or false" });
const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/);
const headerText = scalar.transform(String).refine((text) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text), {
  error: "has characters that a header cannot carry",
});

const statusCode = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: "must be a status such as 200" })
  .refine((status) => Number.isInteger(status) && status >= 200 && status <= 599, {
    error: "must be a status from 200 to 599",
  });

const headersOf = <Value extends z.ZodType>(value: Value, otherwise: string) =>
  z.record(headerName, value, {
    error: ({ code }) => (code === "invalid_key" ? "is not the name of a header" : otherwise),
  });

/**
 * What AWS was seen to take: nothing is required, null is as good as nothing, and nothing else may be there (`{}` is an
 * empty 200, but a field `wrongValue` is a 502).
 */
const lambdaAnswer = z.strictObject(
  {
    statusCode: statusCode.nullish(),
    headers: headersOf(headerText, "must be an object with strings").nullish(),
    multiValueHeaders: headersOf(
      z.array(headerText, { error: "must be a list of strings" }),
      "must be an object with lists of strings",
    ).nullish(),
    body: z.string({ error: "must be a string: use JSON.stringify for JSON" }).nullish(),
    isBase64Encoded: z.boolean({ error: "must be true or false" }).nullish(),
  },
  {
    error: ({ code, keys }) =>
      code === "unrecognized_keys"
        ? `has ${(keys as string[]).join(", ")}, which API Gateway does not know`
        : 'must be an object such as { statusCode: 200, body: "…" }',
  },
);

/**
 * The answer that API Gateway makes of a function's result.
 *
 * A body in base64 is decoded where the first media type that the client accepts is one of the API's binary ones;
 * otherwise the client gets the base64.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/lambda-proxy-binary-media.html
 */
export function toGatewayAnswer(
  result: unknown,
  { accept, binaryMediaTypes }: AnswerTerms,
): GatewayAnswer | MalformedAnswer {
  const parsed = lambdaAnswer.safeParse(result);
  if (!parsed.success) return { malformed: "shape", reason: whatIsWrong(parsed.error) };
  const { statusCode: status, headers, multiValueHeaders, body, isBase64Encoded } = parsed.data;
  const answer = {
    status: status ?? 200,
    headers: mergedHeaders(headers ?? {}, multiValueHeaders ?? {}),
    body: body ?? "",
  };
  if (!isBase64Encoded || !isBinary(accept?.split(",", 1)[0], binaryMediaTypes)) return answer;
  if (!isBase64(answer.body))
    return { malformed: "base64", reason: "its body is not the base64 that isBase64Encoded promises" };
  return { ...answer, body: Buffer.from(answer.body, "base64") };
}

/** Values of both maps, those of `multiValueHeaders` first and under its spelling. JSON, unless the function says otherwise. */
function mergedHeaders(
  single: Readonly<Record<string, string>>,
  multi: Readonly<Record<string, readonly string[]>>,
): Header[] {
  const spelling = new Map(Object.keys(multi).map((name) => [name.toLowerCase(), name]));
  const several = Object.entries(multi).flatMap(([name, values]) => values.map((value): Header => [name, value]));
  const solo = Object.entries(single).map(([name, value]): Header => [spelling.get(name.toLowerCase()) ?? name, value]);
  const isSent = ([name, value]: Header) => several.some((other) => other[0] === name && other[1] === value);
  const alone = solo.filter(([name]) => !spelling.has(name.toLowerCase()));
  const added = solo.filter((header) => spelling.has(header[0].toLowerCase()) && !isSent(header));
  const sent = answeredHeaders([...alone, ...several, ...added]);
  const hasType = sent.some(([name]) => name.toLowerCase() === "content-type");
  return hasType ? sent : [...sent, ["Content-Type", "application/json"]];
}

const isBase64 = (text: string) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);

function whatIsWrong({ issues: [issue] }: z.ZodError): string {
  const place = issue?.path.length ? `its ${issue.path.join(".")}` : "it";
  return `${place} ${issue?.message}`;
}
