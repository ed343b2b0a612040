import { nearestTo } from "../text/nearest";
import { HTTP_METHODS } from "../vocabulary/http-method";
import { isObject } from "../vocabulary/objects";
import type { DocumentVersion } from "./api-document";
import type { DocumentNode } from "./document";
import { valueProblem } from "./word-values";

/**
 * What becomes of a word:
 *
 * - `read`: it decides on the API.
 * - `describes`: API Gateway does nothing by it.
 * - `told`: API Gateway does nothing by it, and a reader may think that it does.
 * - `refused`: it decides who may call, or what is called, in a way that is not supported; `unless` has values that change nothing.
 */
export type WordUse =
  | "read"
  | "describes"
  | { readonly told: string }
  | { readonly refused: string; readonly unless?: readonly unknown[] };

type Words = Readonly<Record<string, WordUse>>;

const all = (use: WordUse, ...words: readonly string[]): Words => Object.fromEntries(words.map((word) => [word, use]));

const OTHER_SERVER: WordUse = {
  told: "has servers of its own, which are not followed: the route is served where the API is",
};
const SENT_BY_PROVIDER: WordUse = {
  told: "describes requests that the provider sends, and API Gateway sends none; left out",
};
const OF_HTTP_APIS = (instead: string): WordUse => ({
  refused: `is for HTTP APIs, which have no usage plans; ${instead}`,
});

const METHODS = HTTP_METHODS.filter((method) => method !== "ANY").map((method) => method.toLowerCase());

/** Words by the place where they stand. */
export const WORDS = {
  root: {
    ...all("read", "openapi", "swagger", "info", "paths", "servers", "host", "basePath", "components", "definitions"),
    ...all("read", "parameters", "securityDefinitions", "security", "consumes", "x-amazon-apigateway-api-key-source"),
    ...all("read", "x-amazon-apigateway-binary-media-types", "x-amazon-apigateway-endpoint-configuration"),
    ...all("read", "x-amazon-apigateway-gateway-responses", "x-amazon-apigateway-minimum-compression-size"),
    ...all("read", "x-amazon-apigateway-policy", "x-amazon-apigateway-request-validator"),
    ...all("read", "x-amazon-apigateway-request-validators"),
    ...all("describes", "tags", "externalDocs", "responses", "produces", "schemes", "jsonSchemaDialect"),
    webhooks: SENT_BY_PROVIDER,
    "x-amazon-apigateway-cors": {
      told: "is for HTTP APIs, and a REST API does nothing by it; write cors beside what apiFromOpenApi returns",
    },
    "x-amazon-apigateway-documentation": { told: "holds documentation parts, which the catalog does not make" },
    "x-amazon-apigateway-importexport-version": { told: "is for HTTP APIs, and means nothing to a REST API" },
    "x-amazon-apigateway-security-policy": {
      refused:
        "asks for a TLS policy of the API's own address, which the AWS provider cannot set; set securityPolicy on a domain name of " +
        "the catalog, write disableExecuteApiEndpoint: true for the API's own address, and take it out of the document",
      // What AWS takes where nothing is said, and writes into each export.
      unless: ["TLS_1_0"],
    },
    "x-amazon-apigateway-endpoint-access-mode": {
      refused:
        "belongs to a TLS policy of the API's own address, which the AWS provider cannot set; take it out of the document",
      unless: ["BASIC"],
    },
  },
  info: all("describes", "title", "description", "version", "summary", "termsOfService", "contact", "license"),
  tag: {
    ...all("describes", "name", "description", "externalDocs", "summary", "parent", "kind"),
    "x-amazon-apigateway-tag-value": { told: "tags an HTTP API; write tags of your own for a REST API" },
  },
  server: {
    ...all("read", "url", "variables", "x-amazon-apigateway-endpoint-configuration"),
    ...all("describes", "description", "name"),
  },
  components: {
    ...all("read", "schemas", "parameters", "requestBodies", "securitySchemes", "pathItems"),
    ...all("read", "x-amazon-apigateway-integrations"),
    ...all("describes", "responses", "examples", "headers", "links", "callbacks"),
  },
  endpoint: {
    ...all("read", "types", "vpcEndpointIds", "disableExecuteApiEndpoint"),
    ipAddressType: OF_HTTP_APIS("take it out"),
  },
  path: {
    ...all("read", ...METHODS, "$ref", "parameters", "x-amazon-apigateway-any-method"),
    ...all("describes", "summary", "description"),
    servers: OTHER_SERVER,
  },
  operation: {
    ...all("read", "operationId", "tags", "parameters", "requestBody", "consumes", "security", "responses"),
    ...all(
      "read",
      "x-amazon-apigateway-auth",
      "x-amazon-apigateway-integration",
      "x-amazon-apigateway-request-validator",
    ),
    ...all("describes", "summary", "description", "externalDocs", "deprecated", "produces", "schemes"),
    servers: OTHER_SERVER,
    callbacks: SENT_BY_PROVIDER,
  },
  scheme: {
    ...all("read", "type", "name", "in", "scheme", "x-amazon-apigateway-authorizer", "x-amazon-apigateway-authtype"),
    ...all("describes", "description", "bearerFormat", "flows", "flow", "authorizationUrl", "tokenUrl", "scopes"),
    ...all("describes", "openIdConnectUrl"),
  },
  authorizer: {
    ...all("read", "type", "authorizerUri", "authorizerCredentials", "identitySource", "identityValidationExpression"),
    ...all("read", "authorizerResultTtlInSeconds", "providerARNs"),
    jwtConfiguration: OF_HTTP_APIS("say what checks the token instead, by securitySchemes"),
    authorizerPayloadFormatVersion: {
      refused:
        "is for HTTP APIs: a REST API sends its function the format 1.0; say 1.0, and see that the function takes it",
      unless: ["1.0", 1],
    },
    enableSimpleResponses: {
      refused:
        "is for HTTP APIs: a REST API takes a policy from its function; take it out, and see that the function returns one",
      unless: [false],
    },
  },
  integration: {
    ...all("read", "type", "httpMethod", "uri", "credentials", "requestParameters", "requestTemplates", "responses"),
    ...all("read", "passthroughBehavior", "cacheNamespace", "cacheKeyParameters", "connectionType", "connectionId"),
    ...all("read", "contentHandling", "timeoutInMillis", "tlsConfig"),
    payloadFormatVersion: {
      refused:
        "is for HTTP APIs: a REST API sends a function the format 1.0, another event; say 1.0, and see that the function takes it",
      unless: ["1.0", 1],
    },
    integrationSubtype: OF_HTTP_APIS("say who answers by integrations"),
    integrationTarget: {
      refused:
        "names a load balancer behind a VPC link of the second version, which the AWS provider cannot set; say who answers by integrations",
    },
    responseTransferMode: {
      refused: "streams answers, which the AWS provider cannot set; take it out, or write BUFFERED",
      unless: ["BUFFERED"],
    },
  },
  tls: {
    insecureSkipVerification: "read",
    serverNameToVerify: OF_HTTP_APIS("take it out"),
  },
  integrationResponse: all("read", "statusCode", "responseParameters", "responseTemplates", "contentHandling"),
  validator: all("read", "validateRequestBody", "validateRequestParameters"),
  gatewayResponse: {
    ...all("read", "statusCode", "responseParameters", "responseTemplates"),
    ...all("describes", "defaultResponse", "responseType"),
  },
  auth: all("read", "type"),
} as const satisfies Record<string, Words>;

