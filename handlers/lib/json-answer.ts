import type { APIGatewayProxyResult } from "aws-lambda";

/** An answer to API Gateway whose body is JSON. */
export function jsonAnswer(
  statusCode: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyResult {
  return {
    statusCode,
    headers: { "Content-Type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}

/** Thrown where a request cannot be served; its message is for the caller, in the shape of gateway errors. */
export class Refusal extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  toAnswer(): APIGatewayProxyResult {
    return jsonAnswer(this.statusCode, { message: this.message }, this.headers);
  }
}
