import type { AuthorizerModel } from "../../model/model";
import { linearExpression } from "../linear-expression";
import { requestContext } from "../proxy-event";
import { headerValue } from "../request";
import type { RoutedRequest } from "../routed-request";

/**
 * Who a request says it is: the values of an authorizer's identity sources, in their order. They are what a result is
 * cached by.
 */
export type Identity =
  | { readonly kind: "complete"; readonly values: readonly string[] }
  /** The caller is refused without a call. */
  | { readonly kind: "incomplete"; readonly reason: string }
  | { readonly kind: "unreadable"; readonly reason: string };

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html */
export function identityOf(authorizer: AuthorizerModel, routed: RoutedRequest): Identity {
  const values: string[] = [];
  for (const source of identitySources(authorizer)) {
    const value = sourceValue(source, routed);
    if (value === null) return { kind: "unreadable", reason: `identity source "${source}" is not known here` };
    if (value === undefined || value === "") return { kind: "incomplete", reason: `the request has no ${source}` };
    values.push(value);
  }
  const { type, identityValidationExpression: expression } = authorizer;
  const [token = ""] = values;
  if (type === "TOKEN" && expression !== undefined) {
    // AWS does not say whether the expression must match all of the token: we say that it must, the stricter reading.
    const matches = linearExpression(expression);
    if (typeof matches !== "function")
      return {
        kind: "unreadable",
        reason: `the validation expression ${expression} is not supported: ${matches.problem}`,
      };
    if (!matches(token)) return { kind: "incomplete", reason: `the token does not match ${expression}` };
  }
  return { kind: "complete", values };
}

const identitySources = ({ identitySource }: AuthorizerModel) =>
  identitySource
    .split(",")
    .map((source) => source.trim())
    .filter((source) => source !== "");

/** `undefined` for what is not in the request, null for what is not a source. */
function sourceValue(source: string, routed: RoutedRequest): string | undefined | null {
  const [, kind, name = ""] =
    /^(method\.request\.(?:header|querystring)|stageVariables|context)\.(.+)$/.exec(source) ?? [];
  switch (kind) {
    case "method.request.header":
      return headerValue(routed.request.headers, name);
    case "method.request.querystring":
      return new URLSearchParams(routed.request.query).getAll(name).at(-1);
    case "stageVariables":
      return Object.hasOwn(routed.stageVariables, name) ? routed.stageVariables[name] : undefined;
    case "context":
      return contextVariable(routed, name);
    default:
      return null;
  }
}

function contextVariable(routed: RoutedRequest, name: string): string | undefined {
  let value: unknown = requestContext(routed);
  for (const part of name.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
