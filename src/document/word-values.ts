import { show } from "../text/show";
import { isObject } from "../vocabulary/objects";
import { functionIn } from "./open-values";

interface Kind {
  /** `a string` */
  readonly name: string;
  accepts(value: unknown): boolean;
}

/** CloudFormation has functions in the place of values; what they leave open is said of them. */
const isFunction = (value: unknown) => isObject(value) && functionIn(value) !== undefined;
const isScalar = (value: unknown) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" || isFunction(value);
const entriesAre = (value: unknown, isOne: (each: unknown) => boolean) =>
  isObject(value) && Object.values(value).every(isOne);

const STRING: Kind = { name: "a string", accepts: (value) => typeof value === "string" };
const STATUS: Kind = {
  name: 'a status code, such as "200"',
  accepts: (value) => typeof value === "string" || typeof value === "number",
};
const NUMBER: Kind = {
  name: "a number",
  accepts: (value) => typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)),
};
const BOOLEAN: Kind = {
  name: "true or false",
  accepts: (value) => typeof value === "boolean" || value === "true" || value === "false",
};
const STRINGS: Kind = {
  name: "a list of strings",
  accepts: (value) => Array.isArray(value) && value.every((each) => typeof each === "string" || isFunction(each)),
};
const OBJECT: Kind = { name: "an object", accepts: isObject };
const MAP: Kind = { name: "an object with strings", accepts: (value) => entriesAre(value, isScalar) };
/** AWS shows a template that is not there as `null`. */
const TEMPLATES: Kind = {
  name: "an object with a template, which is a string, for each media type",
  accepts: (value) => entriesAre(value, (each) => each === null || typeof each === "string" || isFunction(each)),
};

type Kinds = Readonly<Record<string, Kind>>;

const all = (kind: Kind, ...words: readonly string[]): Kinds => Object.fromEntries(words.map((word) => [word, kind]));

/** What the values of words must be, of which another would be dropped, by the place where the words stand. */
const VALUES: Readonly<Record<string, Kinds>> = {
  root: {
    "x-amazon-apigateway-binary-media-types": STRINGS,
    "x-amazon-apigateway-minimum-compression-size": NUMBER,
    ...all(OBJECT, "x-amazon-apigateway-gateway-responses", "x-amazon-apigateway-request-validators"),
    ...all(OBJECT, "x-amazon-apigateway-endpoint-configuration"),
  },
  server: all(OBJECT, "x-amazon-apigateway-endpoint-configuration"),
  endpoint: { disableExecuteApiEndpoint: BOOLEAN, ...all(STRINGS, "vpcEndpointIds", "types") },
  scheme: all(STRING, "x-amazon-apigateway-authtype"),
  authorizer: {
    ...all(STRING, "type", "authorizerUri", "authorizerCredentials", "identitySource", "identityValidationExpression"),
    authorizerResultTtlInSeconds: NUMBER,
    providerARNs: STRINGS,
  },
  integration: {
    ...all(STRING, "httpMethod", "credentials", "connectionType", "connectionId", "contentHandling"),
    ...all(STRING, "passthroughBehavior", "cacheNamespace"),
    ...all(OBJECT, "tlsConfig", "responses"),
    timeoutInMillis: NUMBER,
    cacheKeyParameters: STRINGS,
    requestParameters: MAP,
    requestTemplates: TEMPLATES,
  },
  tls: all(BOOLEAN, "insecureSkipVerification"),
  integrationResponse: { contentHandling: STRING, responseParameters: MAP, responseTemplates: TEMPLATES },
  gatewayResponse: { statusCode: STATUS, responseParameters: MAP, responseTemplates: TEMPLATES },
  validator: all(BOOLEAN, "validateRequestBody", "validateRequestParameters"),
};

/** Why the value of a word is none of its kind; `undefined` where it is one, or where none is known. */
export function valueProblem(level: string, word: string, value: unknown): string | undefined {
  const kinds = VALUES[level] ?? {};
  const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
  if (!kind || isFunction(value) || kind.accepts(value)) return undefined;
  return `must be ${kind.name}, got ${show(value)}; write it so, or take it out`;
}
