import { TierStacks } from "../../../src";
import { defineUnchecked, petShop } from "../../support/catalogs";
import { type Json, resources, synthesizedTexts } from "../../support/synthesize";

/** The text of the stack that holds an API of a document; the pet shop sells it. */
export function stackTextOf(api: object): string {
  const { stages = { prod: { variables: { f: "f" } } }, ...rest } = api as Json;
  const catalog = defineUnchecked(petShop({ apis: { pets: { stages, ...rest } } }));
  return synthesizedTexts((app) => new TierStacks(app, catalog)).pets ?? "";
}

export const stackOf = (api: object): Json => JSON.parse(stackTextOf(api));

/** What API Gateway asks of the callers of a route, as Terraform's JSON says it. */
export interface Asked {
  readonly key: boolean;
  readonly authorization: string;
  /** Attributes of the authorizer, without those that each has. */
  readonly authorizer?: Json;
  readonly scopes?: readonly string[];
}

const TF_NAME = /^\$\{[a-z_]+\.([A-Za-z0-9_-]+)\.[a-z_]+\}$/;
const nameIn = (reference: string | undefined) => TF_NAME.exec(reference ?? "")?.[1] ?? "";

/** The methods of a stack by route, such as `GET /pets`. */
export function methodsOf(stack: Json): Readonly<Record<string, { readonly method: Json; readonly name: string }>> {
  const parts = resources(stack, "aws_api_gateway_resource");
  const pathOf = (reference: string): string => {
    const part = parts[nameIn(reference)];
    return part ? `${pathOf(part.parent_id)}/${part.path_part}` : "";
  };
  return Object.fromEntries(
    Object.entries(resources(stack, "aws_api_gateway_method")).map(([name, method]) => [
      `${method.http_method} ${pathOf(method.resource_id) || "/"}`,
      { method, name },
    ]),
  );
}

/** What is asked of the callers of each route. */
export function askedOf(stack: Json): Readonly<Record<string, Asked>> {
  const authorizers = resources(stack, "aws_api_gateway_authorizer");
  return Object.fromEntries(
    Object.entries(methodsOf(stack)).map(([key, { method }]) => {
      const { rest_api_id: _, "//": _comment, ...authorizer } = authorizers[nameIn(method.authorizer_id)] ?? {};
      const asked: Asked = {
        key: method.api_key_required === true,
        authorization: method.authorization,
        ...(method.authorizer_id === undefined ? {} : { authorizer }),
        ...(method.authorization_scopes === undefined ? {} : { scopes: method.authorization_scopes }),
      };
      return [key, asked];
    }),
  );
}

/** The resource of a type that belongs to a route. */
export function partOf(stack: Json, type: string, route: string): Json {
  const name = methodsOf(stack)[route]?.name;
  return Object.values(resources(stack, type)).find((each) => nameIn(each.http_method) === name);
}

/** The URI by which API Gateway calls a function. */
export const uriOf = (name: string): string =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${name}/invocations`;
