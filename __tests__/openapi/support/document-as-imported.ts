import type { Json } from "../../support/synthesize";
import { type DescribedApi, type DescribedRoute, plain, plainIntegration, shapeOf } from "./described-api";
import { type Part, PlainDocument } from "./plain-document";

/** What a user says beside the document, of which the document itself says nothing. */
export interface SaidBeside {
  readonly variables?: Readonly<Record<string, string>>;
  readonly withoutSecurity?: "API_KEY" | "OPEN";
  readonly securitySchemes?: Readonly<Record<string, Json>>;
  /** Routes that are left out, as `GET /pets`. */
  readonly leaveOut?: readonly string[];
  /** URL of an HTTP proxy that answers every operation. */
  readonly backend?: string;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"];
const ANY = "x-amazon-apigateway-any-method";
const EXT = (name: string) => `x-amazon-apigateway-${name}`;
/** Body of a gateway response that says none. */
const DEFAULT_BODY = { "application/json": '{"message":$context.error.messageString}' };
/** Headers that OpenAPI does not take for parameters; API Gateway reads them. */
const ELSEWHERE = ["accept", "authorization", "content-type"];

/**
 * What API Gateway makes of a document when it imports it, read by its rules alone.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export function documentAsImported(path: string, said: SaidBeside = {}): DescribedApi {
  return new Import(new PlainDocument(path, said.variables), said).api();
}

interface Operation {
  readonly key: string;
  readonly item: Part;
  readonly part: Part;
}

class Import {
  private readonly root: Part;
  private readonly isSwagger: boolean;
  private readonly isForAws: boolean;
  private readonly operations: Operation[];

  constructor(
    private readonly document: PlainDocument,
    private readonly said: SaidBeside,
  ) {
    this.root = document.root;
    this.isSwagger = this.root.value.swagger !== undefined;
    this.operations = document
      .parts(document.get(this.root, "paths"))
      .filter(([name]) => name.startsWith("/"))
      .flatMap(([name, item]) =>
        [...METHODS, ANY].flatMap((method) => {
          // Words beside a reference of a path item add to what it leads to.
          const beside =
            item.value?.[method] !== undefined ? { value: item.value[method], file: item.file } : undefined;
          const part = beside ? document.follow(beside) : document.get(item, method);
          const key = `${method === ANY ? "ANY" : method.toUpperCase()} ${name}`;
          return part ? [{ key, item: document.follow(item), part }] : [];
        }),
      )
      .filter(({ key }) => !said.leaveOut?.includes(key));
    const words = [EXT("integration"), EXT("request-validator")];
    this.isForAws =
      this.root.value[EXT("request-validator")] !== undefined ||
      this.root.value[EXT("request-validators")] !== undefined ||
      this.operations.some(({ part }) => words.some((word) => part.value[word] !== undefined));
  }

  api(): DescribedApi {
    return {
      settings: this.settings(),
      routes: Object.fromEntries(this.operations.map((operation) => [operation.key, this.route(operation)])),
    };
  }

  private settings(): Record<string, Json> {
    const { value } = this.root;
    const endpoints = [value, ...(Array.isArray(value.servers) ? value.servers : [])].flatMap(
      (each) => each[EXT("endpoint-configuration")] ?? [],
    );
    const endpoint = Object.assign({}, ...endpoints.reverse());
    const responses = this.document.parts(this.document.get(this.root, EXT("gateway-responses")));
    return plain({
      name: value.info?.title,
      keySource: value[EXT("api-key-source")] ?? "HEADER",
      binaryMediaTypes: value[EXT("binary-media-types")] && [...value[EXT("binary-media-types")]].sort(),
      minimumCompressionSize: value[EXT("minimum-compression-size")],
      policy: value[EXT("policy")],
      types: endpoint.types,
      vpcEndpointIds: endpoint.vpcEndpointIds,
      disableExecuteApiEndpoint: endpoint.disableExecuteApiEndpoint || undefined,
      gatewayResponses: Object.fromEntries(
        responses.map(([name, { value: response }]) => [
          name,
          {
            status: response.statusCode === undefined ? undefined : String(response.statusCode),
            parameters: response.responseParameters,
            templates:
              Object.keys(response.responseTemplates ?? {}).length > 0 ? response.responseTemplates : DEFAULT_BODY,
          },
        ]),
      ),
    });
  }

  private route(operation: Operation): DescribedRoute {
    const checks = this.checks(operation.part);
    return {
      ...this.asked(operation),
      parameters: this.parameters(operation, checks.parameters),
      body: checks.body ? this.body(operation) : undefined,
      integration: this.integration(operation),
    };
  }

  /** All schemes that a requirement names are asked, of all alternatives. */
  private asked({ key, part }: Operation): Omit<DescribedRoute, "parameters" | "body" | "integration"> {
    const isPreflight = key.startsWith("OPTIONS ");
    const security = part.value.security ?? this.root.value.security;
    const isSigned = String(part.value[EXT("auth")]?.type).toUpperCase() === "AWS_IAM";
    const open = { apiKeyRequired: false, authorization: "NONE", scopes: [], authorizer: undefined };
    if (isSigned && security === undefined) return { ...open, authorization: "AWS_IAM" };
    if (security === undefined)
      return { ...open, apiKeyRequired: !isPreflight && this.said.withoutSecurity !== "OPEN" };
    const schemes = this.document.get(
      this.root,
      ...(this.isSwagger ? ["securityDefinitions"] : ["components", "securitySchemes"]),
    );
    const names: [string, string[]][] = security.flatMap((each: Json) => Object.entries(each));
    const asks = names.map(([name, scopes]) => ({
      ...this.ask(name, this.document.get(schemes, name)),
      wanted: scopes,
    }));
    const authorizer = asks.find(({ kind }) => kind === "CUSTOM" || kind === "COGNITO_USER_POOLS");
    return {
      apiKeyRequired: asks.some(({ kind }) => kind === "KEY"),
      authorization: authorizer?.kind ?? (isSigned || asks.some(({ kind }) => kind === "AWS_IAM") ? "AWS_IAM" : "NONE"),
      scopes: asks.flatMap(({ kind, wanted }) => (kind === "COGNITO_USER_POOLS" ? wanted : [])).sort(),
      authorizer: authorizer?.authorizer,
    };
  }