export type WordLevel = keyof typeof WORDS;

/** Words that one version has, and the others not. */
const OF_VERSIONS: Readonly<Record<string, Readonly<Partial<Record<WordLevel, readonly string[]>>>>> = {
  "Swagger 2.0": {
    root: [
      "swagger",
      "host",
      "basePath",
      "schemes",
      "consumes",
      "produces",
      "definitions",
      "parameters",
      "responses",
      "securityDefinitions",
    ],
    operation: ["consumes", "produces", "schemes"],
  },
  "OpenAPI 3": {
    root: ["openapi", "servers", "components", "webhooks", "jsonSchemaDialect"],
    path: ["servers"],
    operation: ["requestBody", "servers", "callbacks"],
  },
};

/** Of these, those by which it would say who may call, or what is called. */
const DECIDING = ["components", "definitions", "parameters", "requestBody", "securityDefinitions"];

/** A word that is not simply taken. */
export interface WordFound {
  readonly kind: "told" | "refused" | "unknown";
  readonly node: DocumentNode;
  readonly message: string;
}

/** Extensions that others made are for others. */
const isOfOthers = (word: string) => word.startsWith("x-") && !word.startsWith("x-amazon-apigateway-");

/** The words at a place of a document that are not simply taken. */
export function wordsAt(node: DocumentNode, level: WordLevel, version: DocumentVersion): WordFound[] {
  if (!isObject(node.value)) return [];
  const words: Words = WORDS[level];
  const own = version === "2.0" ? "Swagger 2.0" : "OpenAPI 3";
  const [other = ""] = Object.keys(OF_VERSIONS).filter((each) => each !== own);
  const ofOther = OF_VERSIONS[other]?.[level] ?? [];
  return Object.entries(node.value).flatMap(([word, value]): WordFound[] => {
    const use = Object.hasOwn(words, word) ? words[word] : undefined;
    const at = node.child(word) ?? node;
    if (ofOther.includes(word) && !DECIDING.includes(word))
      return [
        {
          kind: "told",
          node: at,
          message: `is a word of ${other}, and the document is of ${own}, which does not read it`,
        },
      ];
    if (ofOther.includes(word))
      return [
        {
          kind: "unknown",
          node: at,
          message: `is a word of ${other}, and the document is of ${own}, which does not have it; take it out`,
        },
      ];
    const problem = valueProblem(level, word, value);
    if (problem !== undefined) return [{ kind: "refused", node: at, message: problem }];
    if (use === "read" || use === "describes" || (use === undefined && isOfOthers(word))) return [];
    if (use === undefined)
      return [{ kind: "unknown", node: at, message: unknownWord(word, level, Object.keys(words)) }];
    if ("told" in use) return [{ kind: "told", node: at, message: use.told }];
    return use.unless?.includes(value) ? [] : [{ kind: "refused", node: at, message: use.refused }];
  });
}

function unknownWord(word: string, level: WordLevel, known: readonly string[]): string {
  const small = known.find((each) => each.toLowerCase() === word.toLowerCase());
  if (level === "path" && small === undefined && /^(trace|query|connect|link|unlink)$/i.test(word))
    return `is for the method ${word.toUpperCase()}, which API Gateway does not have; take the operation out`;
  const nearest = small ?? nearestTo(word, known);
  return `is not a word of a document here; ${nearest === undefined ? "take it out, or look at its spelling" : `did you mean "${nearest}"?`}`;
}
