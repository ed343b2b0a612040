import type { APIGatewayProxyEvent } from "aws-lambda";
import { Refusal } from "./json-answer";

/** The JSON in a request's body, which may have `maxBytes`; otherwise a refusal that says what is wrong. */
export function jsonBody(event: APIGatewayProxyEvent, maxBytes: number): unknown {
  const type = mediaType(event);
  if (type !== "application/json") throw new Refusal(415, `The body must be application/json, not ${type}`);
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > maxBytes) throw new Refusal(413, `The body may have ${maxBytes} bytes; it has ${bytes.length}`);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal(400, "The body must be JSON, in UTF-8");
  }
}

/** Without a header it is JSON, as it is to API Gateway. */
function mediaType({ headers }: APIGatewayProxyEvent): string {
  const named = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "content-type");
  return (named?.[1] ?? "application/json").replace(/;.*/s, "").trim().toLowerCase();
}