  private ask(name: string, scheme: Part | undefined): { readonly kind: string; readonly authorizer?: Json } {
    const said = this.said.securitySchemes?.[name];
    if (said === "API_KEY") return { kind: "KEY" };
    if (said === "BACKEND") return { kind: "NONE" };
    if (said === "AWS_IAM") return { kind: "AWS_IAM" };
    // What SAM writes where no authorizer is meant.
    if (!scheme) return { kind: name === "NONE" ? "NONE" : "unknown scheme" };
    const { name: header, in: place, [EXT("authtype")]: authType, [EXT("authorizer")]: authorizer } = scheme.value;
    if (authorizer) {
      const type = String(authorizer.type).toUpperCase();
      const isCognito = type === "COGNITO_USER_POOLS";
      const source = authorizer.identitySource ?? (type === "REQUEST" ? "" : `method.request.header.${header}`);
      return {
        kind: isCognito ? type : "CUSTOM",
        authorizer: plain({
          type,
          uri: authorizer.authorizerUri,
          pools: authorizer.providerARNs && [...authorizer.providerARNs].sort(),
          source: source.replaceAll(/\s*,\s*/g, ",") || undefined,
          ttl: Number(authorizer.authorizerResultTtlInSeconds ?? 300),
          expression: authorizer.identityValidationExpression || undefined,
          credentials: authorizer.authorizerCredentials || undefined,
        }),
      };
    }
    if (/^aws/i.test(String(authType))) return { kind: "AWS_IAM" };
    if (authType === undefined && place === "header" && /^x-api-key$/i.test(header)) return { kind: "KEY" };
    return { kind: "nothing that API Gateway knows" };
  }

