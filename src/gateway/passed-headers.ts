import type { Header } from "./request";

/**
 * Headers of a request that go no further: neither to an integration nor to a mapping.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const DROPPED_FROM_REQUEST: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "www-authenticate",
]);

export const isDroppedFromRequest = (name: string): boolean => DROPPED_FROM_REQUEST.has(name.toLowerCase());

/** Headers that API Gateway sends under another name: it sets them itself, or keeps them for itself. */
const REMAPPED: ReadonlySet<string> = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-md5",
  "date",
  "expect",
  "host",
  "max-forwards",
  "proxy-authenticate",
  "server",
  "trailer",
  "upgrade",
  "user-agent",
  "www-authenticate",
  "x-amzn-requestid",
]);

/** The headers of an integration's answer as a client gets them. */
export function answeredHeaders(headers: readonly Header[]): Header[] {
  return headers.flatMap(([name, value]): Header[] => {
    const lowerCase = name.toLowerCase();
    if (lowerCase === "transfer-encoding") return [];
    return [[REMAPPED.has(lowerCase) ? `x-amzn-Remapped-${name}` : name, value]];
  });
}

const ILLEGAL: readonly string[] = [
  "content-length",
  "transfer-encoding",
  "x-amzn-trace-id",
  "x-amzn-apigateway-api-id",
];
const ILLEGAL_FOR_AWS: readonly string[] = [
  ...ILLEGAL,
  "authorization",
  "connection",
  "expect",
  "proxy-authenticate",
  "te",
];

/** The first header that a mapping must not set; API Gateway then answers 500. */
export function illegalHeader(mapped: readonly Header[], target: "http" | "aws"): string | undefined {
  const illegal = target === "aws" ? ILLEGAL_FOR_AWS : ILLEGAL;
  return mapped.find(([name]) => illegal.includes(name.toLowerCase()))?.[0];
}