  private checks(operation: Part): { readonly body: boolean; readonly parameters: boolean } {
    if (!this.isForAws) return { body: true, parameters: true };
    const name = operation.value[EXT("request-validator")] ?? this.root.value[EXT("request-validator")];
    const validator = this.document.get(this.root, EXT("request-validators"), String(name))?.value;
    return { body: validator?.validateRequestBody === true, parameters: validator?.validateRequestParameters === true };
  }

  private writtenParameters({ item, part }: Operation): Part[] {
    const all = [item, part].flatMap((each) => this.document.parts(this.document.get(each, "parameters")));
    const parts = all.map(([, each]) => this.document.follow(each));
    return [...new Map(parts.map((each) => [`${each.value.in} ${each.value.name}`, each])).values()];
  }

  private parameters(operation: Operation, checks: boolean): Record<string, boolean> {
    const found = this.writtenParameters(operation).flatMap(({ value }): [string, boolean][] => {
      const place = value.in === "query" ? "querystring" : value.in;
      if (place !== "querystring" && place !== "header") return [];
      if (!this.isForAws && place === "header" && ELSEWHERE.includes(value.name.toLowerCase())) return [];
      return [[`${place}.${value.name}`, checks && value.required === true]];
    });
    return plain(Object.fromEntries(found));
  }

  private body(operation: Operation): Json {
    const { part } = operation;
    const schema = this.isSwagger
      ? this.document.get(
          this.writtenParameters(operation).find(({ value }) => value.in === "body"),
          "schema",
        )
      : this.document.get(
          this.document
            .parts(this.document.get(part, "requestBody", "content"))
            .find(([type]) => /^application\/json(;|$)/i.test(type))?.[1],
          "schema",
        );
    const consumes: string[] = part.value.consumes ?? this.root.value.consumes ?? ["application/json"];
    if (!schema || (this.isSwagger && !consumes.some((type) => /^application\/json(;|$)/i.test(type))))
      return undefined;
    return shapeOf(
      schema,
      ({ value }) => value,
      (at, name) => {
        const [word = "", inner] = name
          .split("/", 1)
          .concat(name.includes("/") ? [name.slice(name.indexOf("/") + 1)] : []);
        if (["allOf", "anyOf"].includes(word))
          return this.document.parts(this.document.get(at, word)).map(([, each]) => this.document.follow(each));
        const found = inner === undefined ? this.document.get(at, word) : this.document.get(at, word, inner);
        return found ? [found] : [];
      },
    );
  }

  private integration({ key, part }: Operation): Json {
    if (this.said.backend !== undefined) {
      // The catalog passes the path's parameters on, as each URL may hold them.
      const names = [...key.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name]) => name);
      const requestParameters = names.map((name) => [
        `integration.request.path.${name}`,
        `method.request.path.${name}`,
      ]);
      return plainIntegration({
        type: "HTTP_PROXY",
        method: key.split(" ")[0],
        uri: this.said.backend,
        requestParameters: Object.fromEntries(requestParameters),
      });
    }
    const value = this.document.get(part, EXT("integration"))?.value;
    if (!value) return undefined;
    const responses = Object.entries<Json>(value.responses ?? {}).map(([pattern, response]) => [
      String(response.statusCode),
      {
        pattern: pattern === "default" ? undefined : pattern,
        parameters: response.responseParameters,
        templates: response.responseTemplates,
        contentHandling: response.contentHandling,
      },
    ]);
    return plainIntegration({
      type: String(value.type).toUpperCase(),
      method: value.httpMethod === undefined ? undefined : String(value.httpMethod).toUpperCase(),
      uri: value.uri,
      credentials: value.credentials,
      requestParameters: value.requestParameters,
      requestTemplates: value.requestTemplates,
      passthrough: value.passthroughBehavior && String(value.passthroughBehavior).toUpperCase(),
      timeout: value.timeoutInMillis === undefined ? undefined : Number(value.timeoutInMillis),
      contentHandling: value.contentHandling,
      cacheKeys: value.cacheKeyParameters,
      connection: value.connectionType === "VPC_LINK" ? value.connectionId : undefined,
      insecure: value.tlsConfig?.insecureSkipVerification,
      responses: Object.fromEntries(responses),
    });
  }
}
